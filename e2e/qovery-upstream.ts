import { StandInUpstream } from '../src/server/qovery/test-stand-in-upstream';

/*
 * The stand-in for the Qovery API in a process of its own: `QOVERY_API_TOKEN` is what it asks for,
 * `PORT` where it listens (unset: the system chooses). Its first line names its address. It ends with
 * the process that has forked it.
 */

const { QOVERY_API_TOKEN: token = '', PORT = '0' } = process.env;
const upstream = await StandInUpstream.start(token, Number(PORT));
process.stdout.write(`The stand-in for the Qovery API is at ${upstream.url}\n`);
process.on('disconnect', () => process.exit());

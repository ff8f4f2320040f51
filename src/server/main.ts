import { extname, join } from 'node:path';

import { browserAddress, greeting, localAddress, signInLink } from './address';
import { assemble, type Assembled } from './assemble';
import { readSettings, type Cidr, type Settings } from './env';
import { startListening, type Listening } from './listen';
import { createLog, standardOutput, type Log } from './log';
import { upstreamLimits } from './qovery/upstream-limits';
import { StartError } from './start-error';

/*
 * The program: `dist/server/main.js`, with the built console in `dist/console`. It runs until it gets
 * SIGTERM, SIGINT or, as its terminal is closed, SIGHUP.
 */

async function run(): Promise<void> {
  const settings = readSettings(process.env);
  const output = standardOutput();
  const log = createLog(settings.logLevel, output.stream);
  const assembled = await assemble(settings, log, consoleFolder());
  try {
    const listening = await startListening(assembled.app.fetch, settings, graceOf(settings));
    stopOnSignal(listening, assembled, { log, end: output.end });
    await announce(settings, assembled, log, listening.port);
  } catch (error) {
    await assembled.close();
    throw error;
  }
}

/**
 * A request in progress may be a test, which takes as long as an attempt may, or a call of a Qovery
 * API. The whole stop takes no longer than that and a second.
 */
function graceOf({ qovery, deliveryTimeout }: Settings): number {
  return (qovery ? upstreamLimits.whole : deliveryTimeout) + 500;
}

/** Beside the built program; the source, which only tests run, has nothing built beside it. */
function consoleFolder(): string | null {
  const { dirname, filename } = import.meta;
  return extname(filename) === '.ts' ? null : join(dirname, '../console');
}

/** To a person: the address and how to get in. To what collects logs: a line. */
async function announce(
  settings: Settings,
  assembled: Assembled,
  log: Log,
  port: number,
): Promise<void> {
  const url = browserAddress(settings, port);
  if (process.stdout.isTTY) {
    const { code } = await assembled.issueSignInCode();
    process.stdout.write(greeting(url, signInLink(url, code), factOf(settings)));
  } else {
    const address = localAddress(settings.host, port);
    const more = { ...loggedFactOf(settings), sign_in: 'npm run sign-in-link' };
    log.info({ url, address, ...more }, 'listening');
  }
}

/** What has the widest effect: whose webhooks these are, or what deliveries may reach. */
function factOf({ qovery, allowedPrivateTargets }: Settings): string {
  if (qovery) return `Webhooks are those of the Qovery API at ${qovery.url}`;
  const targets = cidrTexts(allowedPrivateTargets).join(', ');
  return `Private addresses that deliveries may reach: ${targets || 'none'}`;
}

function loggedFactOf({ qovery, allowedPrivateTargets }: Settings) {
  if (qovery) return { qovery_api: qovery.url };
  return { allowed_private_targets: cidrTexts(allowedPrivateTargets) };
}

function cidrTexts(cidrs: readonly Cidr[]): string[] {
  return cidrs.map(([address, bits]) => `${address.toString()}/${bits}`);
}

/** Node's own exit aborts where it cannot restore the terminal. */
function endBySignal(signal: 'SIGHUP'): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** Once is enough: a second signal changes nothing. */
function stopOnSignal(
  listening: Listening,
  assembled: Assembled,
  { log, end }: { log: Log; end: () => Promise<void> },
): void {
  let isStopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    try {
      await Promise.all([listening.stop(), assembled.stopWork()]);
      await assembled.close();
      log.info('stopped');
      process.exitCode = 0;
    } catch (error) {
      log.error({ err: error }, 'could not stop in order');
      process.exitCode = 1;
    }
    await end();
    if (signal === 'SIGHUP' && process.stdout.isTTY) endBySignal(signal);
    process.exit();
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
}

try {
  await run();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

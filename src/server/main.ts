import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';

import { getRequestListener } from '@hono/node-server';

import { browserAddress, signInLink } from './address';
import { assemble, type Assembled } from './assemble';
import { readSettings, type Settings } from './env';
import { createLog, type Log } from './log';
import { StartError } from './start-error';

/*
 * The program: `dist/server/main.js`, with the built console in `dist/console`. It runs until it gets
 * SIGTERM or SIGINT.
 */

/** How long requests that are being answered may take once we are told to stop, in milliseconds. */
const grace = 5000;

async function run(): Promise<void> {
  const settings = readSettings(process.env);
  const log = createLog(settings.logLevel);
  const assembled = await assemble(settings, log, join(import.meta.dirname, '../console'));
  const listener = getRequestListener(assembled.app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  let port;
  try {
    port = await listen(server, settings);
  } catch (error) {
    await assembled.close();
    throw error;
  }
  stopOnSignal(server, assembled, log);
  await announce(settings, assembled, log, port);
}

async function listen(server: Server, { host, port }: Settings): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const reason = code === 'EADDRINUSE' ? 'something else listens there' : String(code ?? error);
    throw new StartError(`Cannot listen at ${host}, port ${port} (HOST, PORT): ${reason}.`);
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** To a person: the address and how to get in. To what collects logs: a line. */
async function announce(
  settings: Settings,
  assembled: Assembled,
  log: Log,
  port: number,
): Promise<void> {
  const url = browserAddress(settings, port);
  const targets = settings.allowedPrivateTargets.map(
    ([address, bits]) => `${address.toString()}/${bits}`,
  );
  if (!process.stdout.isTTY) {
    log.info({ url, port, allowed_private_targets: targets }, 'listening');
    return;
  }
  const { code } = await assembled.issueSignInCode();
  process.stdout.write(
    [
      '',
      `  Webhook console   ${url}`,
      `  Sign in           ${signInLink(url, code)}`,
      '                    (works once, within 10 minutes; npm run sign-in-link makes another)',
      `  Private targets   ${targets.length > 0 ? targets.join(', ') : 'none'} (ALLOWED_PRIVATE_TARGETS)`,
      '',
      '',
    ].join('\n'),
  );
}

/** Once is enough: a second signal changes nothing. */
function stopOnSignal(server: Server, assembled: Assembled, log: Log): void {
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    shutDown(server, assembled).then(
      () => {
        log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, 'could not stop in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** No new requests, those in progress to their end, then the worker and the database. */
async function shutDown(server: Server, assembled: Assembled): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), grace);
  await closed;
  clearTimeout(timer);
  await assembled.close();
}

try {
  await run();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { signInCodePath } from '../contract/api-paths';
import { signInCodeSchema } from '../contract/session';
import { requireAdminToken } from './admin-token';
import { browserAddress, localAddress, signInLink } from './address';
import { readSettings, type Settings } from './env';
import { StartError } from './start-error';
import { codeOf } from './system-error';

/*
 * `npm run sign-in-link`: asks the running server for a link and prints it. It reads the same
 * environment as the server.
 */

async function requestCode(settings: Settings, token: string): Promise<string> {
  const address = localAddress(settings.host, settings.port);
  const response = await fetch(address + signInCodePath(), {
    method: 'POST',
    headers: { authorization: `Token ${token}` },
  }).catch((error: unknown) => {
    if (!(error instanceof Error) || codeOf(error.cause) === '') throw error;
    throw new StartError(
      `No server answers at ${address}: start it, or set HOST and PORT as it has them.`,
    );
  });
  if (response.status === 401) {
    throw new StartError(
      `The server at ${address} has another admin token: set DATA_DIR or ADMIN_TOKEN as it has them.`,
    );
  }
  if (!response.ok) {
    throw new StartError(`What answers at ${address} is not this program's server.`);
  }
  return signInCodeSchema.parse(await response.json()).code;
}

/** Only read: a command that asks must not make keys. */
function readToken({ adminToken, dataDir }: Settings): string {
  const path = join(dataDir, 'admin-token');
  if (adminToken !== null) return adminToken;
  const token = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  if (token !== '') return requireAdminToken(token, 'DATA_DIR/admin-token');
  throw new StartError(
    `There is no admin token at ${path}: start the server once, or set DATA_DIR.`,
  );
}

try {
  const settings = readSettings(process.env);
  if (settings.port === 0) {
    throw new StartError('PORT is 0: set it to the port that the running server has chosen.');
  }
  const code = await requestCode(settings, readToken(settings));
  process.stdout.write(`${signInLink(browserAddress(settings, settings.port), code)}\n`);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

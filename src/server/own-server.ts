import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as z from 'zod/mini';

import { problemSchema } from '../contract/api-error';
import { localAddress } from './address';
import { requireAdminToken } from './admin-token';
import { readSettings, type Settings } from './env';
import { StartError } from './start-error';
import { codeOf } from './system-error';

/*
 * How a command asks the server that runs on this machine. It reads the same environment as the
 * server, and makes no keys.
 */

/**
 * Posts to the running server, with the admin token.
 *
 * @param ifNone what to do if there is no server.
 * @returns an answer of 200 or 201.
 * @throws {StartError} in words if there is none, with those of the server if it refuses.
 */
export async function askOwnServer(
  settings: Settings,
  path: string,
  ifNone = 'start it, or set HOST and PORT as it has them',
): Promise<Response> {
  const address = localAddress(settings.host, settings.port);
  const token = readToken(settings);
  const response = await fetch(address + path, {
    method: 'POST',
    headers: { authorization: `Token ${token}` },
  }).catch((error: unknown) => {
    if (!(error instanceof Error) || !(error.cause instanceof Error)) throw error;
    if (error.cause.message === 'bad port') {
      throw new StartError(
        `Neither browsers nor this command call port ${settings.port}: set another PORT.`,
      );
    }
    if (codeOf(error.cause) === '') throw error;
    throw new StartError(`No server answers at ${address}: ${ifNone}.`);
  });
  if (response.status === 401) {
    throw new StartError(
      `The server at ${address} has another admin token: set DATA_DIR or ADMIN_TOKEN as it has them.`,
    );
  }
  if (!response.ok) {
    const problem = await readProblem(response);
    if (problem) throw new StartError(`The server refuses: ${problem.detail}`);
    throw new StartError(`What answers at ${address} is not this program's server.`);
  }
  return response;
}

/** What our server says when it refuses; null if that is not ours. */
async function readProblem(response: Response) {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return null;
  return z.safeParse(problemSchema, await response.json()).data ?? null;
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

/**
 * Runs a command with the settings of its environment. What it cannot do is one line, and the exit
 * code is 1.
 */
export async function runCommand(command: (settings: Settings) => Promise<void>): Promise<void> {
  try {
    const settings = readSettings(process.env);
    if (settings.port === 0) {
      throw new StartError('PORT is 0: set it to the port that the running server has chosen.');
    }
    await command(settings);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

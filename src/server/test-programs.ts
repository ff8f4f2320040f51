import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

/*
 * For tests: the programs themselves, each in a process of its own, with the environment that they are
 * given; gone when the test is over.
 */

/** Runs a program. */
export function run(
  program: 'main' | 'sign-in-link' | 'backup/backup',
  env: Record<string, string>,
  ...args: string[]
) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, `${program}.ts`), ...args],
    { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const ended = once(child, 'close').then(([code]: (number | null)[]) => ({
    code,
    output,
    errors,
  }));
  return { child, ended, output: () => output };
}

/** The server of a data folder, listening. */
export async function start(env: Record<string, string>) {
  const { child, ended, output } = run('main', { PORT: '0', ...env });
  const port = await Promise.race([
    portOf(child, output),
    ended.then(({ errors }) => Promise.reject(new Error(errors))),
  ]);
  const origin = `http://127.0.0.1:${port}`;
  return { child, ended, output, port, origin };
}

function portOf(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve) => {
    child.stdout?.on('data', () => {
      const port = /"address":"http:\/\/127\.0\.0\.1:(\d+)"/.exec(output())?.[1];
      if (port) resolve(port);
    });
  });
}

/** The admin token that was made for a data folder. */
export const tokenOf = (folder: string) => readFileSync(join(folder, 'admin-token'), 'utf8').trim();

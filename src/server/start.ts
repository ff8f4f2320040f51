import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { fingerprintSources, readStamp } from './build/source-stamp';

/*
 * `npm start`: builds what is not built yet or has changed since, then becomes the server. The
 * server runs in this very process, so that signals and exit codes are its own.
 */

const root = join(import.meta.dirname, '..', '..');

/** Runs the build in a process of its own; gives its exit code and all that it printed. */
async function runBuild(): Promise<{ code: number; output: string }> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const build = spawn(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  build.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  build.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number>((resolve, reject) => {
    build.on('error', reject);
    build.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  return { code, output: Buffer.concat(output).toString() };
}

async function buildIfChanged(): Promise<void> {
  if ((await readStamp(root)) === (await fingerprintSources(root))) return;
  process.stderr.write('Building the console and the server …');
  const started = performance.now();
  const { code, output } = await runBuild();
  if (code !== 0) {
    process.stderr.write(` failed.\n\n${output}\n`);
    process.exit(code);
  }
  const seconds = (performance.now() - started) / 1000;
  process.stderr.write(` done in ${seconds.toFixed(1)} s.\n`);
}

await buildIfChanged();
await import(pathToFileURL(join(root, 'dist', 'server', 'main.js')).href);

import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { fingerprintSources, readStamp } from './source-stamp';

/**
 * Builds the package at `root` unless `dist` was made of the very sources at hand; says so on stderr.
 *
 * @throws with the build's own output if it fails.
 */
export async function buildIfChanged(root: string): Promise<void> {
  if ((await readStamp(root)) === (await fingerprintSources(root))) return;
  process.stderr.write('Building the console and the server …');
  const started = performance.now();
  const { code, output } = await runBuild(root);
  if (code !== 0) {
    process.stderr.write(' failed.\n');
    throw new Error(`The build failed.\n\n${output}`);
  }
  const seconds = (performance.now() - started) / 1000;
  process.stderr.write(` done in ${seconds.toFixed(1)} s.\n`);
}

/** In a process of its own, whose memory is given back; its exit code and all that it printed. */
async function runBuild(root: string): Promise<{ code: number | null; output: string }> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const build = spawn(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  build.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  build.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    build.once('error', reject);
    build.once('close', resolve);
  });
  return { code, output: Buffer.concat(output).toString() };
}

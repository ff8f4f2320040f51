import { brotliCompressSync, constants } from 'node:zlib';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * `npm run size`: what a browser must load before the list can show its first row. It follows the
 * build's manifest; the browser run of `npm run bench` checks that nothing else is loaded.
 */

const consoleFolder = join(import.meta.dirname, '..', 'dist', 'console');
const limit = 128 * 1024;

/** Modules that are imported dynamically and that the list page needs all the same. None so far. */
const neededLate: string[] = [];

interface Chunk {
  file: string;
  imports?: string[];
}

type Manifest = Record<string, Chunk>;

/** Scripts reachable from the page by static imports, and those the list page needs late. */
function scriptsOf(manifest: Manifest): Set<string> {
  const scripts = new Set<string>();
  const follow = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`The build's manifest does not have ${name}.`);
    if (scripts.has(chunk.file)) return;
    scripts.add(chunk.file);
    chunk.imports?.forEach(follow);
  };
  ['index.html', ...neededLate].forEach(follow);
  return scripts;
}

/** Scripts that the page names itself and that are no part of the build, such as `theme.js`. */
function scriptsOfPage(): string[] {
  const page = readFileSync(join(consoleFolder, 'index.html'), 'utf8');
  return [...page.matchAll(/<script[^>]+src="\/([^"]+)"/g)].map((match) => match[1] ?? '');
}

function compressedSize(file: string): number {
  return brotliCompressSync(readFileSync(join(consoleFolder, file)), {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  }).length;
}

function printSizes(): boolean {
  const manifestPath = join(consoleFolder, '.vite', 'manifest.json');
  if (!existsSync(manifestPath)) throw new Error('Nothing is built: run npm run build first.');
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Manifest;
  const files = new Set([...scriptsOf(manifest), ...scriptsOfPage()]);
  let total = 0;
  for (const file of files) {
    const size = compressedSize(file);
    total += size;
    console.log(`${size.toLocaleString('en').padStart(9)}  ${file}`);
  }
  const verdict = total <= limit ? 'of' : 'more than';
  console.log(
    `${total.toLocaleString('en').padStart(9)}  bytes of JavaScript (brotli) until the first row, ${verdict} ${limit.toLocaleString('en')} allowed`,
  );
  return total <= limit;
}

if (!printSizes()) process.exitCode = 1;

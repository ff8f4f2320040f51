import { createHash } from 'node:crypto';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/*
 * Whether `dist` belongs to the sources at hand. By content, not by time: a checkout or a copy
 * changes times and nothing else.
 */

/** All that the build reads, from the package's root. */
const sources = [
  'index.html',
  'package-lock.json',
  'package.json',
  'public',
  'src',
  'tsconfig.json',
  'vite.config.ts',
];

const stampPath = (root: string) => join(root, 'dist', 'sources.sha256');

/** SHA-256 (hex) over names and contents of everything the build reads; tests are left out. */
export async function fingerprintSources(root: string): Promise<string> {
  const files = (await Promise.all(sources.map((path) => filesUnder(root, path))))
    .flat()
    .toSorted();
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))));
  const hash = createHash('sha256');
  for (const [index, file] of files.entries()) {
    const content = contents[index] ?? '';
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** The fingerprint that the last complete build was made of, or null. */
export async function readStamp(root: string): Promise<string | null> {
  return readFile(stampPath(root), 'utf8').catch(() => null);
}

/** Remembers what `dist` was made of; null while it is being made. */
export async function writeStamp(root: string, fingerprint: string | null): Promise<void> {
  if (fingerprint === null) await rm(stampPath(root), { force: true });
  else await writeFile(stampPath(root), fingerprint);
}

async function filesUnder(root: string, path: string): Promise<string[]> {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => null);
  if (entries === null) return [path];
  const found = entries.map((entry) => {
    const child = `${path}/${entry.name}`;
    if (entry.isDirectory()) return filesUnder(root, child);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [child];
  });
  return (await Promise.all(found)).flat();
}

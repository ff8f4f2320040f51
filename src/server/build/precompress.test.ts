import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { temporaryFolder } from '../temporary-folder';
import { precompress } from './precompress';

test('writes both siblings of text, and none that would be larger', async () => {
  const folder = temporaryFolder();
  const text = 'const answer = 42;\n'.repeat(100);
  await mkdir(join(folder, 'assets'));
  await mkdir(join(folder, '.vite'));
  await writeFile(join(folder, 'assets', 'app.js'), text);
  await writeFile(join(folder, 'assets', 'photo.png'), text);
  await writeFile(join(folder, '.vite', 'manifest.json'), text);
  await writeFile(join(folder, 'tiny.js'), 'a');

  await precompress(folder);

  expect((await readdir(folder, { recursive: true })).toSorted()).toEqual([
    '.vite',
    join('.vite', 'manifest.json'),
    'assets',
    join('assets', 'app.js'),
    join('assets', 'app.js.br'),
    join('assets', 'app.js.gz'),
    join('assets', 'photo.png'),
    'tiny.js',
  ]);
  const compressed = (extension: string) => readFile(join(folder, 'assets', `app.js.${extension}`));
  expect(brotliDecompressSync(await compressed('br')).toString()).toBe(text);
  expect(gunzipSync(await compressed('gz')).toString()).toBe(text);
});

import { mkdir, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, expect, test } from 'vitest';

import { temporaryFolder } from '../temporary-folder';
import { fingerprintSources, readStamp, writeStamp } from './source-stamp';

let root: string;
let before: string;

beforeEach(async () => {
  root = temporaryFolder();
  await mkdir(join(root, 'src', 'server'), { recursive: true });
  await mkdir(join(root, 'dist'));
  await mkdir(join(root, 'public'));
  const files = ['index.html', 'package.json', 'package-lock.json', 'tsconfig.json'];
  for (const file of [
    ...files,
    'vite.config.ts',
    'src/server/main.ts',
    'src/server/main.test.ts',
  ]) {
    await writeFile(join(root, file), `content of ${file}`);
  }
  before = await fingerprintSources(root);
});

test.each(['package-lock.json', 'vite.config.ts', 'src/server/main.ts', 'public/new.svg'])(
  'a change of %s changes the fingerprint',
  async (file) => {
    await writeFile(join(root, file), 'changed');
    expect(await fingerprintSources(root)).not.toBe(before);
  },
);

test('a renamed file changes the fingerprint', async () => {
  await rename(join(root, 'src', 'server', 'main.ts'), join(root, 'src', 'server', 'start.ts'));
  expect(await fingerprintSources(root)).not.toBe(before);
});

test('neither a test, nor what was built, nor a new time changes it', async () => {
  await writeFile(join(root, 'src', 'server', 'main.test.ts'), 'changed');
  await writeFile(join(root, 'dist', 'main.js'), 'built');
  await utimes(join(root, 'src', 'server', 'main.ts'), 0, 0);
  expect(await fingerprintSources(root)).toBe(before);
});

test('a stamp is what was written, or nothing', async () => {
  expect(await readStamp(root)).toBeNull();
  await writeStamp(root, before);
  expect(await readStamp(root)).toBe(before);
  await writeStamp(root, null);
  expect(await readStamp(root)).toBeNull();
});

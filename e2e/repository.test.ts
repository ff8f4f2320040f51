import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

/* The repository's own rules: what no compiler or linter looks at. */

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Package {
  version?: string;
  engines?: Record<string, string>;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  resolved?: string;
}

const packageJson = JSON.parse(read('package.json')) as Package;
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Package> };

function testFiles(): string[] {
  const all = ['src', 'e2e'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file),
    ),
  );
  return all.filter((file) => /\.(?:test|e2e)\.tsx?$/.test(file));
}

test('the top level holds what is agreed, and nothing else', () => {
  const ignored = new Set(read('.gitignore').split('\n'));
  const visible = readdirSync(root).filter((name) => !name.startsWith('.') && !ignored.has(name));
  expect(visible.toSorted()).toEqual([
    'LICENSE',
    'README.md',
    'e2e',
    'index.html',
    'package-lock.json',
    'package.json',
    'public',
    'src',
    'tsconfig.json',
    'vite.config.ts',
  ]);
});

describe('tests', () => {
  const forbidden = {
    'leaves tests out': /\b(?:describe|it|test)\.(?:only|skip|fixme|todo)\b/,
    sleeps: /\bwaitFor(?:Timeout)\b/,
  };

  test.each(Object.entries(forbidden))('no file %s', (_, pattern) => {
    const files = testFiles();
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => pattern.test(read(file)))).toEqual([]);
  });
});

describe('README', () => {
  const readme = () => read('README.md');

  test('names scripts that exist', () => {
    const named = [...readme().matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)];
    const scripts = named.map((match) => match[1] ?? match[2] ?? '');
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((script) => !packageJson.scripts?.[script])).toEqual([]);
  });

  test('says how to run the tests as CI does', () => {
    const [command] = read('.ci/run').trimEnd().split('\n').slice(-1);
    expect(command).toBe('npm ci && npm test');
    expect(readme()).toContain(command);
  });

  test('shows pictures that exist', () => {
    const pictures = [...readme().matchAll(/\.github\/pictures\/([\w-]+\.webp)/g)];
    expect(pictures).not.toEqual([]);
    const missing = pictures.filter((match) => !existsInPictures(match[1] ?? ''));
    expect(missing.map((match) => match[0])).toEqual([]);
  });
});

function existsInPictures(name: string): boolean {
  return readdirSync(join(root, '.github', 'pictures')).includes(name);
}

describe('lock file', () => {
  test('agrees with package.json', () => {
    const { version, engines, dependencies, devDependencies } = packageJson;
    const wanted = { version, engines, dependencies, devDependencies };
    expect(lock.packages['']).toMatchObject(wanted);
  });

  test('has every optional dependency, or npm ci fails on other systems', () => {
    const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {}).filter(
        (name) =>
          !lock.packages[`${path}/node_modules/${name}`] && !lock.packages[`node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  test('fetches from the public registry', () => {
    const elsewhere = Object.values(lock.packages).filter(
      ({ resolved }) => resolved && !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere).toEqual([]);
  });
});

test('dependencies are pinned exactly', () => {
  const all = { ...packageJson.dependencies, ...packageJson.devDependencies };
  const loose = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
});

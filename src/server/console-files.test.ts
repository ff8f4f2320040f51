import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readConsoleFiles } from './console-files';
import { StartError } from './start-error';
import { temporaryFolder } from './temporary-folder';
import { createTestServer } from './test-server';

async function serve(folder = temporaryFolder()) {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  mkdirSync(join(folder, '.vite'));
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  write('index.html', '<title>Console</title>');
  write('index.html.br', 'page in brotli');
  write('favicon.svg', '<svg/>');
  write('assets/main-a1b2.js', 'main()');
  write('assets/main-a1b2.js.br', 'main in brotli');
  write('assets/main-a1b2.js.gz', 'main in gzip');
  write('.vite/manifest.json', '{}');
  return createTestServer({ consoleFiles: readConsoleFiles(folder) });
}

const asset = '/assets/main-a1b2.js';
const accept = (encodings: string) => ({ headers: { 'accept-encoding': encodings } });

describe('the console', () => {
  it.each(['/', '/index.html', '/sign-in', '/organization/x/settings/webhook', '/apis', '/x.png'])(
    'has its page at %s',
    async (path) => {
      const { anonymously } = await serve();
      const { status, headers, text } = await anonymously('GET', path);
      expect([status, text]).toEqual([200, '<title>Console</title>']);
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(headers.get('cache-control')).toBe('no-cache');
    },
  );

  it.each(['/assets/other.js', '/assets/', '/api/other', '/api', '/assets/..%2Findex.html'])(
    'has nothing at %s',
    async (path) => {
      const { anonymously } = await serve();
      const { status, headers } = await anonymously('GET', path);
      expect(status).toBe(404);
      expect(headers.get('content-type')).toBe('application/problem+json');
    },
  );

  it('does not hand out what the build keeps for itself', async () => {
    const { anonymously } = await serve();
    for (const path of ['/.vite/manifest.json', '/index.html.br', `${asset}.gz`]) {
      expect((await anonymously('GET', path)).text).not.toMatch(/^\{\}|in brotli|in gzip/);
    }
  });

  it('is only read', async () => {
    const { anonymously } = await serve();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await anonymously(method, '/')).status).toBe(404);
    }
  });

  it.each([
    ['', null, 'main()'],
    ['gzip', 'gzip', 'main in gzip'],
    ['gzip, deflate, br', 'br', 'main in brotli'],
    ['br;q=0, gzip;q=0.5', 'gzip', 'main in gzip'],
    ['deflate', null, 'main()'],
  ])('sends assets for "%s" as %s', async (encodings, encoding, expected) => {
    const { anonymously } = await serve();
    const { status, headers, text } = await anonymously('GET', asset, accept(encodings));
    expect([status, headers.get('content-encoding'), text]).toEqual([200, encoding, expected]);
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('vary')).toBe('Accept-Encoding');
    expect(headers.get('content-length')).toBe(String(expected.length));
  });

  it('answers HEAD with the headers alone', async () => {
    const { anonymously } = await serve();
    const { status, headers, text } = await anonymously('HEAD', asset, accept('br'));
    expect([status, text]).toEqual([200, '']);
    expect(headers.get('content-length')).toBe('14');
    expect((await anonymously('HEAD', '/sign-in')).status).toBe(200);
    expect((await anonymously('HEAD', '/assets/other.js')).status).toBe(404);
  });

  it('does not send again what the browser has', async () => {
    const { anonymously } = await serve();
    const { headers } = await anonymously('GET', '/favicon.svg');
    const again = { headers: { 'if-none-match': headers.get('etag') ?? '' } };
    expect((await anonymously('GET', '/favicon.svg', again)).status).toBe(304);
    expect((await anonymously('GET', '/', again)).status).toBe(200);
  });

  it('is served wherever it is installed', async () => {
    const { anonymously } = await serve(join(temporaryFolder(), 'app.vite.d'));
    expect((await anonymously('GET', '/')).text).toBe('<title>Console</title>');
    expect((await anonymously('GET', '/.vite/manifest.json')).text).not.toBe('{}');
  });

  it('stops the start where it was not built', async () => {
    expect(() => readConsoleFiles(join(temporaryFolder(), 'none'))).toThrow(StartError);
    expect(() => readConsoleFiles(temporaryFolder())).toThrow('The console is missing in');
  });

  it('is not there where something else serves it', async () => {
    const { anonymously } = await createTestServer({ consoleFiles: new Map() });
    expect((await anonymously('GET', '/')).status).toBe(404);
  });
});

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

import type { Context } from 'hono';

import { StartError } from './start-error';

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json',
};

const encodings = { br: '.br', gzip: '.gz' } as const;
type Encoding = keyof typeof encodings;

interface ConsoleFile {
  type: string;
  cacheControl: string;
  etag: string;
  body: Uint8Array<ArrayBuffer>;
  compressed: Partial<Record<Encoding, Uint8Array<ArrayBuffer>>>;
}

/** The built console, by path as in a URL. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>;

/**
 * Reads the built console into memory: it is small, no path of a request ever reaches the file
 * system, and a build that happens while we run changes nothing under the pages that are open.
 *
 * @param folder what the build made, with `.br` and `.gz` beside what compresses well.
 * @throws {StartError} if the console's page is not there.
 */
export function readConsoleFiles(folder: string): ConsoleFiles {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new StartError(`The console is missing in ${folder}: build it with npm run build.`);
  }
  const files = new Map<string, ConsoleFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = contentTypes[extname(entry.name)];
    const path = join(entry.parentPath, entry.name);
    const steps = relative(folder, path).split(sep);
    // What the build keeps for itself.
    if (!entry.isFile() || !type || steps[0] === '.vite') continue;
    const url = `/${steps.join('/')}`;
    files.set(url, readConsoleFile(path, url, type));
  }
  return files;
}

function readConsoleFile(path: string, url: string, type: string): ConsoleFile {
  const body = readFileSync(path);
  const compressed: ConsoleFile['compressed'] = {};
  for (const encoding of ['br', 'gzip'] as const) {
    const sibling = path + encodings[encoding];
    if (existsSync(sibling)) compressed[encoding] = readFileSync(sibling);
  }
  return {
    type,
    // The build puts a hash of the content into the names of assets.
    cacheControl: url.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    body,
    compressed,
  };
}

/**
 * Answers a `GET` or `HEAD` with a file of the console, or, for an address that the console itself
 * makes sense of, with its page.
 *
 * @returns null for what is missing in `/assets/`, and if there is no console.
 */
export function consoleResponse(c: Context, files: ConsoleFiles): Response | null {
  const { path } = c.req;
  const page = path.startsWith('/assets/') ? undefined : files.get('/index.html');
  const file = files.get(path) ?? page;
  if (!file) return null;

  const encoding = chooseEncoding(c.req.header('accept-encoding') ?? '', file);
  const etag = encoding ? `${file.etag.slice(0, -1)}-${encoding}"` : file.etag;
  const headers: Record<string, string> = {
    'cache-control': file.cacheControl,
    etag,
    ...(Object.keys(file.compressed).length > 0 && { vary: 'Accept-Encoding' }),
  };
  if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304, headers);

  const body = (encoding && file.compressed[encoding]) || file.body;
  headers['content-type'] = file.type;
  headers['content-length'] = String(body.length);
  if (encoding) headers['content-encoding'] = encoding;
  return c.req.method === 'HEAD' ? c.body(null, 200, headers) : c.body(body, 200, headers);
}

/** Brotli before gzip; an encoding with `q=0` is not wanted. */
function chooseEncoding(accepted: string, { compressed }: ConsoleFile): Encoding | null {
  const wanted = new Set(
    accepted
      .toLowerCase()
      .split(',')
      .filter((part) => !/;\s*q=0(?:\.0*)?\s*$/.test(part))
      .map((part) => part.split(';')[0]?.trim()),
  );
  if (compressed.br && wanted.has('br')) return 'br';
  return compressed.gzip && wanted.has('gzip') ? 'gzip' : null;
}

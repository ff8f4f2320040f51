import { readFile, readdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

const textExtensions = new Set(['.css', '.html', '.js', '.json', '.map', '.svg', '.txt']);

/**
 * Writes a `.br` (quality 11) and a `.gz` beside every text file of a folder, sub-folders included,
 * where that is smaller than the file itself. Folders whose name starts with a dot are not served
 * and stay as they are. Throws what the file system throws.
 */
export async function precompress(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.')) await precompress(path);
      } else if (textExtensions.has(extname(entry.name))) {
        await compressFile(path);
      }
    }),
  );
}

async function compressFile(path: string): Promise<void> {
  const content = await readFile(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  await Promise.all([
    writeIfSmaller(`${path}.br`, await brotli(content, { params }), content.length),
    writeIfSmaller(`${path}.gz`, await gzipped(content, { level: 9 }), content.length),
  ]);
}

async function writeIfSmaller(path: string, content: Buffer, limit: number): Promise<void> {
  if (content.length < limit) await writeFile(path, content);
}

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { buildIfChanged } from './build/build-if-changed';

/*
 * `npm start`: builds what is not built yet or has changed since, then becomes the server. The
 * server runs in this very process, so that signals and exit codes are its own.
 */

const root = join(import.meta.dirname, '..', '..');

try {
  await buildIfChanged(root);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
await import(pathToFileURL(join(root, 'dist', 'server', 'main.js')).href);

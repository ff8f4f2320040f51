import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { assemble } from './assemble';
import { readSettings } from './env';
import { createLog } from './log';
import { StartError } from './start-error';
import { temporaryFolder } from './temporary-folder';

it('touches no data and starts no work if the console was not built', async () => {
  const folder = temporaryFolder();
  const dataDir = join(folder, 'data');
  const settings = readSettings({ DATA_DIR: dataDir });
  const log = createLog('silent');
  await expect(assemble(settings, log, join(folder, 'none'))).rejects.toThrow(StartError);
  expect(existsSync(dataDir)).toBe(false);
});

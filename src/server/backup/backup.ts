import { join, resolve } from 'node:path';

import { backupPath } from '../../contract/api-paths';
import { askOwnServer, runCommand } from '../own-server';
import { StartError } from '../start-error';
import { writeBackup } from './backup-file';

/* `npm run backup -- file`: a copy of the database of the server that is running. */

await runCommand(async (settings) => {
  const [name, ...more] = process.argv.slice(2);
  if (!name || more.length > 0) {
    throw new StartError('Name the file to write: npm run backup -- webhooks-backup.db');
  }
  if (settings.qovery) {
    throw new StartError(
      'There is nothing to back up: QOVERY_API_URL is set, and what is there is kept there.',
    );
  }
  const { dataDir, secretKey, adminToken } = settings;
  const ifNone = `set HOST and PORT as it has them, or, if it is stopped, copy the folder ${dataDir} as it is`;
  const path = resolve(name);
  const size = await writeBackup(path, () => askOwnServer(settings, backupPath(), ifNone));
  const keys = [
    secretKey === null ? join(dataDir, 'secret-key') : 'SECRET_KEY',
    adminToken === null ? join(dataDir, 'admin-token') : 'ADMIN_TOKEN',
  ];
  process.stdout.write(
    `Wrote ${path} (${size} bytes); it was read through and is whole.\n` +
      `Keep with it: ${keys.join(' and ')}. The stored secrets are lost without the first.\n` +
      'To restore: put it as webhooks.db into a new folder, with these files; start with DATA_DIR set to that.\n',
  );
});

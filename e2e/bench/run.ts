import { join } from 'node:path';

import { buildIfChanged } from '../../src/server/build/build-if-changed';
import { benchDeliveries } from './deliveries';
import { benchListPage } from './list-page';

/*
 * `npm run bench`: figures as ratios within one run, since machines differ. Milliseconds fail
 * nothing; sizes, counts and losses do.
 */

await buildIfChanged(join(import.meta.dirname, '..', '..'));
const results = [await benchListPage(), await benchDeliveries()];
if (results.includes(false)) process.exitCode = 1;

import { join } from 'node:path';

import { buildIfChanged } from '../../src/server/build/build-if-changed';
import { benchCrash } from './crash';
import { benchDeliveryLog } from './delivery-log';
import { benchGrowth } from './growth';
import { benchInteractions } from './interactions';
import { benchLatency } from './latency';
import { benchLighthouse } from './lighthouse';
import { benchListPage } from './list-page';
import { benchLongList } from './long-list';
import { benchNeighbours } from './neighbours';
import { benchQueue } from './queue';
import { benchThroughput } from './throughput';

/*
 * `npm run bench`: figures as ratios within one run, since machines differ. Milliseconds and ratios
 * fail nothing; sizes, counts and losses do. `npm run bench -- latency queue` runs these parts alone.
 */

/** By name, in the order in which they run; each prints its figures and says whether all is right. */
const parts: Record<string, () => Promise<boolean>> = {
  'list-page': benchListPage,
  interactions: benchInteractions,
  'long-list': benchLongList,
  'delivery-log': benchDeliveryLog,
  lighthouse: benchLighthouse,
  throughput: benchThroughput,
  queue: benchQueue,
  latency: benchLatency,
  neighbours: benchNeighbours,
  growth: benchGrowth,
  crash: benchCrash,
};

async function run(names: readonly string[]): Promise<boolean> {
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined) {
    console.error(`There is no "${unknown}": ${Object.keys(parts).join(', ')}.`);
    return false;
  }
  await buildIfChanged(join(import.meta.dirname, '..', '..'));
  let isRight = true;
  for (const [name, bench] of Object.entries(parts)) {
    if (names.length > 0 && !names.includes(name)) continue;
    if (!(await bench())) {
      console.log(`  ✗ ${name}: see above`);
      isRight = false;
    }
  }
  return isRight;
}

// So that an early end is an exit, at which servers and other processes are ended.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(1));
}
if (!(await run(process.argv.slice(2)))) process.exitCode = 1;

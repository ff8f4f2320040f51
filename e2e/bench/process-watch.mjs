import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/*
 * Loaded into the built server before its program, over the channel to the bench: how long its event
 * loop stood still, and its memory. Plain JavaScript, since a loader for TypeScript would change who
 * is measured.
 */

const turns = monitorEventLoopDelay({ resolution: 1 });
turns.enable();
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
process.on('message', (question) => {
  if (question === 'collect') collectGarbage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ longestTurn: turns.max / 1e6, rss, heapUsed });
  turns.reset();
});
// Listening keeps a process alive, and this one is to end as it does alone.
process.channel?.unref();
process.on('disconnect', () => process.exit());

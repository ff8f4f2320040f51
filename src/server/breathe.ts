import { setImmediate as nextRound } from 'node:timers/promises';

/** How long work may keep the event loop from everybody else, in milliseconds. */
const longestBreath = 10;

/**
 * For work that goes on for long: lets the event loop turn once it has been held for 10 ms. The
 * engine is synchronous, so that waiting for its statements alone lets nobody else in.
 *
 * @returns to be awaited after each piece of the work.
 */
export function breathing(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestBreath) return;
    await nextRound();
    since = performance.now();
  };
}

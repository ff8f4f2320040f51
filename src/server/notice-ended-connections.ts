import { setImmediate as nextRound } from 'node:timers/promises';

/**
 * Lets the event loop ask the system once for news, so that connections which the other side has
 * closed while they were idle leave the pool before one of them is used.
 */
export async function noticeEndedConnections(): Promise<void> {
  // Within the first round the news may have been fetched already.
  await nextRound();
  await nextRound();
}

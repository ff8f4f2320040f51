import { randomInt } from 'node:crypto';

import { expect, test } from '@playwright/test';

import { openDatabase } from '../src/server/db';
import { DeliveryTrial } from './delivery-trial';
import { SeededRandom } from './seeded-random';

const timeout = 4000;
const settings = {
  DELIVERY_TIMEOUT: `${timeout}ms`,
  RETRY_SCHEDULE: Array.from({ length: 60 }, () => '100ms').join(','),
};

test('a stop under load cuts no attempt off and loses nothing', async () => {
  const trial = await DeliveryTrial.start(settings, 6, new SeededRandom(randomInt(2 ** 32)));
  try {
    const { server, receivers, ledger } = trial;
    const hung = () => receivers.done.get('hang') ?? 0;
    expect(await ledger.until(() => ledger.accepted >= 150 && hung() >= 4)).toBe(true);
    // One that has only begun has all of its time before it.
    const hungBefore = hung();
    expect(await ledger.until(() => hung() > hungBefore)).toBe(true);

    const { pid = 0 } = server;
    const started = performance.now();
    const stopping = server.stop();
    const unansweredBefore = ledger.unanswered;
    await ledger.until(() => ledger.unanswered > unansweredBefore);
    process.kill(pid, 'SIGTERM');
    expect(await stopping).toBe(0);
    expect(performance.now() - started).toBeLessThan(timeout + 1000);

    // What a receiver has read is in the log, with what it did and nothing that we did to it.
    const log = await recorded(server.dataDir);
    for (const [what, times] of receivers.done) {
      expect(log[what], `${what}: by the log`).toBeGreaterThanOrEqual(times);
    }
    expect(log['in flight']).toBe(0);
    await server.startAgain();
    const outcome = await trial.settle();
    expect(outcome).toMatchObject({ faults: [], lost: 0, foreign: 0, differing: 0 });
  } finally {
    await trial.dispose();
  }
});

/** By the log: how often receivers did what; and how many deliveries count as in flight. */
async function recorded(dataDir: string): Promise<Record<string, number>> {
  const db = await openDatabase(dataDir);
  try {
    const attempts = await db.selectFrom('attempt').select(['status_code', 'error']).execute();
    const deliveries = await db.selectFrom('delivery').select('in_flight').execute();
    const counts: Record<string, number> = {
      'in flight': deliveries.filter(({ in_flight }) => in_flight === 1).length,
    };
    for (const { status_code, error } of attempts) {
      const what = status_code === 0 ? (behaviours[error ?? ''] ?? String(error)) : status_code;
      counts[what] = (counts[what] ?? 0) + 1;
    }
    return counts;
  } finally {
    await db.destroy();
  }
}

/** What a receiver did, by what the log says of it. */
const behaviours: Record<string, string> = {
  'timed out after 4 s': 'hang',
  'connection reset': 'reset',
  'connection closed without a response': 'half an answer',
};

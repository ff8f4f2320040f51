import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { DeliveryTrial, type Outcome } from './delivery-trial';
import { SeededRandom } from './seeded-random';

/** What came of a run in which the server was killed again and again. */
export interface CrashReport extends Outcome {
  /** What the moments of the kills were drawn from; `CRASH_SEED` sets it. */
  seed: number;
  kills: number;
  /** Of the kills, those before the server listened. */
  killsInStart: number;
}

const settings = {
  DELIVERY_TIMEOUT: '600ms',
  RETRY_SCHEDULE: Array.from({ length: 60 }, () => '100ms').join(','),
};
const clients = 6;

/**
 * Kills the server with SIGKILL at random moments while events pour in and receivers misbehave, and
 * starts it again on the same data and port each time. Then all may come to its end.
 */
export async function runCrashes(kills: number): Promise<CrashReport> {
  const seed = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 32));
  console.log(`CRASH_SEED=${seed}`);
  const random = new SeededRandom(seed);
  const trial = await DeliveryTrial.start(settings, clients, random);
  try {
    let killsInStart = 0;
    for (let kill = 1; kill <= kills; kill += 1) {
      // In between a client may get an answer that it should not: that ends it.
      await Promise.race([killUnderLoad(trial, random), trial.load.over]);
      for (; kill < kills && random.chance(0.25); kill += 1) {
        if (await killInStart(trial, random)) killsInStart += 1;
      }
      await trial.server.startAgain();
    }
    return { seed, kills, killsInStart, ...(await trial.settle()) };
  } finally {
    await trial.dispose();
  }
}

async function killUnderLoad(
  { server, ledger, receivers }: DeliveryTrial,
  random: SeededRandom,
): Promise<void> {
  await receivers.vanishOrComeBack();
  const wanted = ledger.accepted + 1 + random.below(60);
  await ledger.until(() => ledger.accepted >= wanted);
  await delay(random.below(30));
  await server.kill();
}

/** Starts the server and kills it; gives whether that was before it listened. */
async function killInStart({ server }: DeliveryTrial, random: SeededRandom): Promise<boolean> {
  const starting = server.startAgain().then(
    () => false,
    () => true,
  );
  await delay(random.below(400));
  await server.kill();
  return starting;
}

import { runCrashes } from '../crash-run';
import { format, report } from './figures';

const kills = 50;

/** Prints what came of killing the server many times under load; false if anything went wrong. */
export async function benchCrash(): Promise<boolean> {
  console.log(`\nKilled ${kills} times while events come in and receivers misbehave`);
  const outcome = await runCrashes(kills);
  report('Kills', format(outcome.kills), `${outcome.killsInStart} before the server listened`);
  report('Events accepted', format(outcome.events), `${outcome.unanswered} posts unanswered`);
  report('Deliveries', format(outcome.deliveries));
  report('Requests that were not answered with 2xx', format(outcome.unkind));
  report('Repeats', format(outcome.repeats), 'with the same webhook-id');
  report('Repeats with other bytes', format(outcome.differing));
  report('Lost', format(outcome.lost));
  report('Never accepted and yet delivered', format(outcome.foreign));
  for (const fault of outcome.faults) console.log(`  ${fault}`);
  return outcome.faults.length === 0;
}

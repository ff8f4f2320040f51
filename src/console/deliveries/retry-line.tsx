import type { WebhookEvent } from '../../contract/webhook-event';
import { RelativeTime } from '../ui/relative-time';

type Told = Pick<WebhookEvent, 'attempt' | 'max_attempts' | 'next_attempt_at' | 'trigger'>;

const byHand: Record<string, string> = { redeliver: 'Redelivered', recover: 'Recovered' };

/** `2 of 8, next in 4 min`, read out as an attempt; for what is sent by hand, that it was. */
export function RetryLine({ row }: { row: Told }) {
  const { attempt, max_attempts: most, next_attempt_at: next, trigger } = row;
  if (trigger === 'test') return <>Test</>;
  const who = trigger === null ? undefined : byHand[trigger];
  const isTried = attempt !== null && attempt > 0;
  return (
    <>
      {who !== undefined && `${who} · `}
      {isTried && (
        <>
          <span className="sr-only">Attempt </span>
          {attempt}
          {most !== null && ` of ${most}`}
        </>
      )}
      {next !== null && (
        <>
          {isTried ? ', next ' : 'First attempt '}
          <RelativeTime iso={next} ahead />
        </>
      )}
      {attempt === 0 && next === null && 'First attempt'}
    </>
  );
}

import type { Webhook } from '../../contract/webhook';
import type { WebhookHealth } from '../../contract/webhook-health';
import { healthState } from './health-state';

/** A webhook whose last attempt failed, and how. */
interface Failing {
  webhook: Webhook;
  failure: WebhookHealth['last_failure'];
}

/** The webhooks of a list that are failing, the one that failed last first. */
export function failingOf(
  webhooks: readonly Webhook[],
  health: readonly WebhookHealth[],
): Failing[] {
  const failing = new Map(
    health
      .filter((each) => healthState(each) === 'failing')
      .map((each) => [each.webhook_id, each.last_failure]),
  );
  return webhooks
    .flatMap((webhook) => {
      const failure = failing.get(webhook.id);
      return failure === undefined ? [] : [{ webhook, failure }];
    })
    .toSorted((a, b) => (b.failure?.at ?? '').localeCompare(a.failure?.at ?? ''));
}

import type { Webhook } from '../../contract/webhook';
import type { WebhookHealth } from '../../contract/webhook-health';
import { healthState } from './health-state';

/** A webhook whose last attempt failed, and how. */
interface Failing {
  webhook: Webhook;
  failure: WebhookHealth['last_failure'];
}

/**
 * The webhooks of a list that are failing, the one that failed last first. Of one that was switched off
 * by hand nobody expects anything; one that was disabled because of its failures is among them.
 */
export function failingOf(
  webhooks: readonly Webhook[],
  health: readonly WebhookHealth[],
): Failing[] {
  const failing = new Map(
    health
      .filter((each) => healthState(each) === 'failing')
      .map((each) => [each.webhook_id, each.last_failure]),
  );
  if (failing.size === 0) return [];
  return webhooks
    .flatMap((webhook) => {
      const failure = failing.get(webhook.id);
      const isExpected = webhook.enabled || webhook.disabled_reason !== null;
      return failure === undefined || !isExpected ? [] : [{ webhook, failure }];
    })
    .toSorted((a, b) => (b.failure?.at ?? '').localeCompare(a.failure?.at ?? ''));
}

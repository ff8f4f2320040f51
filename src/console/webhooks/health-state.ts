import { isSuccess, type WebhookHealth } from '../../contract/webhook-health';

/** Of the webhooks that something was sent to, by their ids. */
export type HealthById = ReadonlyMap<string, WebhookHealth>;

export const healthStates = ['failing', 'healthy', 'none'] as const;
export type HealthState = (typeof healthStates)[number];

/** How a webhook fares, which its last attempt says; `none` if nothing was sent to it yet. */
export function healthState(health: WebhookHealth | undefined): HealthState {
  const last = health?.last.at(-1);
  if (last === undefined) return 'none';
  return isSuccess(last) ? 'healthy' : 'failing';
}

/**
 * The share of attempts that succeeded, in percent: of the last 24 hours, or if there were none, of
 * the last attempts there are. Only all or none of them give 100 or 0.
 */
export function successShare({ last, succeeded_24h, failed_24h }: WebhookHealth): number {
  const succeeded = succeeded_24h + failed_24h > 0 ? succeeded_24h : last.filter(isSuccess).length;
  const all = succeeded_24h + failed_24h || last.length;
  if (succeeded === 0) return 0;
  if (succeeded === all) return 100;
  return Math.min(99.9, Math.max(0.1, Math.round((succeeded / all) * 100)));
}

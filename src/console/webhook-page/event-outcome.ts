import { compileFilter, type WebhookFilter } from '../../contract/filter';
import { keptOutBecause } from '../webhooks/filter-wording';
import type { PastEvent } from '../../contract/past-event';
import type { Webhook } from '../../contract/webhook';

/**
 * `delivered`, `failed` for good, `cancelled` before it was sent, or `on its way`; `sent`: there is a delivery, and the API does not
 * say how it stands. `kept out`: by a rule. `missed`: it matches, and there is no delivery all the
 * same.
 */
export const outcomes = [
  'delivered',
  'failed',
  'cancelled',
  'on its way',
  'sent',
  'kept out',
  'missed',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What became of a deployment event at one webhook. */
export interface EventOutcome {
  event: PastEvent;
  what: Outcome;
  /** Which rule kept it out; null if none did. */
  rule: keyof WebhookFilter | null;
  words: string;
}

type Asked = Pick<
  Webhook,
  | 'enabled'
  | 'disabled_at'
  | 'events'
  | 'environment_types_filter'
  | 'project_names_filter'
  | 'created_at'
>;

const standing = new Map<unknown, Outcome>([
  ['pending', 'on its way'],
  ['succeeded', 'delivered'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
]);

/**
 * Says of each event what became of it, as far as that can be told today: what was not sent is judged
 * by the webhook's filters as they are now.
 */
export function outcomesOf(events: readonly PastEvent[], webhook: Asked): EventOutcome[] {
  const { events: types, environment_types_filter, project_names_filter } = webhook;
  const any = {
    events: events.map(({ event_type }) => event_type),
    environment_types_filter: [],
    project_names_filter: [],
    enabled: true,
  };
  const rules = [
    { ...any, events: types },
    { ...any, environment_types_filter },
    { ...any, project_names_filter },
  ].map((rule) => compileFilter(rule));
  return events.map((event) => {
    if (event.delivery_id) {
      const what = standing.get(event.delivery_status) ?? 'sent';
      return { event, what, rule: null, words: what };
    }
    const about = {
      event_type: event.event_type,
      mode: event.environment.mode,
      project_name: event.project.name,
    };
    const reasons = rules.flatMap((decide) => {
      const verdict = decide(about);
      return verdict.matches ? [] : [{ rule: verdict.rule, words: keptOutBecause(verdict, about) }];
    });
    const [first] = reasons;
    if (!first) return { event, what: 'missed', rule: null, words: whyMissed(event, webhook) };
    // All of them: whoever mends one would wait for the next deployment to learn of another.
    const words = `kept out: ${reasons.map((each) => each.words).join(', and ')}`;
    return { event, what: 'kept out', rule: first.rule, words };
  });
}

function whyMissed({ accepted_at }: PastEvent, webhook: Asked): string {
  const accepted = Date.parse(accepted_at);
  if (accepted < Date.parse(webhook.created_at)) return 'not sent: the webhook was added later';
  if (!webhook.enabled && webhook.disabled_at && accepted >= Date.parse(webhook.disabled_at)) {
    return 'not sent: the webhook was disabled at that time';
  }
  return 'not sent: the webhook was added, changed or disabled at that time';
}

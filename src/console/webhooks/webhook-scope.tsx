import { TriangleAlert } from 'lucide-react';

import { deploymentEventTypes, type Webhook } from '../../contract/webhook';
import { environmentModeName, eventTitle } from '../../contract/wording';
import { count } from '../numbers';

/** How many project names are listed before the rest is counted. */
const most = 3;

/** `a, b, c and 2 more` */
function listed(values: string[]): string {
  if (values.length <= most + 1) return values.join(', ');
  return `${values.slice(0, most).join(', ')} and ${values.length - most} more`;
}

/** `2 of 4 events`; `2 events` if the API knows more of them than we do. */
function countWords(events: readonly string[]): string {
  const known: readonly string[] = deploymentEventTypes;
  const areKnown = events.every((event) => known.includes(event));
  if (areKnown) return `${events.length} of ${known.length} events`;
  return events.length === 1 ? '1 event' : `${count(events.length)} events`;
}

/**
 * What reaches a webhook, in words. One without filters stands out: data leaks through the webhook
 * that nobody noticed takes everything.
 */
export function WebhookScope({ webhook }: { webhook: Webhook }) {
  const modes = webhook.environment_types_filter.map(environmentModeName);
  const projects = webhook.project_names_filter;
  const all = deploymentEventTypes.every((eventType) => webhook.events.includes(eventType));
  const events = all ? 'All events' : countWords(webhook.events);
  const eventsInFull = webhook.events.map(eventTitle).join(', ');
  if (modes.length === 0 && projects.length === 0) {
    return (
      <>
        <span title={eventsInFull}>{events}</span>
        <span className="mt-0.5 flex items-start gap-1.5 font-medium text-warning">
          <TriangleAlert aria-hidden className="mt-0.75 size-3.5 shrink-0" />
          All projects, all environments
        </span>
      </>
    );
  }
  return (
    <p className="line-clamp-2 wrap-anywhere">
      <span title={eventsInFull}>{events}</span>
      {'\u00a0· '}
      {modes.length === 0 ? 'all environments' : modes.join(', ')}
      {'\u00a0· '}
      <span title={projects.join('\n')}>
        {projects.length === 0 ? 'all projects' : listed(projects)}
      </span>
    </p>
  );
}

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

/** `All events`, `2 of 4 events`; `2 events` if the API knows more of them than we do. */
function countWords(events: readonly string[]): string {
  const known: readonly string[] = deploymentEventTypes;
  if (known.every((event) => events.includes(event))) return 'All events';
  const areKnown = events.every((event) => known.includes(event));
  if (areKnown) return `${events.length} of ${known.length} events`;
  return events.length === 1 ? '1 event' : `${count(events.length)} events`;
}

/** What nobody may overlook. */
function Warning({ children }: { children: string }) {
  return (
    <span className="flex items-start not-first:mt-0.5 gap-1.5 font-medium text-warning">
      <TriangleAlert aria-hidden className="mt-0.75 size-3.5 shrink-0" />
      {children}
    </span>
  );
}

/**
 * What reaches a webhook, in words. One without filters stands out: data leaks through the webhook
 * that nobody noticed takes everything. So does one without events, which takes nothing.
 */
export function WebhookScope({ webhook }: { webhook: Webhook }) {
  const modes = webhook.environment_types_filter.map(environmentModeName);
  const projects = webhook.project_names_filter;
  const isUntold = webhook.untold.includes('events');
  const isMute = webhook.events.length === 0 && !isUntold;
  const words = isUntold ? 'Events not told' : countWords(webhook.events);
  const events = <span title={webhook.events.map(eventTitle).join(', ')}>{words}</span>;
  const mute = isMute && <Warning>No events: nothing is sent</Warning>;
  if (modes.length === 0 && projects.length === 0) {
    const all = 'All projects, all environments';
    return (
      <>
        {mute || events}
        {mute ? <span>{all}</span> : <Warning>{all}</Warning>}
      </>
    );
  }
  return (
    <>
      {mute}
      <p className="line-clamp-2 wrap-anywhere">
        {!mute && (
          <>
            {events}
            {'\u00a0· '}
          </>
        )}
        {modes.length > 0 ? modes.join(', ') : mute ? 'All environments' : 'all environments'}
        {'\u00a0· '}
        <span title={projects.join('\n')}>
          {projects.length === 0 ? 'all projects' : listed(projects)}
        </span>
      </p>
    </>
  );
}

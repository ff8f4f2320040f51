import { useQuery } from '@tanstack/react-query';
import { Check, Minus } from 'lucide-react';
import { memo, useMemo } from 'react';

import { compileFilter, type WebhookFilter } from '../../contract/filter';
import { verdictWords } from '../../contract/filter-wording';
import type { PastEvent } from '../../contract/past-event';
import { environmentModeName, eventTitle } from '../../contract/wording';
import { RelativeTime } from '../ui/relative-time';
import { Skeleton } from '../ui/skeleton';
import { OutcomeFailed } from './outcome-line';
import { newestEventsQuery } from './past-event-queries';

interface DryRunEventsProps {
  organizationId: string;
  filter: WebhookFilter;
  /** Milliseconds since 1970: what was before is left out. */
  since: number;
}

/** The newest events, each with what would have become of it and by which rule. */
export function DryRunEvents({ organizationId, filter, since }: DryRunEventsProps) {
  const query = useQuery(newestEventsQuery(organizationId));
  const { events, environment_types_filter, project_names_filter } = filter;
  const decide = useMemo(
    () => compileFilter({ events, environment_types_filter, project_names_filter, enabled: true }),
    [events, environment_types_filter, project_names_filter],
  );
  if (!query.data) {
    if (query.isError) return <OutcomeFailed query={query} what="load the events" />;
    return (
      <div role="status" aria-label="Loading" className="mt-2 space-y-2">
        {['w-2/3', 'w-1/2', 'w-3/5'].map((width) => (
          <Skeleton key={width} className={`h-4 ${width}`} />
        ))}
      </div>
    );
  }
  const recent = query.data.filter(({ accepted_at }) => Date.parse(accepted_at) >= since);
  return (
    <ul
      aria-label="Events of the dry run"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keys
      tabIndex={0}
      className="mt-2 max-h-80 divide-y divide-line overflow-y-auto rounded-md border border-line bg-surface"
    >
      {recent.map((event) => {
        const about = {
          event_type: event.event_type,
          mode: event.environment.mode,
          project_name: event.project.name,
        };
        const verdict = decide(about);
        return (
          <EventItem
            key={event.id}
            event={event}
            isSent={verdict.matches}
            words={verdictWords(verdict, about)}
          />
        );
      })}
    </ul>
  );
}

interface EventItemProps {
  event: PastEvent;
  isSent: boolean;
  /** What would have become of it. */
  words: string;
}

/** Drawn anew only if what would have become of it has changed: there are hundreds. */
const EventItem = memo(function EventItem({ event, isSent, words }: EventItemProps) {
  const Icon = isSent ? Check : Minus;
  const { project, environment } = event;
  return (
    <li className="flex gap-2 px-2.5 py-2">
      <Icon
        aria-hidden
        className={`mt-px size-4 shrink-0 ${isSent ? 'text-success' : 'text-muted'}`}
      />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap justify-between gap-x-3">
          <span className="font-medium">{eventTitle(event.event_type)}</span>
          <span className="text-muted">
            <RelativeTime iso={event.accepted_at} />
          </span>
        </p>
        <p className="text-muted wrap-anywhere">
          {project.name} / {environment.name} ({environmentModeName(environment.mode)})
        </p>
        <p className={`wrap-anywhere ${isSent ? 'text-success' : ''}`}>{words}</p>
      </div>
    </li>
  );
});

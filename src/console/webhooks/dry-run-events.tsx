import { useQuery } from '@tanstack/react-query';
import { Check, Minus } from 'lucide-react';
import { memo, useMemo } from 'react';

import type { WebhookFilter } from '../../contract/filter';
import { environmentModeName, eventTitle } from '../../contract/wording';
import { useInSlices } from '../in-slices';
import { RelativeTime } from '../ui/relative-time';
import { Skeleton } from '../ui/skeleton';
import { decideEvents, type DecidedEvent } from './filter-tally';
import { OutcomeFailed } from './outcome-line';
import { newestEventsQuery } from './past-event-queries';

interface DryRunEventsProps {
  organizationId: string;
  filter: WebhookFilter;
  /** Milliseconds since 1970: what was before is left out. */
  since: number;
}

/** The newest events, each with what would have become of it and by which rule. */
export const DryRunEvents = memo(function DryRunEvents({
  organizationId,
  filter,
  since,
}: DryRunEventsProps) {
  const query = useQuery(newestEventsQuery(organizationId));
  const newest = query.data;
  const { events, environment_types_filter, project_names_filter } = filter;
  const work = useMemo(() => {
    const rules = { events, environment_types_filter, project_names_filter, enabled: true };
    const recent = newest?.filter(({ accepted_at }) => Date.parse(accepted_at) >= since);
    return recent ? decideEvents(rules, recent) : null;
  }, [newest, since, events, environment_types_filter, project_names_filter]);
  const decided = useInSlices(work);
  if (!decided) {
    if (query.isError) return <OutcomeFailed query={query} what="load the events" />;
    return (
      <div role="status" aria-label="Loading" className="mt-2 space-y-2">
        {['w-2/3', 'w-1/2', 'w-3/5'].map((width) => (
          <Skeleton key={width} className={`h-4 ${width}`} />
        ))}
      </div>
    );
  }
  return (
    <ul
      aria-label="Events of the dry run"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keys
      tabIndex={0}
      className="mt-2 max-h-80 divide-y divide-line overflow-y-auto rounded-md border border-line bg-surface"
    >
      {decided.map((each) => (
        <EventItem key={each.event.id} {...each} />
      ))}
    </ul>
  );
});

/** Drawn anew only if what would have become of it has changed: there are hundreds. */
const EventItem = memo(function EventItem({ event, isSent, words }: DecidedEvent) {
  const Icon = isSent ? Check : Minus;
  const { project, environment } = event;
  return (
    <li className="flex gap-2 px-2.5 py-2">
      <Icon
        aria-hidden
        className={`mt-px size-4 shrink-0 ${isSent ? 'text-success' : 'text-muted'}`}
      />
      <div className="min-w-0 flex-1">
        <p className="flex justify-between gap-x-3">
          <span className="min-w-0 font-medium">{eventTitle(event.event_type)}</span>
          <span className="shrink-0 whitespace-nowrap text-muted">
            <RelativeTime iso={event.accepted_at} />
          </span>
        </p>
        <p className="text-muted wrap-anywhere">
          <bdi>{project.name}</bdi> / <bdi>{environment.name}</bdi> (
          {environmentModeName(environment.mode)})
        </p>
        <p className={`wrap-anywhere ${isSent ? 'text-success' : ''}`}>{words}</p>
      </div>
    </li>
  );
});

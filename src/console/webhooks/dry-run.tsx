import { History } from 'lucide-react';
import { useState } from 'react';

import type { WebhookFilter } from '../../contract/filter';
import { ruleNames } from './filter-wording';
import { count } from '../numbers';
import { DryRunEvents } from './dry-run-events';
import type { Tally } from './filter-tally';
import { OutcomeFailed, OutcomeLine, OutcomeLoading } from './outcome-line';
import { daysBack, newest } from './past-event-queries';
import type { EventTally } from './use-event-tally';

interface DryRunProps {
  organizationId: string;
  filter: WebhookFilter;
  events: EventTally;
}

/** What the webhook in the form would have received of what really happened, and why no more. */
export function DryRun({ organizationId, filter, events }: DryRunProps) {
  const { query, tally } = events;
  if (!query.data || !tally) {
    return query.isError ? (
      <OutcomeFailed query={query} what={`load the events of the last ${daysBack} days`} />
    ) : (
      <OutcomeLoading>Looking at the events of the last {daysBack} days…</OutcomeLoading>
    );
  }
  if (tally.total === 0) {
    return (
      <OutcomeLine icon={History}>
        <p>No deployment events in the last {daysBack} days</p>
      </OutcomeLine>
    );
  }
  return (
    <OutcomeLine icon={History}>
      <p>
        In the last {daysBack} days this webhook would have received{' '}
        <strong className="font-semibold">
          {count(tally.received)} of {count(tally.total)}
        </strong>{' '}
        deployment {tally.total === 1 ? 'event' : 'events'}
      </p>
      {tally.received < tally.total && <p className="text-muted">{keptOutWords(tally)}</p>}
      {!filter.enabled && (
        <p className="text-muted">Enabled is off: nothing is sent until it is on.</p>
      )}
      <EventList
        organizationId={organizationId}
        filter={filter}
        since={query.data.since}
        total={tally.total}
      />
    </OutcomeLine>
  );
}

interface EventListProps {
  organizationId: string;
  filter: WebhookFilter;
  since: number;
  total: number;
}

/** The events one by one; loaded when one wants to see them. */
function EventList({ organizationId, filter, since, total }: EventListProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="mt-1" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit rounded-sm font-medium text-accent-text hover:underline">
        {total > newest ? `The newest ${newest} events, one by one` : 'Events, one by one'}
      </summary>
      {isOpen && <DryRunEvents organizationId={organizationId} filter={filter} since={since} />}
    </details>
  );
}

/** `Kept out: 60 by event, 22 by project name` */
function keptOutWords({ keptOut }: Tally): string {
  const rules = ['events', 'environment_types_filter', 'project_names_filter'] as const;
  const parts = rules
    .filter((rule) => keptOut[rule])
    .map((rule) => `${count(keptOut[rule] ?? 0)} by ${ruleNames[rule]}`);
  return `Kept out: ${parts.join(', ')}`;
}

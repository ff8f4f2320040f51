import { deploymentEventTypes } from '../../contract/webhook';
import { logStatuses } from '../../contract/webhook-event';
import { eventTitle } from '../../contract/wording';
import type { LogFilter } from './log-queries';

const statusNames = { succeeded: 'Succeeded', failed: 'Failed', pending: 'Not tried yet' };

/** What an address says of the log (`?status=&event=`). Values that do not exist are passed over. */
export function readLogFilter(params: URLSearchParams): LogFilter {
  const one = <const T extends string>(name: string, of: readonly T[]): T | null =>
    of.find((each) => each === params.get(name)) ?? null;
  return { status: one('status', logStatuses), event: one('event', deploymentEventTypes) };
}

interface LogFiltersProps {
  filter: LogFilter;
  /** With an empty text for "any". */
  onChange: (change: { status: string } | { event: string }) => void;
}

/** Narrows the log down by result and event. */
export function LogFilters({ filter, onChange }: LogFiltersProps) {
  return (
    <div className="flex flex-wrap gap-2">
      <select
        aria-label="Result"
        value={filter.status ?? ''}
        onChange={(event) => onChange({ status: event.target.value })}
        className="control min-w-0 pr-8! max-sm:flex-1"
      >
        <option value="">Any result</option>
        {logStatuses.map((status) => (
          <option key={status} value={status}>
            {statusNames[status]}
          </option>
        ))}
      </select>
      <select
        aria-label="Event"
        value={filter.event ?? ''}
        onChange={(event) => onChange({ event: event.target.value })}
        className="control min-w-0 pr-8! max-sm:flex-1"
      >
        <option value="">Any event</option>
        {deploymentEventTypes.map((eventType) => (
          <option key={eventType} value={eventType}>
            {eventTitle(eventType)}
          </option>
        ))}
      </select>
    </div>
  );
}

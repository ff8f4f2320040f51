import { useQuery } from '@tanstack/react-query';
import { Check, Minus, TriangleAlert } from 'lucide-react';
import { memo, useMemo } from 'react';
import { Link, useSearchParams } from 'react-router-dom';

import { ruleNames } from '../webhooks/filter-wording';
import type { Webhook } from '../../contract/webhook';
import { environmentModeName, eventTitle } from '../../contract/wording';
import { useFeature } from '../capabilities-queries';
import { fromLog } from '../deliveries/use-log-address';
import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { RelativeTime } from '../ui/relative-time';
import { Skeleton } from '../ui/skeleton';
import { EventCommand } from '../webhooks/event-command';
import { newest, newestEventsQuery } from '../webhooks/past-event-queries';
import { count } from '../numbers';
import { outcomesOf, type EventOutcome } from './event-outcome';

interface EventOutcomesProps {
  organizationId: string;
  webhook: Webhook;
}

const frame = 'rounded-xl border border-line bg-surface shadow-card';

/** Why did nothing fire: the organization's newest events, each with what became of it here. */
export function EventOutcomes({ organizationId, webhook }: EventOutcomesProps) {
  const canTell = useFeature('dry-run');
  const query = useQuery({
    ...newestEventsQuery(organizationId, webhook.id),
    staleTime: 0,
    refetchInterval: 3_000,
    enabled: canTell === true,
  });
  const [params, setParams] = useSearchParams();
  const wanted = params.get('outcome');
  const { data, error, isFetching, refetch } = query;
  const outcomes = useMemo(() => data && outcomesOf(data, webhook), [data, webhook]);
  if (canTell === false) {
    return <Notice tone="info">This API does not tell which deployment events there were.</Notice>;
  }
  if (!outcomes)
    return error ? <Failed error={error} retry={{ isFetching, refetch }} /> : <Loading />;
  if (outcomes.length === 0) return <NoEvents organizationId={organizationId} />;
  const shown = outcomes.filter(({ what }) => !isWanted(wanted) || what === wanted);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted">
        {tally(outcomes)} What was not sent is judged by the filters as they are now.
      </p>
      <select
        aria-label="Outcome"
        value={isWanted(wanted) ? wanted : ''}
        onChange={({ target }) =>
          setParams(
            (params) => {
              if (target.value === '') params.delete('outcome');
              else params.set('outcome', target.value);
              return params;
            },
            { replace: true },
          )
        }
        className="control self-start pr-8!"
      >
        <option value="">Any outcome</option>
        <option value="sent">Sent</option>
        <option value="kept out">Kept out</option>
        <option value="missed">Matched, but not sent</option>
      </select>
      {shown.length === 0 ? (
        <p className={`${frame} px-4 py-10 text-center text-muted`}>No event has this outcome.</p>
      ) : (
        <ul aria-label="Deployment events" className={`${frame} divide-y divide-line`}>
          {shown.map((outcome) => (
            <OutcomeItem key={outcome.event.id} outcome={outcome} />
          ))}
        </ul>
      )}
    </div>
  );
}

const isWanted = (text: string | null): text is EventOutcome['what'] =>
  text === 'sent' || text === 'kept out' || text === 'missed';

/** `Of the newest 200 events 14 were sent here; 120 were kept out by environment type, 66 by event.` */
function tally(outcomes: readonly EventOutcome[]): string {
  const all = outcomes.length;
  const of = (what: EventOutcome['what']) => outcomes.filter((each) => each.what === what).length;
  const rules = new Map<string, number>();
  for (const { rule } of outcomes) {
    if (rule) rules.set(ruleNames[rule], (rules.get(ruleNames[rule]) ?? 0) + 1);
  }
  const parts = [
    `${count(of('sent'))} ${of('sent') === 1 ? 'was' : 'were'} sent here`,
    rules.size > 0 &&
      `kept out by ${[...rules].map(([rule, n]) => `${rule}: ${count(n)}`).join(', ')}`,
    of('missed') > 0 &&
      `${count(of('missed'))} matched, but ${of('missed') === 1 ? 'was' : 'were'} not sent`,
  ].filter(Boolean);
  const which =
    all === 1
      ? 'the one deployment event'
      : `the ${all < newest ? '' : 'newest '}${count(all)} deployment events`;
  return `Of ${which} that came in, ${parts.join('; ')}.`;
}

const looks = {
  sent: { icon: Check, className: 'text-success' },
  'kept out': { icon: Minus, className: 'text-muted' },
  missed: { icon: TriangleAlert, className: 'text-warning' },
};

/** Drawn anew only if what is said of it has changed: there are hundreds. */
const OutcomeItem = memo(
  function OutcomeItem({ outcome: { event, what, words } }: { outcome: EventOutcome }) {
    const { icon: Icon, className } = looks[what];
    return (
      <li className="flex gap-3 px-4 py-2.5">
        <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${className}`} />
        <div className="min-w-0 flex-1 sm:flex sm:items-baseline sm:justify-between sm:gap-6">
          <div className="min-w-0 flex-1">
            <p>
              <span className="font-medium">{eventTitle(event.event_type)}</span>{' '}
              <span className="text-muted">
                <RelativeTime iso={event.accepted_at} />
              </span>
            </p>
            <p className="text-muted wrap-anywhere">
              {event.project.name} / {event.environment.name} (
              {environmentModeName(event.environment.mode)})
            </p>
          </div>
          <p
            className={`min-w-0 wrap-anywhere sm:max-w-[50%] sm:text-right ${what === 'missed' ? className : ''}`}
          >
            {event.delivery_id ? (
              <Link
                to={{ search: `?attempt=${event.delivery_id}` }}
                state={fromLog}
                className="font-medium text-accent-text hover:underline"
                aria-label={`Sent: see the delivery of ${eventTitle(event.event_type)}, ${event.project.name}`}
              >
                Sent: see the delivery
              </Link>
            ) : (
              words
            )}
          </p>
        </div>
      </li>
    );
  },
  (before, after) =>
    before.outcome.words === after.outcome.words &&
    before.outcome.event.delivery_id === after.outcome.event.delivery_id,
);

function NoEvents({ organizationId }: { organizationId: string }) {
  return (
    <div className={`${frame} px-4 py-5 sm:px-6`}>
      <h2 className="font-semibold">No deployment event has come in</h2>
      <p className="mt-1 mb-3 text-muted">
        Nothing fired because nothing was told to this server. Deployment events older than what it
        keeps are gone from here.
      </p>
      <EventCommand organizationId={organizationId} />
    </div>
  );
}

function Failed({
  error,
  retry: { isFetching, refetch },
}: {
  error: Error;
  retry: { isFetching: boolean; refetch: () => unknown };
}) {
  const { title, detail } = errorMessage(error, 'load the deployment events');
  return (
    <Notice tone="danger">
      <strong className="font-medium">{title}.</strong> {detail}
      <div className="mt-2">
        <Button busy={isFetching} onClick={() => void refetch()}>
          Try again
        </Button>
      </div>
    </Notice>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading" aria-busy="true" className="space-y-3">
      {['w-2/3', 'w-1/2', 'w-3/5', 'w-2/5'].map((width) => (
        <Skeleton key={width} className={`h-5 ${width}`} />
      ))}
    </div>
  );
}

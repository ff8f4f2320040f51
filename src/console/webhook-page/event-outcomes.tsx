import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

import { ruleNames } from '../webhooks/filter-wording';
import type { Webhook } from '../../contract/webhook';
import { useCapabilitiesFailure, useFeature } from '../capabilities-queries';
import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { Skeleton } from '../ui/skeleton';
import { EventCommand } from '../webhooks/event-command';
import { newest, newestEventsQuery } from '../webhooks/past-event-queries';
import { count } from '../numbers';
import {
  outcomes as allOutcomes,
  outcomesOf,
  type EventOutcome,
  type Outcome,
} from './event-outcome';
import { OutcomeItem } from './outcome-item';

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
  const unknown = useCapabilitiesFailure();
  const [params] = useSearchParams();
  const wanted = params.get('outcome');
  const { data, error, isFetching, refetch } = query;
  const outcomes = useMemo(() => data && outcomesOf(data, webhook), [data, webhook]);
  // The page says that it is not known.
  if (unknown) return null;
  if (canTell === false) {
    return (
      <Notice tone="info">
        This API does not tell which deployment events there were. See whether the webhook is
        enabled, and whether its events and filters, above, take the deployment in question.
      </Notice>
    );
  }
  if (!outcomes)
    return error ? <Failed error={error} retry={{ isFetching, refetch }} /> : <Loading />;
  if (outcomes.length === 0) return <NoEvents organizationId={organizationId} />;
  const shown = outcomes.filter(({ what }) => !isWanted(wanted) || what === wanted);
  return (
    <div className="flex flex-col gap-3">
      {error && <Failed error={error} retry={{ isFetching, refetch }} />}
      <p className="text-muted">
        {tally(outcomes)} What was not sent is judged by the filters as they are now.
      </p>
      <OutcomeSelect selected={wanted} outcomes={outcomes} />
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

interface OutcomeSelectProps {
  selected: string | null;
  outcomes: readonly EventOutcome[];
}

/** The filter, which the address keeps. Only old APIs say no more than `sent`. */
function OutcomeSelect({ selected, outcomes }: OutcomeSelectProps) {
  const [, setParams] = useSearchParams();
  return (
    <select
      aria-label="Outcome"
      value={isWanted(selected) ? selected : ''}
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
      {allOutcomes.map(
        (each) =>
          (each !== 'sent' || selected === each || outcomes.some(({ what }) => what === each)) && (
            <option key={each} value={each}>
              {outcomeNames[each]}
            </option>
          ),
      )}
    </select>
  );
}

const outcomeNames: Record<Outcome, string> = {
  delivered: 'Delivered',
  failed: 'Failed',
  cancelled: 'Not sent: the webhook was disabled',
  'on its way': 'On its way',
  sent: 'Sent',
  'kept out': 'Kept out',
  missed: 'Matched, but not sent',
};

const isWanted = (text: string | null): text is Outcome =>
  text !== null && Object.hasOwn(outcomeNames, text);

/** `Of the newest 200 deployment events that came in, 14 were delivered here; 1 failed; kept out by event: 185.` */
function tally(outcomes: readonly EventOutcome[]): string {
  const all = outcomes.length;
  const of = (what: Outcome) => outcomes.filter((each) => each.what === what).length;
  const said = (what: Outcome, one: string, many: string) =>
    of(what) > 0 && `${count(of(what))} ${of(what) === 1 ? one : many}`;
  const rules = new Map<string, number>();
  for (const { rule } of outcomes) {
    if (rule) rules.set(ruleNames[rule], (rules.get(ruleNames[rule]) ?? 0) + 1);
  }
  const parts = [
    of('kept out') + of('missed') === all && 'none was sent here',
    said('delivered', 'was delivered here', 'were delivered here'),
    said('failed', 'failed', 'failed'),
    said('cancelled', 'was not sent any more', 'were not sent any more'),
    said('on its way', 'is on its way', 'are on their way'),
    said('sent', 'was sent here', 'were sent here'),
    rules.size > 0 &&
      `kept out by ${[...rules].map(([rule, n]) => `${rule}: ${count(n)}`).join(', ')}`,
    said('missed', 'matched, but was not sent', 'matched, but were not sent'),
  ].filter(Boolean);
  const which =
    all === 1
      ? 'the one deployment event'
      : `the ${all < newest ? '' : 'newest '}${count(all)} deployment events`;
  return `Of ${which} that came in, ${parts.join('; ')}.`;
}

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

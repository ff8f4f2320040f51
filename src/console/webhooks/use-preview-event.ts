import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

import type { DeploymentEvent } from '../../contract/deployment-event';
import type { WebhookFilter } from '../../contract/filter';
import type { PastEvent } from '../../contract/past-event';
import { sampleDeploymentEvent } from '../../contract/sample-event';
import {
  deploymentEventTypes,
  type DeploymentEventType,
  type Webhook,
} from '../../contract/webhook';
import { useFeature } from '../capabilities-queries';
import { useInSlices } from '../in-slices';
import { organizationsQuery } from '../organization-queries';
import { firstMatching } from './filter-tally';
import { deploymentEventQuery, newestEventsQuery } from './past-event-queries';
import { sampleWithin } from './preview';
import { useFormFilter } from './use-form-filter';
import type { WebhookFormValues } from './webhook-form-values';

/** More would not be read through. */
const mostOffered = 20;
const none: PastEvent[] = [];

/** Others have no body that we could build. */
const isKnown = (type: string) => deploymentEventTypes.some((each) => each === type);

/** What the preview is about, and what else it could be about. */
export interface PreviewSubject {
  /** The event in full; null if there is none, or while it loads. */
  event: DeploymentEvent | null;
  /** What the API lists of it; null for sample data. */
  past: PastEvent | null;
  isLoading: boolean;
  /** Whether another event is on its way, and the one before is still shown. */
  isChanging: boolean;
  /** What the selector offers: events that happened and the form's filters let through. */
  pastEvents: PastEvent[];
  /** The types of event that the form has ticked and there are samples of. */
  samples: DeploymentEventType[];
  /** The id of the event, or the type of the sample, that is chosen. */
  chosen: string;
  choose: (idOrType: string) => void;
  /** Whether events did happen, of which none matches. */
  noneMatches: boolean;
  /** Whether the events, or the one in question, could not be loaded. */
  failed: boolean;
}

/**
 * The event in the preview: the one that was chosen, as long as the filters let it through; else the
 * latest real one that matches, else a sample.
 */
export function usePreviewEvent(
  organizationId: string,
  stored: Webhook | null,
  values: WebhookFormValues,
): PreviewSubject {
  const [chosen, choose] = useState<string | null>(null);
  const hasPast = useFeature('dry-run');
  const latest = useQuery({
    ...newestEventsQuery(organizationId, stored?.id ?? null),
    enabled: hasPast === true,
  });
  const events = latest.data;
  const formFilter = useFormFilter();
  // Whether it is switched on says nothing about what it would send.
  const filter = useMemo(() => ({ ...formFilter, enabled: true }), [formFilter]);
  const work = useMemo(() => {
    const known = events?.filter((each) => isKnown(each.event_type));
    return known ? firstMatching(filter, known, mostOffered) : null;
  }, [events, filter]);
  const matching = useInSlices(work);
  const pastEvents = matching ?? none;
  const samples = deploymentEventTypes.filter((each) => values.events.includes(each));
  const sample = samples.find((each) => each === chosen) ?? null;
  const past = sample
    ? null
    : (pastEvents.find(({ id }) => id === chosen) ?? pastEvents[0] ?? null);
  const full = useFullEvent(organizationId, past, events ?? []);
  const shownType =
    sample ?? samples.find((each) => each === past?.event_type) ?? samples[0] ?? null;
  const sampleEvent = useSample(organizationId, shownType, filter);
  const isUnknown = hasPast === undefined || (hasPast && !latest.isError && !matching);
  const isPast = past !== null && !full.failed;
  return {
    event: isPast ? full.event : sampleEvent,
    past: isPast ? full.past : null,
    isLoading: (isUnknown && !sample) || (isPast && full.event === null),
    isChanging: isPast && full.isChanging,
    pastEvents,
    samples,
    chosen: past?.id ?? sample ?? samples[0] ?? '',
    choose,
    noneMatches: (events?.length ?? 0) > 0 && matching?.length === 0,
    failed: latest.isError || full.failed,
  };
}

/**
 * An event in full, with what the API lists of it; while it loads, the one before and what is listed
 * of that: body and headers are always of one event.
 */
function useFullEvent(
  organizationId: string,
  past: PastEvent | null,
  listed: readonly PastEvent[],
): Pick<PreviewSubject, 'event' | 'past' | 'isChanging' | 'failed'> {
  const { data, isPlaceholderData, isError } = useQuery({
    ...deploymentEventQuery(organizationId, past?.id ?? ''),
    enabled: past !== null,
    placeholderData: keepPreviousData,
  });
  const shown = isPlaceholderData ? (listed.find(({ id }) => id === data?.id) ?? null) : past;
  return {
    event: (shown && data) ?? null,
    past: shown,
    isChanging: isPlaceholderData,
    failed: past !== null && isError,
  };
}

/** A sample that the filters let through, as if it happened when the form was opened. */
function useSample(
  organizationId: string,
  type: DeploymentEventType | null,
  filter: WebhookFilter,
): DeploymentEvent | null {
  const { data } = useQuery(organizationsQuery());
  const [created_at] = useState(() => new Date().toISOString());
  const organization = data?.results.find((each) => each.id === organizationId);
  const { project_name, mode } = sampleWithin(filter);
  // Made anew only if it would be another: its body is built of it.
  return useMemo(
    () =>
      type &&
      sampleDeploymentEvent(type, {
        organization: organization ?? { id: organizationId, name: '' },
        created_at,
        ...(project_name !== undefined && { project_name }),
        ...(mode !== undefined && { mode }),
      }),
    [type, organization, organizationId, created_at, project_name, mode],
  );
}

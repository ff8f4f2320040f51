import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';

import {
  deploymentEventTypes,
  type DeploymentEventType,
  type Webhook,
} from '../../contract/webhook';
import { eventTitle } from '../../contract/wording';
import { organizationsQuery } from '../organization-queries';
import { CopyButton } from '../ui/copy-button';
import { JsonText } from '../ui/json-text';
import { Tabs } from '../ui/tabs';
import { previewOf } from './preview';
import type { WebhookFormValues } from './webhook-form-values';

const tabs = ['Body', 'Headers'] as const;

interface WebhookPreviewProps {
  organizationId: string;
  stored: Webhook | null;
}

/** What will be sent for an event, made as one types by the functions that the server sends with. */
export function WebhookPreview({ organizationId, stored }: WebhookPreviewProps) {
  const id = useId();
  const { control } = useFormContext<WebhookFormValues>();
  const values = useDeferredValue(useWatch({ control }) as WebhookFormValues);
  const { data } = useQuery(organizationsQuery());
  const organization = data?.results.find((each) => each.id === organizationId);
  const [tab, setTab] = useState<(typeof tabs)[number]>('Body');
  const [chosen, setChosen] = useState<DeploymentEventType | null>(null);
  const eventType =
    chosen ??
    deploymentEventTypes.find((each) => values.events.includes(each)) ??
    'DEPLOYMENT_STARTED';
  const preview = useMemo(
    () => previewOf(values, stored, eventType, organization ?? { id: organizationId, name: '' }),
    [values, stored, eventType, organization, organizationId],
  );
  const text = tab === 'Body' ? preview.body : preview.headers;

  return (
    <section aria-labelledby={id} className="flex flex-col lg:min-h-0 lg:flex-1">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 id={id} className="font-semibold">
          Preview
        </h3>
        <select
          aria-label="Event in the preview"
          value={eventType}
          onChange={(event) => setChosen(event.target.value as DeploymentEventType)}
          className="control min-h-8! py-1!"
        >
          {deploymentEventTypes.map((each) => (
            <option key={each} value={each}>
              {eventTitle(each)}
            </option>
          ))}
        </select>
      </div>
      <p className="mt-1 text-[13px] leading-[18px] text-muted">
        {values.events.includes(eventType)
          ? 'What is sent for such an event, with sample data.'
          : 'Not sent: this event is not among those chosen. It would be:'}
      </p>
      <div className="mt-3 flex flex-col lg:min-h-0">
        <Tabs
          label="Preview"
          tabs={tabs}
          selected={tab}
          onSelect={setTab}
          aside={<CopyButton label={`Copy the ${tab.toLowerCase()}`} text={text.exact} />}
        >
          {tab === 'Body' ? <JsonText text={text.shown} /> : text.shown}
        </Tabs>
      </div>
      <p className="mt-2 text-xs text-muted">{preview.size}</p>
    </section>
  );
}

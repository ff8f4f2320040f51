import { useFormContext, useWatch } from 'react-hook-form';

import { deploymentEventTypes, environmentModes, type Webhook } from '../../contract/webhook';
import { environmentModeName, eventTitle } from '../../contract/wording';
import { ChoiceCard } from '../ui/choice-card';
import { FieldGroup } from '../ui/field';
import type { WebhookFormValues } from './webhook-form-values';
import { eventDetail } from './wording';

/*
 * The fields that say which deployment events reach a webhook. Values that a newer API may know stand
 * beside ours.
 */

export function EventsField({ stored }: { stored: Webhook | null }) {
  const { register, formState, control, setValue } = useFormContext<WebhookFormValues>();
  const chosen = useWatch({ control, name: 'events' });
  const all = deploymentEventTypes.every((eventType) => chosen.includes(eventType));
  const options = [...new Set([...deploymentEventTypes, ...(stored?.events ?? [])])];
  const unknown = chosen.filter((each) => !deploymentEventTypes.some((known) => known === each));
  return (
    <FieldGroup
      label="Events"
      error={formState.errors.events?.message}
      aside={
        <label className="flex cursor-pointer items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={all}
            ref={(input) => {
              if (input) input.indeterminate = !all && chosen.length > 0;
            }}
            onChange={() =>
              setValue('events', all ? unknown : [...deploymentEventTypes, ...unknown], {
                shouldDirty: true,
                shouldTouch: true,
                shouldValidate: true,
              })
            }
            className="size-4 accent-accent"
          />
          All
        </label>
      }
    >
      <div className="grid gap-2 sm:grid-cols-2">
        {options.map((eventType) => (
          <ChoiceCard
            key={eventType}
            type="checkbox"
            value={eventType}
            {...register('events')}
            title={eventTitle(eventType)}
            detail={eventDetail(eventType)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

export function ModesField({ stored }: { stored: Webhook | null }) {
  const { register, formState, control } = useFormContext<WebhookFormValues>();
  const chosen = useWatch({ control, name: 'environment_types_filter' });
  const options = [...new Set([...environmentModes, ...(stored?.environment_types_filter ?? [])])];
  return (
    <FieldGroup
      label="Environment type filter"
      error={formState.errors.environment_types_filter?.message}
      hint={
        chosen.length === 0
          ? 'None chosen: events of every environment are sent.'
          : `Only events of ${chosen.map(environmentModeName).join(', ')} environments are sent.`
      }
    >
      <div className="flex flex-wrap gap-2">
        {options.map((mode) => (
          <label
            key={mode}
            className="relative inline-flex min-h-8 cursor-pointer items-center rounded-full border border-line-strong px-3 transition-colors select-none hover:bg-hover has-checked:border-accent-text has-checked:bg-accent-soft has-checked:text-accent-text has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text"
          >
            <input
              type="checkbox"
              value={mode}
              {...register('environment_types_filter')}
              className="absolute inset-0 cursor-pointer rounded-full opacity-0"
            />
            {environmentModeName(mode)}
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}

import { Braces, Hash } from 'lucide-react';
import { Controller, useFormContext, useWatch } from 'react-hook-form';

import { targetUrlProblem } from '../../contract/target-url';
import {
  deploymentEventTypes,
  environmentModes,
  mergePatterns,
  webhookKinds,
  webhookLimits,
  type Webhook,
} from '../../contract/webhook';
import { environmentModeName, eventTitle } from '../../contract/wording';
import { ChoiceCard } from '../ui/choice-card';
import { Field, FieldGroup } from '../ui/field';
import { Switch } from '../ui/switch';
import { TagsField } from '../ui/tags-field';
import { SecretField } from './secret-field';
import { needsSecret, type WebhookFormValues } from './webhook-form-values';
import { eventDetail, kindDetail, kindName } from './wording';

/** All fields of the form, in the order in which one fills them in. */
export function WebhookFields({ stored }: { stored: Webhook | null }) {
  return (
    <>
      <UrlField isNew={stored === null} />
      <KindField />
      <DescriptionField />
      <WebhookSecretField stored={stored} />
      <EventsField />
      <ModesField />
      <ProjectNamesField />
      <EnabledField />
    </>
  );
}

function useFields() {
  return useFormContext<WebhookFormValues>();
}

function UrlField({ isNew }: { isNew: boolean }) {
  const { register, formState, setValue, getFieldState, control } = useFields();
  const url = useWatch({ control, name: 'target_url' }).trim();
  const plainHttp = /^http:/i.test(url) && targetUrlProblem(url) === null;

  function suggestKind(typed: string) {
    const isSlack = /^https:\/\/hooks\.slack(-gov)?\.com\//i.test(typed.trim());
    if (isNew && isSlack && !getFieldState('kind').isDirty) setValue('kind', 'SLACK');
  }

  return (
    <Field
      label="URL"
      required
      hint="The application that is to be notified gives you this address."
      error={formState.errors.target_url?.message}
      warning={
        plainHttp
          ? 'Plain http: anyone on the way can read what is sent, the secret included.'
          : undefined
      }
    >
      {(control) => (
        <input
          {...control}
          {...register('target_url', {
            onChange: (event: { target: { value: string } }) => suggestKind(event.target.value),
            onBlur: (event: { target: { value: string } }) =>
              setValue('target_url', event.target.value.trim(), { shouldDirty: true }),
          })}
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          data-autofocus={isNew || undefined}
          placeholder="https://example.org/hook"
          className="control w-full"
        />
      )}
    </Field>
  );
}

function KindField() {
  const { register, formState, control } = useFields();
  const kind = useWatch({ control, name: 'kind' });
  const kinds = webhookKinds.some((known) => known === kind)
    ? webhookKinds
    : [...webhookKinds, kind];
  return (
    <FieldGroup label="Kind" error={formState.errors.kind?.message}>
      <div className="grid gap-2 sm:grid-cols-2">
        {kinds.map((value) => (
          <ChoiceCard
            key={value}
            type="radio"
            value={value}
            {...register('kind')}
            title={
              <>
                {value === 'SLACK' ? (
                  <Hash aria-hidden className="size-3.5" />
                ) : (
                  <Braces aria-hidden className="size-3.5" />
                )}
                {kindName(value)}
              </>
            }
            detail={kindDetail(value)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

function DescriptionField() {
  const { register, formState } = useFields();
  return (
    <Field label="Description" error={formState.errors.description?.message}>
      {(control) => (
        <textarea
          {...control}
          {...register('description')}
          rows={2}
          placeholder="What it is for, such as “deployments in #releases”"
          className="control field-sizing-content max-h-40 w-full resize-none"
        />
      )}
    </Field>
  );
}

function WebhookSecretField({ stored }: { stored: Webhook | null }) {
  const { control } = useFields();
  const [target_url] = useWatch({ control, name: ['target_url'] });
  return (
    <Controller
      control={control}
      name="target_secret"
      render={({ field, fieldState }) => (
        <SecretField
          value={field.value}
          onChange={field.onChange}
          onBlur={field.onBlur}
          inputRef={field.ref}
          error={fieldState.error?.message}
          stored={stored?.target_secret_set ?? false}
          needed={needsSecret(target_url, stored)}
        />
      )}
    />
  );
}

function EventsField() {
  const { register, formState, control, setValue } = useFields();
  const chosen = useWatch({ control, name: 'events' });
  const all = deploymentEventTypes.every((eventType) => chosen.includes(eventType));
  const options = [
    ...new Set([...deploymentEventTypes, ...(formState.defaultValues?.events ?? [])]),
  ];
  return (
    <FieldGroup
      label="Events"
      error={formState.errors.events?.message}
      aside={
        <label className="flex cursor-pointer items-center gap-2 text-[13px]">
          <input
            type="checkbox"
            checked={all}
            ref={(input) => {
              if (input) input.indeterminate = !all && chosen.length > 0;
            }}
            onChange={() =>
              setValue('events', all ? [] : [...deploymentEventTypes], {
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
            value={eventType ?? ''}
            {...register('events')}
            title={eventTitle(eventType ?? '')}
            detail={eventDetail(eventType ?? '')}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

function ModesField() {
  const { register, formState, control } = useFields();
  const chosen = useWatch({ control, name: 'environment_types_filter' });
  const options = [
    ...new Set([...environmentModes, ...(formState.defaultValues?.environment_types_filter ?? [])]),
  ];
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
            {environmentModeName(mode ?? '')}
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}

function ProjectNamesField() {
  const { control } = useFields();
  return (
    <Controller
      control={control}
      name="project_names_filter"
      render={({ field, fieldState }) => (
        <Field
          label="Project name filter"
          error={fieldState.error?.message}
          hint={
            <>
              {field.value.length === 0 && 'Empty: events of every project are sent. '}
              Case does not matter, and * stands for any characters: product* is every project whose
              name starts with product. Up to {webhookLimits.patterns} names.
            </>
          }
        >
          {(described) => (
            <TagsField
              {...described}
              value={field.value}
              placeholder="product*, analytics"
              inputRef={field.ref}
              onBlur={field.onBlur}
              onCommit={(typed) => field.onChange(mergePatterns([...field.value, ...typed]))}
              onRemove={(index) => field.onChange(field.value.toSpliced(index, 1))}
            />
          )}
        </Field>
      )}
    />
  );
}

function EnabledField() {
  const { control } = useFields();
  return (
    <Controller
      control={control}
      name="enabled"
      render={({ field }) => (
        <div className="flex items-center justify-between gap-4 rounded-lg border border-line bg-sunken px-3 py-2.5">
          <div>
            <p className="font-medium">Enabled</p>
            <p className="text-[13px] leading-[18px] text-muted">
              While it is off, events are dropped, not kept for later.
            </p>
          </div>
          <Switch checked={field.value} label="Enabled" onChange={field.onChange} />
        </div>
      )}
    />
  );
}

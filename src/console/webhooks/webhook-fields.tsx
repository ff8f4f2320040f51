import { Controller, useFormContext, useWatch } from 'react-hook-form';

import { mayHaveSecret, webhookKinds, type Webhook } from '../../contract/webhook';
import { keepsSecret, keepsSecretOf, useFeature } from '../capabilities-queries';
import { Button } from '../ui/button';
import { ChoiceCard } from '../ui/choice-card';
import { Field, FieldGroup } from '../ui/field';
import { Switch } from '../ui/switch';
import { DisabledByUs } from './disabled-by-us';
import { FieldWithTheirs } from './field-conflict';
import { FilterOutcome } from './filter-outcome';
import { KindIcon } from './kind-label';
import { OverlapNotice } from './overlap-notice';
import { ProjectNamesField } from './project-names-field';
import { SecretField } from './secret-field';
import { UrlField } from './url-field';
import type { KindChoice } from './use-webhook-form';
import { secretNeed, type WebhookFormValues } from './webhook-form-values';
import { EventsField, ModesField } from './webhook-filter-fields';
import { kindDetail, kindName } from './wording';

interface WebhookFieldsProps {
  organizationId: string;
  stored: Webhook | null;
  /** Whether the kind was chosen by hand, for a new webhook; null for one whose kind is as it is. */
  kindChoice: KindChoice | null;
}

/** All fields of the form, in the order in which one fills them in. */
export function WebhookFields({ organizationId, stored, kindChoice }: WebhookFieldsProps) {
  const { setValue, getValues, control } = useFields();
  const before = useWatch({ control, name: 'target_url' });

  /** Until the kind was chosen by hand, now or in what was typed at an earlier visit. */
  function suggestKind(url: string) {
    if (!kindChoice || kindChoice.get() || getValues('kind') !== kindFor(before)) return;
    setValue('kind', kindFor(url), { shouldDirty: true });
  }

  return (
    <>
      <FieldWithTheirs field="target_url">
        <UrlField stored={stored} onType={suggestKind} />
      </FieldWithTheirs>
      <OverlapNotice organizationId={organizationId} webhookId={stored?.id ?? null} />
      <FieldWithTheirs field="kind">
        <KindField onChoose={() => kindChoice?.set(true)} />
      </FieldWithTheirs>
      <FieldWithTheirs field="description">
        <DescriptionField />
      </FieldWithTheirs>
      <FieldWithTheirs field="target_secret">
        <WebhookSecretField stored={stored} />
      </FieldWithTheirs>
      <FieldWithTheirs field="events">
        <EventsField stored={stored} />
      </FieldWithTheirs>
      <FieldWithTheirs field="environment_types_filter">
        <ModesField stored={stored} />
      </FieldWithTheirs>
      <FieldWithTheirs field="project_names_filter">
        <ProjectNamesField organizationId={organizationId} />
      </FieldWithTheirs>
      <FilterOutcome organizationId={organizationId} />
      <EnabledField stored={stored} />
    </>
  );
}

function useFields() {
  return useFormContext<WebhookFormValues>();
}

function isSlackUrl(url: string): boolean {
  return /^https:\/\/hooks\.slack(-gov)?\.com\//i.test(url.trim());
}

function kindFor(url: string): string {
  return isSlackUrl(url) ? 'SLACK' : 'STANDARD';
}

function KindField({ onChoose }: { onChoose: () => void }) {
  const { register, formState, control, setValue } = useFields();
  const [kind, url] = useWatch({ control, name: ['kind', 'target_url'] });
  return (
    <FieldGroup label="Kind" error={formState.errors.kind?.message}>
      <div className="grid gap-2 sm:grid-cols-2">
        {[...new Set([...webhookKinds, kind])].map((value) => (
          <ChoiceCard
            key={value}
            type="radio"
            value={value}
            {...register('kind', { onChange: onChoose })}
            title={
              <>
                <KindIcon kind={value} />
                {kindName(value)}
              </>
            }
            detail={kindDetail(value)}
          />
        ))}
      </div>
      <div role="status">
        {isSlackUrl(url) && kind !== 'SLACK' && (
          <div className="mt-2 flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-sm">
            <span className="text-muted">This is a Slack URL: only messages are shown there.</span>
            <Button
              onClick={(event) => {
                onChoose();
                setValue('kind', 'SLACK', { shouldDirty: true, shouldTouch: true });
                const group = event.currentTarget.closest('[role="group"]');
                group?.querySelector<HTMLInputElement>('[value="SLACK"]')?.focus();
              }}
            >
              Use kind Slack
            </Button>
          </div>
        )}
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
          className="control block field-sizing-content max-h-40 w-full resize-none"
        />
      )}
    </Field>
  );
}

function WebhookSecretField({ stored }: { stored: Webhook | null }) {
  const { control } = useFields();
  const target_url = useWatch({ control, name: 'target_url' });
  const keeps = keepsSecretOf(stored, useFeature(keepsSecret) === true);
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
          stored={stored !== null && mayHaveSecret(stored)}
          needed={secretNeed(target_url, stored, keeps)}
        />
      )}
    />
  );
}

function EnabledField({ stored }: { stored: Webhook | null }) {
  const { control } = useFields();
  return (
    <Controller
      control={control}
      name="enabled"
      render={({ field }) => (
        <div className="flex items-center justify-between gap-4 rounded-lg border border-line bg-sunken px-3 py-2.5">
          <div>
            <p className="font-medium">Enabled</p>
            <p className="text-sm text-muted">
              While it is off, events are dropped, not kept for later.
            </p>
            {stored && !field.value && <DisabledByUs webhook={stored} />}
          </div>
          <Switch
            checked={field.value}
            label="Enabled"
            onClick={() => field.onChange(!field.value)}
          />
        </div>
      )}
    />
  );
}

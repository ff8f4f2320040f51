import { useRef } from 'react';
import { Controller, useFormContext, useWatch } from 'react-hook-form';

import { targetUrlProblem } from '../../contract/target-url';
import { webhookKinds, type Webhook } from '../../contract/webhook';
import { ChoiceCard } from '../ui/choice-card';
import { Field, FieldGroup } from '../ui/field';
import { Switch } from '../ui/switch';
import { KindIcon } from './kind-label';
import { SecretField } from './secret-field';
import { needsSecret, type WebhookFormValues } from './webhook-form-values';
import { EventsField, ModesField, ProjectNamesField } from './webhook-filter-fields';
import { kindDetail, kindName } from './wording';

/** All fields of the form, in the order in which one fills them in. */
export function WebhookFields({ stored }: { stored: Webhook | null }) {
  const { setValue } = useFields();
  const kindChosen = useRef(false);

  /** For a new webhook, until the kind was chosen by hand. */
  function suggestKind(url: string) {
    if (stored || kindChosen.current) return;
    const isSlack = /^https:\/\/hooks\.slack(-gov)?\.com\//i.test(url.trim());
    setValue('kind', isSlack ? 'SLACK' : 'STANDARD', { shouldDirty: true });
  }

  return (
    <>
      <UrlField isNew={stored === null} onType={suggestKind} />
      <KindField onChoose={() => (kindChosen.current = true)} />
      <DescriptionField />
      <WebhookSecretField stored={stored} />
      <EventsField stored={stored} />
      <ModesField stored={stored} />
      <ProjectNamesField />
      <EnabledField />
    </>
  );
}

function useFields() {
  return useFormContext<WebhookFormValues>();
}

interface UrlFieldProps {
  isNew: boolean;
  onType: (url: string) => void;
}

function UrlField({ isNew, onType }: UrlFieldProps) {
  const { register, formState, setValue, control } = useFields();
  const url = useWatch({ control, name: 'target_url' }).trim();
  const plainHttp =
    targetUrlProblem(url) === null && /^http:\/\/(?!localhost\b|127\.|\[::1\])/i.test(url);

  return (
    <Field
      label="URL"
      required
      hint="The application that is to be notified gives you this address."
      error={formState.errors.target_url?.message}
      warning={plainHttp ? 'Plain http: anyone on the way can read what is sent.' : undefined}
    >
      {(control) => (
        <input
          {...control}
          {...register('target_url', {
            onChange: (event: { target: { value: string } }) => onType(event.target.value),
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

function KindField({ onChoose }: { onChoose: () => void }) {
  const { register, formState, control } = useFields();
  const kind = useWatch({ control, name: 'kind' });
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

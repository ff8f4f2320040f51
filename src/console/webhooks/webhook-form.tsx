import { useState } from 'react';
import { FormProvider } from 'react-hook-form';

import type { Webhook, WebhookRequest } from '../../contract/webhook';
import { ApiError } from '../api-client';
import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { Dialog } from '../ui/dialog';
import { Notice } from '../ui/notice';
import { ConflictNotice, DraftNotice, type Conflict } from './form-notices';
import { useWebhookForm } from './use-webhook-form';
import { WebhookFields } from './webhook-fields';
import { errorAtField, toRequest, type WebhookFormValues } from './webhook-form-values';
import { WebhookPreview } from './webhook-preview';

interface WebhookFormProps {
  title: string;
  /** The words of the button that saves. */
  submit: string;
  organizationId: string;
  /** The webhook that is edited, as it was when the form opened; null for a new one. */
  stored: Webhook | null;
  onClose: () => void;
  /** Saves; `despite` says over what somebody else has done meanwhile. */
  save: (request: WebhookRequest, despite: Conflict | null) => Promise<unknown>;
}

/**
 * The one form for a webhook: fields left, what will be sent right. A failed save keeps the dialog
 * and all that was typed; closing it with changes asks first, and while it saves it stays.
 */
export function WebhookForm({
  title,
  organizationId,
  stored,
  onClose,
  ...props
}: WebhookFormProps) {
  const webhookForm = useWebhookForm(organizationId, stored);
  const { form, draft, forget, startOver } = webhookForm;
  const { isDirty, isSubmitting, errors, submitCount } = form.formState;
  const [leaving, setLeaving] = useState(false);
  const [conflict, setConflict] = useState<Conflict | null>(null);

  async function save(values: WebhookFormValues, despite: Conflict | null) {
    try {
      await props.save(toRequest(values, stored), despite);
      forget();
      onClose();
    } catch (error) {
      const met = stored ? conflictOf(error) : null;
      setConflict(met);
      if (!met) showError(form, error, values);
    }
  }

  const submit = (despite: Conflict | null) =>
    void form.handleSubmit((values) => save(values, despite))();

  function discard() {
    forget();
    onClose();
  }

  function close() {
    if (isSubmitting) return;
    if (isDirty) setLeaving(true);
    else discard();
  }

  return (
    <Dialog title={title} size="large" onClose={close}>
      <FormProvider {...form}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit(null);
          }}
          className="flex min-h-0 flex-1 flex-col"
        >
          <div className="grid min-h-0 flex-1 grid-cols-1 overflow-y-auto lg:grid-cols-[minmax(0,1fr)_minmax(0,440px)] lg:overflow-hidden">
            <div className="space-y-6 p-5 lg:overflow-y-auto">
              {draft && isDirty && submitCount === 0 && (
                <DraftNotice draft={draft} onStartOver={startOver} />
              )}
              {errors.root && <Notice tone="danger">{errors.root.message}</Notice>}
              {conflict && (
                <ConflictNotice
                  conflict={conflict}
                  busy={isSubmitting}
                  onResolve={() => submit(conflict)}
                />
              )}
              <WebhookFields
                organizationId={organizationId}
                stored={stored}
                isDraft={draft !== null}
              />
            </div>
            <div className="flex flex-col border-line bg-sunken p-5 max-lg:border-t lg:min-h-0 lg:border-l">
              <WebhookPreview organizationId={organizationId} stored={stored} />
            </div>
          </div>
          <FormFooter form={form} submit={props.submit} onCancel={close} />
        </form>
      </FormProvider>
      {leaving && (
        <ConfirmDialog
          title="Discard what you changed?"
          confirm="Discard"
          cancel="Go on editing"
          onConfirm={discard}
          onCancel={() => setLeaving(false)}
        >
          <p>What you changed in this form is not saved.</p>
        </ConfirmDialog>
      )}
    </Dialog>
  );
}

type Form = ReturnType<typeof useWebhookForm>['form'];

interface FormFooterProps {
  form: Form;
  submit: string;
  onCancel: () => void;
}

function FormFooter({ form, submit, onCancel }: FormFooterProps) {
  const { errors, submitCount, isSubmitting } = form.formState;
  const bad = Object.keys(errors).filter((name) => name !== 'root').length;
  return (
    <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
      <p role="alert" className="mr-auto text-danger">
        {submitCount > 0 &&
          bad > 0 &&
          (bad === 1 ? 'One field needs a look.' : `${bad} fields need a look.`)}
      </p>
      <Button disabled={isSubmitting} onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" look="primary" busy={isSubmitting}>
        {submit}
      </Button>
    </footer>
  );
}

/** What somebody else did meanwhile, if that is why a save failed. */
function conflictOf(error: unknown): Conflict | null {
  if (!(error instanceof ApiError)) return null;
  if (error.status === 412) return 'changed';
  return error.status === 404 ? 'deleted' : null;
}

/** Puts the API's messages to their fields, the first with the focus; what has no field on top. */
function showError(form: Form, error: unknown, values: WebhookFormValues): void {
  const fieldErrors = error instanceof ApiError ? error.fieldErrors : [];
  const placed = fieldErrors.map((each) => errorAtField(each, values)).filter((at) => at !== null);
  for (const [index, { field, message }] of placed.entries()) {
    form.setError(field, { type: 'api', message }, { shouldFocus: index === 0 });
  }
  if (placed.length < Math.max(1, fieldErrors.length)) {
    form.setError('root', { message: errorMessage(error, 'save the webhook').detail });
  }
}

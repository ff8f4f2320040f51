import { useEffect, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';

import type { Webhook, WebhookRequest } from '../../contract/webhook';
import { ApiError } from '../api-client';
import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { Dialog } from '../ui/dialog';
import { Notice } from '../ui/notice';
import { draftKey, dropDraft, loadDraft, saveDraft } from './form-draft';
import { WebhookFields } from './webhook-fields';
import {
  errorAtField,
  initialValues,
  toRequest,
  webhookResolver,
  type WebhookFormValues,
} from './webhook-form-values';
import { WebhookPreview } from './webhook-preview';

interface WebhookFormProps {
  title: string;
  /** The words of the button that saves. */
  submit: string;
  organizationId: string;
  /** The webhook that is edited, as it was when the form opened; null for a new one. */
  stored: Webhook | null;
  onClose: () => void;
  /** Saves; `overwrite` goes over what somebody else has saved meanwhile. */
  save: (request: WebhookRequest, options: { overwrite: boolean }) => Promise<unknown>;
}

/**
 * The one form for a webhook: fields left, what will be sent right. A failed save keeps the dialog
 * and all that was typed; closing it with changes asks first.
 */
export function WebhookForm(props: WebhookFormProps) {
  const { title, submit, organizationId, stored, onClose, save } = props;
  const key = draftKey(organizationId, stored);
  const [draft] = useState(() => loadDraft(key, initialValues(stored)));
  const [restored, setRestored] = useState(draft !== null);
  const form = useForm<WebhookFormValues>({
    defaultValues: initialValues(stored),
    resolver: webhookResolver(stored),
    mode: 'onTouched',
  });
  const { isDirty, isSubmitting, errors, submitCount } = form.formState;
  const [leaving, setLeaving] = useState(false);
  const [conflict, setConflict] = useState(false);

  useEffect(() => {
    if (draft) form.reset(draft, { keepDefaultValues: true });
    return form.subscribe({
      formState: { values: true },
      callback: ({ values, name }) => {
        if (name !== undefined) saveDraft(key, values);
      },
    });
  }, [form, key, draft]);

  async function submitValues(values: WebhookFormValues, overwrite: boolean) {
    setConflict(false);
    try {
      await save(toRequest(values, stored), { overwrite });
      dropDraft(key);
      onClose();
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) return setConflict(true);
      showError(error, values);
    }
  }

  function showError(error: unknown, values: WebhookFormValues) {
    const fieldErrors = error instanceof ApiError ? error.fieldErrors : [];
    const placed = fieldErrors
      .map((each) => errorAtField(each, values))
      .filter((at) => at !== null);
    for (const [index, { field, message }] of placed.entries()) {
      form.setError(field, { type: 'api', message }, { shouldFocus: index === 0 });
    }
    if (placed.length < Math.max(1, fieldErrors.length)) {
      form.setError('root', { message: errorMessage(error, 'save the webhook').detail });
    }
  }

  const submitForm = (overwrite: boolean) =>
    form.handleSubmit((values) => submitValues(values, overwrite))();
  const close = () => (isDirty ? setLeaving(true) : discard());

  function discard() {
    dropDraft(key);
    onClose();
  }

  const bad = Object.keys(errors).filter((name) => name !== 'root').length;

  return (
    <Dialog title={title} size="large" onClose={close}>
      <FormProvider {...form}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submitForm(false);
          }}
          className="flex min-h-0 flex-1 flex-col"
        >
          <div className="grid min-h-0 flex-1 grid-cols-1 overflow-y-auto lg:grid-cols-[minmax(0,1fr)_minmax(0,440px)] lg:overflow-hidden">
            <div className="space-y-6 p-5 lg:overflow-y-auto">
              {restored && isDirty && (
                <Notice tone="info">
                  <p>
                    What you had typed before is back{'. '}A secret is not kept: enter it again.
                  </p>
                  <Button
                    className="mt-2"
                    onClick={() => {
                      dropDraft(key);
                      setRestored(false);
                      form.reset(initialValues(stored));
                    }}
                  >
                    Start over
                  </Button>
                </Notice>
              )}
              {errors.root && <Notice tone="danger">{errors.root.message}</Notice>}
              {conflict && (
                <Notice tone="danger">
                  <p>
                    Somebody else has changed this webhook while you were editing. Your changes are
                    still here and not saved.
                  </p>
                  <Button className="mt-2" onClick={() => void submitForm(true)}>
                    Save mine over theirs
                  </Button>
                </Notice>
              )}
              <WebhookFields stored={stored} />
            </div>
            <div className="flex flex-col border-line bg-sunken p-5 max-lg:border-t lg:min-h-0 lg:border-l">
              <WebhookPreview organizationId={organizationId} stored={stored} />
            </div>
          </div>
          <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
            <p role="alert" className="mr-auto text-danger">
              {submitCount > 0 &&
                bad > 0 &&
                (bad === 1 ? 'One field needs a look.' : `${bad} fields need a look.`)}
            </p>
            <Button onClick={close}>Cancel</Button>
            <Button type="submit" look="primary" busy={isSubmitting}>
              {submit}
            </Button>
          </footer>
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

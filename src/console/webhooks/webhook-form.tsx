import { useEffect, useState, type ReactNode } from 'react';
import { FormProvider } from 'react-hook-form';

import type { Webhook } from '../../contract/webhook';
import { ApiError } from '../api-client';
import { errorMessage } from '../error-message';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { Dialog } from '../ui/dialog';
import type { Toast } from '../ui/toast-store';
import { ConflictDialog } from './conflict-dialog';
import { DisagreementContext } from './field-conflict';
import { FormFooter } from './form-footer';
import { FormNotices } from './form-notices';
import { editedFields } from './merge-edits';
import { isAsSeen } from './is-as-seen';
import { EditConflict } from './save-edits';
import { useOfferWhenLeft } from './use-go-on';
import { useWebhookForm, type FormSubject } from './use-webhook-form';
import { WebhookFields } from './webhook-fields';
import { errorAtField, type WebhookFormValues } from './webhook-form-values';
import { WebhookPreview } from './webhook-preview';

interface WebhookFormProps {
  title: string;
  /** The words of the button that saves. */
  submit: string;
  subject: FormSubject;
  /** The edited webhook as the list shows it now; null if it is gone from there, or new. */
  row: Webhook | null;
  /** The way back to this form, once it has been left. */
  goOn: NonNullable<Toast['action']>;
  onClose: () => void;
  /** Saves over the webhook as the form knows it; over null, as a new one. */
  save: (values: WebhookFormValues, stored: Webhook | null) => Promise<unknown>;
}

/**
 * The one form for a webhook: fields left, what will be sent right. A failed save keeps the dialog
 * and all that was typed; closing it with changes asks first, and while it saves it stays.
 */
export function WebhookForm({ title, subject, row, goOn, onClose, ...props }: WebhookFormProps) {
  const webhookForm = useWebhookForm(subject);
  const { form, stored, forget, lose, keeps } = webhookForm;
  const { isDirty, isSubmitting } = form.formState;
  const [leaving, setLeaving] = useState(false);
  function discard() {
    forget();
    onClose();
  }

  const { submit, conflictDialog } = useSaving(webhookForm, props.save, {
    onClose,
    onDiscard: () => setLeaving(true),
  });
  const isLost = subject.webhookId !== null && stored === null;
  useOfferWhenLeft(goOn, () => isDirty && !isSubmitting && webhookForm.isKept());

  const wasDeleted = stored !== null && row === null;
  useEffect(() => {
    if (wasDeleted) lose();
  });

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
            // Nothing is written for nothing where each write costs the secret.
            if (stored && !isDirty && !keeps) discard();
            else submit();
          }}
          className="flex min-h-0 flex-1 flex-col"
        >
          <FieldsAndPreview
            webhookForm={webhookForm}
            organizationId={subject.organizationId}
            notices={
              <FormNotices
                webhookForm={webhookForm}
                isLost={isLost}
                newer={!isSubmitting && !conflictDialog && isNewer(row, stored) ? row : null}
              />
            }
          />
          <FormFooter
            submit={isLost ? 'Create it anew' : props.submit}
            cancel={isLost ? 'Discard' : 'Cancel'}
            onCancel={isLost ? discard : close}
          />
        </form>
      </FormProvider>
      {conflictDialog}
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

type UsedForm = ReturnType<typeof useWebhookForm>;

/** Saves what stands in the form and closes it; asks where somebody else changed the same. */
function useSaving(
  webhookForm: UsedForm,
  save: WebhookFormProps['save'],
  { onClose, onDiscard }: { onClose: () => void; onDiscard: () => void },
) {
  const { form, keeps, laidOver, forgetSaved, lose, adopt } = webhookForm;
  const [conflict, setConflict] = useState<EditConflict | null>(null);

  async function saveValues(values: WebhookFormValues) {
    const over = laidOver();
    try {
      await save(values, over);
      forgetSaved();
      onClose();
    } catch (error) {
      if (error instanceof EditConflict) setConflict(error);
      else if (over && error instanceof ApiError && error.status === 404) lose();
      else showError(form, error, values);
    }
  }

  function submit() {
    void form.handleSubmit(saveValues)();
  }

  const conflictDialog = conflict && (
    <ConflictDialog
      conflict={conflict}
      keepsSecret={keeps}
      onDiscard={onDiscard}
      onGoOn={(values) => {
        setConflict(null);
        adopt(conflict.theirs, conflict.merge, values);
      }}
      onSave={(values) => {
        setConflict(null);
        adopt(conflict.theirs, conflict.merge, values);
        submit();
      }}
    />
  );
  return { submit, conflictDialog };
}

interface FieldsAndPreviewProps {
  webhookForm: UsedForm;
  organizationId: string;
  /** Stands above the fields. */
  notices: ReactNode;
}

/** Side by side where there is room for both, each of which then scrolls by itself. */
function FieldsAndPreview({ webhookForm, organizationId, notices }: FieldsAndPreviewProps) {
  const { stored, kindChoice, disagreement } = webhookForm;
  return (
    <div className="relative grid min-h-0 flex-1 grid-cols-1 overflow-y-auto lg:grid-cols-[minmax(0,1fr)_minmax(0,27.5rem)] lg:overflow-clip max-lg:clear-of-toasts">
      <div className="relative space-y-6 p-5 lg:overflow-y-auto lg:clear-of-toasts">
        {notices}
        <DisagreementContext value={disagreement}>
          <WebhookFields organizationId={organizationId} stored={stored} kindChoice={kindChoice} />
        </DisagreementContext>
      </div>
      <div className="flex flex-col border-line bg-sunken p-5 max-lg:border-t lg:min-h-0 lg:border-l">
        <WebhookPreview organizationId={organizationId} stored={stored} />
      </div>
    </div>
  );
}

/** Whether the list has seen a save that the form does not know of. */
function isNewer(row: Webhook | null, stored: Webhook | null): boolean {
  if (!row || !stored) return false;
  if (row.version === null || stored.version === null) return !isAsSeen(row, stored);
  return row.version > stored.version;
}

/** Puts the API's messages to their fields, the first with the focus; what has no field on top. */
function showError(form: UsedForm['form'], error: unknown, values: WebhookFormValues): void {
  const fieldErrors = error instanceof ApiError ? error.fieldErrors : [];
  const placed = fieldErrors.map((each) => errorAtField(each, values)).filter((at) => at !== null);
  const bad = editedFields.filter((field) => placed.some((at) => at.field === field));
  for (const field of bad) {
    const messages = placed.filter((at) => at.field === field).map((at) => at.message);
    const message = messages.join(' ');
    form.setError(field, { type: 'api', message }, { shouldFocus: field === bad[0] });
  }
  if (placed.length < Math.max(1, fieldErrors.length)) {
    form.setError('root', { message: errorMessage(error, 'save the webhook').detail });
  }
}

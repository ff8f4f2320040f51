import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';

import type { Webhook } from '../../contract/webhook';
import { draftKey, dropDraft, loadDraft, saveDraft } from './form-draft';
import { initialValues, webhookResolver, type WebhookFormValues } from './webhook-form-values';

/** The form of a webhook (null: a new one), with what was typed before and not saved. */
export function useWebhookForm(organizationId: string, stored: Webhook | null) {
  const key = draftKey(organizationId, stored);
  const [draft, setDraft] = useState(() => loadDraft(key, stored, initialValues(stored)));
  const form = useForm<WebhookFormValues>({
    defaultValues: initialValues(stored),
    resolver: webhookResolver(stored),
    mode: 'onTouched',
  });

  useEffect(() => {
    if (draft) form.reset(draft.values, { keepDefaultValues: true });
  }, [form, draft]);

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values, name }) => {
          if (name !== undefined) saveDraft(key, stored, values);
        },
      }),
    [form, key, stored],
  );

  return {
    form,
    /** What was found of an earlier visit; null if nothing was, or it was put aside. */
    draft,
    /** Forgets what was typed; the form's values stay as they are. */
    forget: () => dropDraft(key),
    startOver() {
      dropDraft(key);
      setDraft(null);
      form.reset(initialValues(stored));
      // The fields register anew first.
      requestAnimationFrame(() => form.setFocus('target_url'));
    },
  };
}

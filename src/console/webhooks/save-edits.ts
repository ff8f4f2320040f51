import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { Webhook } from '../../contract/webhook';
import { ApiError } from '../api-client';
import { hasFeature, keepsSecret, keepsSecretOf } from '../capabilities-queries';
import { editedFields, mergeEdits, type EditedField, type Merge } from './merge-edits';
import type { WhenLeft } from './mutations';
import { savedUnderToggle } from './pending-toggles';
import { secretTerms } from './is-as-seen';
import { putWebhook } from './put-webhook';
import { readWebhook } from './read-webhook';
import { savedToast } from './saved-toast';
import { afterWrite, reloadList, writeScope } from './webhook-cache';
import { initialValues, toRequest, withTyped, type WebhookFormValues } from './webhook-form-values';

/** What a form wants saved, over the webhook as it was when that was typed. */
export interface Edits {
  values: WebhookFormValues;
  stored: Webhook;
}

/** Somebody else has saved meanwhile, and not all that both changed can be kept. */
export class EditConflict extends ApiError {
  override name = 'EditConflict';

  constructor(
    /** The webhook as it is stored now. */
    readonly theirs: Webhook,
    readonly merge: Merge,
  ) {
    super(412, 'The webhook was changed elsewhere meanwhile.');
  }
}

/**
 * Saves a webhook. If somebody else has saved meanwhile, what only one side changed is merged and
 * saved, and the toast says what of theirs was kept.
 *
 * The mutation throws an `EditConflict` if both have changed the same.
 */
export function useSaveEdits(organizationId: string, webhookId: string, left: WhenLeft) {
  const client = useQueryClient();
  const putInPlace = (webhook: Webhook) =>
    afterWrite(client, organizationId, (rows) =>
      rows.map((row) =>
        row.id === webhookId ? savedUnderToggle(client, organizationId, row, webhook) : row,
      ),
    );
  return useMutation({
    scope: writeScope(organizationId, webhookId),
    meta: {
      writesIn: organizationId,
      does: 'save the webhook',
      ...left,
      succeeded: ({ webhook, kept }: Saved) => savedToast('Webhook updated', webhook, kept),
    },
    mutationFn: (edits: Edits) =>
      saveMerged(
        organizationId,
        edits,
        keepsSecretOf(edits.stored, hasFeature(client, keepsSecret)),
      ),
    onSuccess: ({ webhook }) => putInPlace(webhook),
    onError: (error) => {
      if (error instanceof EditConflict) return putInPlace(error.theirs);
      if (!(error instanceof ApiError)) return;
      if (error.status === 404) {
        return afterWrite(client, organizationId, (rows) =>
          rows.filter(({ id }) => id !== webhookId),
        );
      }
      if (error.status === 412) reloadList(client, organizationId);
    },
  });
}

interface Saved {
  webhook: Webhook;
  /** What others had changed meanwhile and still stands. */
  kept: EditedField[];
}

/** How often in a row somebody else may be faster. */
const most = 3;

async function saveMerged(organizationId: string, edits: Edits, isKept: boolean): Promise<Saved> {
  let { stored } = edits;
  let values = withTyped(edits.values);
  const kept = new Set<EditedField>();
  for (let attempt = 1; ; attempt++) {
    try {
      const webhook = await putWebhook(organizationId, stored, toRequest(values, stored));
      return { webhook, kept: editedFields.filter((field) => kept.has(field)) };
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 412) || attempt === most) throw error;
    }
    const theirs = await readWebhook(organizationId, stored.id);
    const terms = secretTerms(isKept, theirs, stored);
    const merge = mergeEdits(initialValues(stored), values, initialValues(theirs), terms);
    if (merge.conflicts.length > 0) throw new EditConflict(theirs, merge);
    for (const field of merge.kept) kept.add(field);
    [stored, values] = [theirs, merge.values];
  }
}

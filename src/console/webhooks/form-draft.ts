import type { Webhook } from '../../contract/webhook';
import type { WebhookFormValues } from './webhook-form-values';

/*
 * What was typed into a form and not saved, kept for this tab: a reload, Back and a session that
 * ends lose nothing. Never the secret. A draft knows the version that it was begun on.
 */

const prefix = 'webhook-draft ';

type DraftValues = Omit<WebhookFormValues, 'target_secret'>;

interface StoredDraft {
  version: number | null;
  secretTyped: boolean;
  values: DraftValues;
}

/** A draft that was found again. */
export interface Draft {
  values: WebhookFormValues;
  /** Whether the webhook has been changed since the draft was begun. */
  outdated: boolean;
  /** Whether a secret had been typed, which was not kept. */
  lacksSecret: boolean;
}

/** Where the draft of a form lies. */
export function draftKey(organizationId: string, stored: Webhook | null): string {
  return `${prefix}${organizationId} ${stored?.id ?? 'new'}`;
}

export function saveDraft(key: string, stored: Webhook | null, values: WebhookFormValues): void {
  const { target_secret, ...rest } = values;
  const draft: StoredDraft = {
    version: stored?.version ?? null,
    secretTyped: target_secret.value !== '',
    values: rest,
  };
  withStorage((storage) => storage.setItem(key, JSON.stringify(draft)));
}

/** The draft, laid over the values that the form would begin with; null if there is none. */
export function loadDraft(
  key: string,
  stored: Webhook | null,
  initial: WebhookFormValues,
): Draft | null {
  const text = withStorage((storage) => storage.getItem(key));
  if (!text) return null;
  try {
    // Written above and by nobody else, in this very tab.
    const draft = JSON.parse(text) as StoredDraft;
    return {
      values: { ...initial, ...draft.values },
      outdated: draft.version !== (stored?.version ?? null),
      lacksSecret: draft.secretTyped,
    };
  } catch {
    return null;
  }
}

export function dropDraft(key: string): void {
  withStorage((storage) => storage.removeItem(key));
}

/** For the sign-out: the next person at this browser is none of their business. */
export function dropAllDrafts(): void {
  withStorage((storage) => {
    for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key);
  });
}

/** Browsers may refuse storage altogether, or have no room: then a draft lasts as long as the form. */
function withStorage<T>(access: (storage: Storage) => T): T | null {
  try {
    return access(sessionStorage);
  } catch {
    return null;
  }
}

import type { Webhook } from '../../contract/webhook';
import type { WebhookFormValues } from './webhook-form-values';

/*
 * What was typed into a form and not saved, kept for this tab: a reload, Back and a session that
 * ends lose nothing. Never the secret. A draft belongs to the version that it was begun on.
 */

const prefix = 'webhook-draft ';

type Draft = Omit<WebhookFormValues, 'target_secret'>;

/** Where the draft of a form lies. */
export function draftKey(organizationId: string, stored: Webhook | null): string {
  const form = stored ? `${stored.id} ${stored.version ?? stored.updated_at}` : 'new';
  return `${prefix}${organizationId} ${form}`;
}

export function saveDraft(key: string, values: WebhookFormValues): void {
  const { target_secret: _, ...draft } = values;
  withStorage((storage) => storage.setItem(key, JSON.stringify(draft satisfies Draft)));
}

/** The draft, laid over the values that the form would begin with; null if there is none. */
export function loadDraft(key: string, initial: WebhookFormValues): WebhookFormValues | null {
  const text = withStorage((storage) => storage.getItem(key));
  if (!text) return null;
  try {
    // Written above and by nobody else, in this very tab.
    return { ...initial, ...(JSON.parse(text) as Draft) };
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

import { withdrawDraftOffer } from './draft-offer';
import type { WebhookFormValues } from './webhook-form-values';

/*
 * What was typed into a form and not saved, kept for this tab: a reload, Back and a session that
 * ends lose nothing. Never the secret. A draft knows what it was begun on, so that it can be merged
 * with what others save meanwhile.
 */

const prefix = 'webhook-form ';

/** What a form was begun on. */
export interface DraftBase {
  /** The webhook's version; null for a new one, or without versions. */
  version: number | null;
  /** The form's values then. */
  base: WebhookFormValues;
}

/** What is kept of a form. */
export interface Draft extends DraftBase {
  values: WebhookFormValues;
  /** Whether a secret had been typed, which was not kept. */
  lacksSecret: boolean;
  /** Which form it was typed into: the same webhook may be opened again while a save is on its way. */
  form: string;
}

/** Where the draft of a form lies; `webhookId` is null for a new webhook. */
export function draftKey(organizationId: string, webhookId: string | null): string {
  return `${prefix}${organizationId} ${webhookId ?? 'new'}`;
}

export function saveDraft(
  key: string,
  form: string,
  { version, base }: DraftBase,
  values: WebhookFormValues,
): void {
  const { action, value } = values.target_secret;
  const draft: Draft = {
    version,
    base,
    values: { ...values, target_secret: { action, value: '' } },
    lacksSecret: value !== '',
    form,
  };
  withStorage((storage) => storage.setItem(key, JSON.stringify(draft)));
}

/**
 * The draft that lies there; null if there is none, or none that this console can read: the tab may
 * be older than it.
 *
 * @param like values of a form, by which those of the draft are checked.
 */
export function loadDraft(key: string, like: WebhookFormValues): Draft | null {
  const text = withStorage((storage) => storage.getItem(key));
  if (!text) return null;
  try {
    const draft = JSON.parse(text) as Draft;
    return isShapedLike(draft.values, like) && isShapedLike(draft.base, like) ? draft : null;
  } catch {
    return null;
  }
}

function isShapedLike(values: object, like: object): boolean {
  const kind = (value: unknown) => (Array.isArray(value) ? 'list' : typeof value);
  const known = new Map<string, unknown>(Object.entries(values));
  return Object.entries(like).every(([name, value]) => kind(known.get(name)) === kind(value));
}

export function dropDraft(key: string): void {
  withStorage((storage) => storage.removeItem(key));
}

/** For the sign-out: what was typed is no business of whoever comes next to this browser. */
export function dropAllDrafts(): void {
  withdrawDraftOffer();
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

import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';

import { mayHaveSecret, type Webhook } from '../../contract/webhook';
import { keepsSecret, keepsSecretOf, useFeature } from '../capabilities-queries';
import {
  draftKey,
  dropDraft,
  loadDraft,
  saveDraft,
  type Draft,
  type DraftBase,
} from './form-draft';
import { mergeEdits, type EditedField, type Merge } from './merge-edits';
import { initialValues, webhookResolver, type WebhookFormValues } from './webhook-form-values';

/** Where this form and what somebody else has saved meanwhile do not agree. */
export interface Disagreement {
  fields: readonly EditedField[];
  mine: WebhookFormValues;
  theirs: WebhookFormValues;
  /** Whether the API keeps a secret that a change does not name. */
  keeps: boolean;
}

/** What a form begins with. */
interface Beginning {
  /** What was found of an earlier visit; null if nothing was. */
  draft: Draft | null;
  begunOn: DraftBase;
  values: WebhookFormValues;
  /** What others have changed since the draft was begun. */
  merge: Merge | null;
}

/** Which form it is: `webhookId` is null for a new webhook. */
export interface FormSubject {
  organizationId: string;
  webhookId: string | null;
  /** The webhook as it was when the form opened; null for a new one, and for one that is gone. */
  opened: Webhook | null;
}

/**
 * The form of a webhook, with what was typed before and not saved, merged with what others have
 * saved since. What the form is laid over may change while it is open.
 */
export function useWebhookForm({ organizationId, webhookId, opened }: FormSubject) {
  const key = draftKey(organizationId, webhookId);
  const keeps = keepsSecretOf(opened, useFeature(keepsSecret) === true);
  const [beginning, setBeginning] = useState(() => begin(key, webhookId, opened, keeps));
  const [stored, setStored] = useState(opened);
  const [disagreement, setDisagreement] = useState(() =>
    disagreementOf(beginning.merge, opened, keeps),
  );
  // Asked by the checks, which may come before the next drawing.
  const over = useRef(opened);
  const [kindChoice] = useState(createKindChoice);
  const id = `${useId()} ${useState(() => performance.now())[0]}`;
  const form = useForm<WebhookFormValues>({
    defaultValues: initialValues(opened),
    resolver: (values, context, options) =>
      webhookResolver(over.current, keeps)(values, context, options),
    mode: 'onTouched',
  });
  useDraft(form, key, id, beginning);

  function layOver(webhook: Webhook | null, values: WebhookFormValues) {
    over.current = webhook;
    setStored(webhook);
    form.reset(initialValues(webhook), { keepSubmitCount: true, keepTouched: true });
    form.reset(values, { keepDefaultValues: true, keepSubmitCount: true, keepTouched: true });
  }

  return {
    form,
    draft: beginning.draft,
    /** Whether the webhook had a secret that went with it. */
    lostSecret: webhookId !== null && stored === null && hadSecret(opened, beginning),
    /** What of others' changes came into a draft that was found. */
    keptInDraft: beginning.merge?.kept ?? [],
    /** The webhook that the form is laid over now; null if saving creates one. */
    stored,
    /** The same, as it is between two drawings. */
    laidOver: () => over.current,
    disagreement,
    /** Whether the API keeps a secret that a change does not name. */
    keeps,
    /** Whether the kind was chosen by hand, and follows the URL no longer; null for a stored webhook. */
    kindChoice: webhookId === null ? kindChoice : null,
    /** Goes on over what somebody else has saved, with these values. */
    adopt(theirs: Webhook, merge: Merge, values = merge.values) {
      const begunOn = begunOver(beginning.begunOn, theirs, merge);
      layOver(theirs, values);
      setBeginning({ ...beginning, begunOn });
      setDisagreement(disagreementOf(merge, theirs, keeps));
      if (loadDraft(key, values)) saveDraft(key, id, begunOn, values);
    },
    /** The webhook is gone: what was typed becomes a new one. */
    lose() {
      layOver(null, asNew(form.getValues()));
      setDisagreement(null);
    },
    /** Whether what was typed would come back. */
    isKept: () => loadDraft(key, initialValues(null)) !== null,
    /** Forgets what was typed; the form's values stay as they are. */
    forget: () => dropDraft(key),
    /** The same once it is saved: not what was typed into another form since, opened meanwhile. */
    forgetSaved() {
      const lies = loadDraft(key, initialValues(null));
      if (lies === null || lies.form === id || lies.form === beginning.draft?.form) dropDraft(key);
    },
    startOver() {
      dropDraft(key);
      kindChoice.set(false);
      setBeginning(anew(stored));
      setDisagreement(null);
      form.reset(initialValues(stored));
      // The fields register anew first.
      requestAnimationFrame(() => form.setFocus('target_url'));
    },
  };
}

/** Whether the kind of a new webhook was chosen by hand. */
export interface KindChoice {
  get: () => boolean;
  set: (chosen: boolean) => void;
}

function createKindChoice(): KindChoice {
  let isChosen = false;
  return { get: () => isChosen, set: (chosen) => void (isChosen = chosen) };
}

function begin(
  key: string,
  webhookId: string | null,
  opened: Webhook | null,
  keeps: boolean,
): Beginning {
  const draft = loadDraft(key, initialValues(null));
  if (!draft) return anew(opened);
  const isGone = webhookId !== null && opened === null;
  if (isGone) return { draft, begunOn: draft, values: asNew(draft.values), merge: null };
  const isCurrent = draft.version !== null && draft.version === opened?.version;
  if (isCurrent) return { draft, begunOn: draft, values: draft.values, merge: null };
  const merge = mergeEdits(draft.base, draft.values, initialValues(opened), {
    isKept: keeps,
    // A draft has no secret.
    mayBeAnother: false,
  });
  const begunOn = opened ? begunOver(draft, opened, merge) : draft;
  return { draft, begunOn, values: merge.values, merge };
}

function anew(stored: Webhook | null): Beginning {
  const values = initialValues(stored);
  const begunOn = { version: stored?.version ?? null, base: values };
  return { draft: null, begunOn, values, merge: null };
}

/**
 * What a form is begun on once it is laid over a newer version: that version, so that what is then
 * changed back stays so. Where both sides do not agree, it stays what it was: they still do not.
 */
function begunOver(before: DraftBase, theirs: Webhook, { conflicts }: Merge): DraftBase {
  const undecided = Object.fromEntries(conflicts.map((field) => [field, before.base[field]]));
  const base = { ...initialValues(theirs), ...undecided };
  const version = conflicts.length > 0 ? before.version : (theirs.version ?? null);
  return { version, base };
}

function hadSecret(opened: Webhook | null, { begunOn }: Beginning): boolean {
  return opened ? mayHaveSecret(opened) : begunOn.base.target_secret.action === 'keep';
}

function disagreementOf(
  merge: Merge | null,
  stored: Webhook | null,
  keeps: boolean,
): Disagreement | null {
  if (!merge || merge.conflicts.length === 0) return null;
  return { fields: merge.conflicts, mine: merge.values, theirs: initialValues(stored), keeps };
}

/** A new webhook has no secret that could be kept or removed. */
function asNew(values: WebhookFormValues): WebhookFormValues {
  const { action, value } = values.target_secret;
  return {
    ...values,
    target_secret: { action: 'set', value: action === 'set' ? value : '' },
  };
}

/** Lays the draft over the form, and keeps one of whatever is typed from then on. */
function useDraft(
  form: UseFormReturn<WebhookFormValues>,
  key: string,
  id: string,
  { draft, begunOn, values }: Beginning,
) {
  useEffect(() => {
    if (draft) form.reset(values, { keepDefaultValues: true });
  }, [form, draft, values]);

  // Before anybody can type.
  useLayoutEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values: typed, name }) => {
          if (name !== undefined) saveDraft(key, id, begunOn, typed);
        },
      }),
    [form, key, id, begunOn],
  );
}

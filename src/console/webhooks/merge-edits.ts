import { foldCase } from '../../contract/fold-case';
import { mergePatterns, secretMustBeGiven, webhookLimits } from '../../contract/webhook';
import { sameItems } from './same-items';
import type { SecretChoice, WebhookFormValues } from './webhook-form-values';

/** What two people may have changed, in the order of the form. */
export const editedFields = [
  'target_url',
  'kind',
  'description',
  'target_secret',
  'events',
  'environment_types_filter',
  'project_names_filter',
  'enabled',
] as const;
export type EditedField = (typeof editedFields)[number];

/** What is known of secrets, which nobody can read back. */
export interface SecretTerms {
  isKept: boolean;
  mayBeAnother: boolean;
}

/** What became of two people's changes of one webhook. */
export interface Merge {
  /** What both wanted; where that cannot be, what was typed here. */
  values: WebhookFormValues;
  /** Where only the other one changed something, or both changed different items of a list. */
  kept: EditedField[];
  /** Where only one of both can have their way. */
  conflicts: EditedField[];
}

/** With a conflict, `value` is what was typed here. */
interface Outcome<T> {
  from: 'mine' | 'theirs' | 'both' | 'conflict';
  value: T;
}

/**
 * Merges, field by field, what was typed here with what somebody else has saved meanwhile.
 *
 * @param base the form's values as both began with them.
 * @param mine as the form stands now.
 * @param theirs the form's values for the webhook as it is stored now.
 * @param secret whether the API keeps one that a change does not name, and whether theirs may be
 *   another than the one of the base although both have one.
 */
export function mergeEdits(
  base: WebhookFormValues,
  mine: WebhookFormValues,
  theirs: WebhookFormValues,
  secret: SecretTerms = { isKept: true, mayBeAnother: false },
): Merge {
  const url = mergeOne(base.target_url, mine.target_url.trim(), theirs.target_url);
  const outcomes = {
    target_url: url,
    kind: mergeOne(base.kind, mine.kind, theirs.kind),
    description: mergeOne(base.description, mine.description, theirs.description),
    target_secret: mergeSecrets(base, mine, theirs, { url: url.value, ...secret }),
    events: mergeLists(base.events, mine.events, theirs.events, { emptyIsAll: false }),
    environment_types_filter: mergeLists(
      base.environment_types_filter,
      mine.environment_types_filter,
      theirs.environment_types_filter,
      { emptyIsAll: true },
    ),
    project_names_filter: mergePatternLists(base, mine, theirs),
    enabled: mergeOne(base.enabled, mine.enabled, theirs.enabled),
  } satisfies { [Field in EditedField]: Outcome<WebhookFormValues[Field]> };
  return {
    values: {
      target_url: outcomes.target_url.value,
      kind: outcomes.kind.value,
      description: outcomes.description.value,
      target_secret: outcomes.target_secret.value,
      events: outcomes.events.value,
      environment_types_filter: outcomes.environment_types_filter.value,
      project_names_filter: outcomes.project_names_filter.value,
      project_names_typed: mine.project_names_typed,
      enabled: outcomes.enabled.value,
    },
    kept: editedFields.filter((field) => ['theirs', 'both'].includes(outcomes[field].from)),
    conflicts: editedFields.filter((field) => outcomes[field].from === 'conflict'),
  };
}

/** Whether what somebody else has there can be saved: not a secret that the API drops with every change. */
export function canTakeTheirs(field: EditedField, theirs: WebhookFormValues, keeps: boolean) {
  return keeps || field !== 'target_secret' || theirs.target_secret.action !== 'keep';
}

function mergeOne<T>(base: T, mine: T, theirs: T): Outcome<T> {
  if (theirs === base || theirs === mine) return { from: 'mine', value: mine };
  if (mine === base) return { from: 'theirs', value: theirs };
  return { from: 'conflict', value: mine };
}

/**
 * Lists merge as sets: what either added is added, what either removed is removed. But not if that
 * leaves nothing (events need one; an empty filter lets everything through, which nobody asked for),
 * nor where one of the three is a filter that lets everything through: it has no items to merge.
 */
function mergeLists(
  base: string[],
  mine: string[],
  theirs: string[],
  { emptyIsAll }: { emptyIsAll: boolean },
): Outcome<string[]> {
  if (sameItems(theirs, base) || sameItems(theirs, mine)) return { from: 'mine', value: mine };
  if (sameItems(mine, base)) return { from: 'theirs', value: theirs };
  const removed = new Set(base.filter((item) => !mine.includes(item)));
  const added = mine.filter((item) => !base.includes(item) && !theirs.includes(item));
  const merged = [...theirs.filter((item) => !removed.has(item)), ...added];
  const takesAll = emptyIsAll && [base, mine, theirs].some((list) => list.length === 0);
  if (takesAll || merged.length === 0) return { from: 'conflict', value: mine };
  return { from: 'both', value: merged };
}

/** Patterns that differ in case only are one; where both have it, it is spelled as here. */
function mergePatternLists(
  base: WebhookFormValues,
  mine: WebhookFormValues,
  theirs: WebhookFormValues,
): Outcome<string[]> {
  const [old, own, other] = [base, mine, theirs].map((each) => each.project_names_filter) as [
    string[],
    string[],
    string[],
  ];
  if (sameItems(own, old)) return mergeLists(old, own, other, { emptyIsAll: true });
  const spelling = new Map(own.map((pattern) => [foldCase(pattern), pattern]));
  const asHere = (list: string[]) =>
    mergePatterns(list.map((pattern) => spelling.get(foldCase(pattern)) ?? pattern));
  const outcome = mergeLists(asHere(old), own, asHere(other), { emptyIsAll: true });
  return outcome.value.length > webhookLimits.patterns ? { from: 'conflict', value: own } : outcome;
}

/**
 * Nobody can read a secret back: only whether there is one is known of theirs. A secret that was typed
 * for one receiver does not go to another that somebody else has entered meanwhile, unasked.
 */
function mergeSecrets(
  base: WebhookFormValues,
  mine: WebhookFormValues,
  theirs: WebhookFormValues,
  { url, isKept, mayBeAnother }: SecretTerms & { url: string },
): Outcome<SecretChoice> {
  const [before, own, now] = [base.target_secret, mine.target_secret, theirs.target_secret];
  const hadOne = before.action === 'keep';
  const hasOne = now.action === 'keep';
  const untouched = own.action === before.action && own.value === '';
  if (untouched) {
    const mustGive = hasOne && (!isKept || secretMustBeGiven(asStored(theirs), url));
    // Where it can stay unnamed, it is to be said that it goes; elsewhere it is to be entered.
    const asked: SecretChoice = isKept ? { action: 'remove', value: '' } : now;
    if (mustGive && !hadOne) return { from: 'conflict', value: asked };
    return { from: hadOne === hasOne ? 'mine' : 'theirs', value: now };
  }
  if (own.value === '' && !hasOne) return { from: 'mine', value: now };
  const isElsewhere = own.value !== '' && secretMustBeGiven(asStored(base), theirs.target_url);
  // It was typed for where `mine` goes.
  const goesElsewhere = own.value !== '' && secretMustBeGiven(asStored(mine), url);
  if (hasOne && !isKept && goesElsewhere) return { from: 'conflict', value: now };
  if (hadOne !== hasOne || isElsewhere || mayBeAnother) return { from: 'conflict', value: own };
  return { from: 'mine', value: own };
}

/** As if a secret were stored: the contract then tells whether two URLs are of one receiver. */
function asStored({ target_url }: WebhookFormValues) {
  return { target_url, target_secret_set: true };
}

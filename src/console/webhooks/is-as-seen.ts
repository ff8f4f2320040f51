import { mayHaveSecret, type Webhook } from '../../contract/webhook';
import type { SecretTerms } from './merge-edits';
import { sameItems } from './same-items';

/*
 * Where an API has no versions: whether a webhook is still what somebody has seen of it.
 */

const texts = ['kind', 'target_url', 'description', 'enabled', 'target_secret_set'] as const;
const lists = ['events', 'environment_types_filter', 'project_names_filter'] as const;

/** Whether nothing that may be edited has changed, as far as can be told. */
export function isAsSeen(now: Webhook, seen: Webhook): boolean {
  return (
    texts.every((member) => now[member] === seen[member]) &&
    lists.every((member) => sameItems(now[member], seen[member])) &&
    !mayHaveOtherSecret(now, seen)
  );
}

/** What is known of the secret when what somebody has seen is merged with what is stored now. */
export function secretTerms(isKept: boolean, now: Webhook, seen: Webhook | null): SecretTerms {
  // With versions, all that is known is that something has changed.
  const mayBeAnother = seen !== null && seen.version === null && mayHaveOtherSecret(now, seen);
  return { isKept, mayBeAnother };
}

/** Nobody can read a secret back: it may have been replaced with any change since. */
export function mayHaveOtherSecret(now: Webhook, seen: Webhook): boolean {
  return mayHaveSecret(now) && mayHaveSecret(seen) && isLater(now.updated_at, seen.updated_at);
}

/** An API may round its times when it stores them: what is within a second is one change. */
function isLater(now: string | null, seen: string | null): boolean {
  if (now === null || now === seen) return false;
  return seen === null || !(Math.abs(Date.parse(now) - Date.parse(seen)) < 1000);
}

import { mayHaveSecret, mergePatterns, type Webhook } from '../../contract/webhook';
import type { EditedField } from '../webhooks/merge-edits';
import { sameItems } from '../webhooks/same-items';
import type { FiledWebhook } from './webhook-file';

/**
 * Where a row of the file asks for something else than what is stored, or for what is not known of it.
 * A secret in it always does.
 */
export function differences(filed: FiledWebhook, stored: Webhook): EditedField[] {
  const { description, enabled } = filed;
  const isUnknown = (field: EditedField) => stored.untold.some((member) => member === field);
  const fields: EditedField[] = [];
  if (filed.kind !== undefined && isUnknown('kind')) fields.push('kind');
  if (description !== undefined && description !== stored.description) fields.push('description');
  if (setsSecret(filed.target_secret, mayHaveSecret(stored))) {
    fields.push('target_secret');
  }
  for (const field of ['events', 'environment_types_filter'] as const) {
    const list = filed[field];
    if (list && (isUnknown(field) || !sameItems(list, stored[field]))) fields.push(field);
  }
  const patterns = filed.project_names_filter;
  if (patterns && !areSamePatterns(patterns, stored.project_names_filter)) {
    fields.push('project_names_filter');
  }
  if (enabled !== undefined && (isUnknown('enabled') || enabled !== stored.enabled)) {
    fields.push('enabled');
  }
  return fields;
}

function areSamePatterns(a: string[], b: string[]): boolean {
  const all = mergePatterns([...a, ...b]).length;
  return [a, b].every((list) => mergePatterns(list).length === all);
}

/** An empty secret is none: it changes nothing where none is stored. */
export function setsSecret(secret: string | undefined, mayRemove: boolean): secret is string {
  return secret !== undefined && (secret !== '' || mayRemove);
}

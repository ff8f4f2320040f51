import type { Resolver } from 'react-hook-form';

import { fieldErrorsOf, type FieldError } from '../../contract/api-error';
import {
  deploymentEventTypes,
  mayHaveSecret,
  mergePatterns,
  secretMustBeGiven,
  webhookRequestSchema,
  type Webhook,
  type WebhookRequest,
} from '../../contract/webhook';
import { splitTags } from '../ui/split-tags';
import { sameItems } from './same-items';
import { secretMissing } from './wording';

/** What is to become of the secret: kept as it is stored, replaced or set, or removed. */
export interface SecretChoice {
  action: 'keep' | 'set' | 'remove';
  /** What was typed; counts with `set` only. */
  value: string;
}

/** The form as it stands on the screen. */
export interface WebhookFormValues {
  target_url: string;
  kind: string;
  description: string;
  target_secret: SecretChoice;
  events: string[];
  environment_types_filter: string[];
  project_names_filter: string[];
  /** What stands in the filter's field and is no tag yet. */
  project_names_typed: string;
  enabled: boolean;
}

/** The form's values for a stored webhook, or for a new one. */
export function initialValues(stored: Webhook | null): WebhookFormValues {
  if (!stored) {
    return {
      target_url: '',
      kind: 'STANDARD',
      description: '',
      target_secret: { action: 'set', value: '' },
      events: [...deploymentEventTypes],
      environment_types_filter: [],
      project_names_filter: [],
      project_names_typed: '',
      enabled: true,
    };
  }
  return {
    target_url: stored.target_url,
    kind: stored.kind,
    description: stored.description,
    target_secret: { action: mayHaveSecret(stored) ? 'keep' : 'set', value: '' },
    events: stored.events,
    environment_types_filter: stored.environment_types_filter,
    project_names_filter: stored.project_names_filter,
    project_names_typed: '',
    enabled: stored.enabled,
  };
}

/** The values with what stands in the project filter's field and is no tag yet as tags. */
export function withTyped(values: WebhookFormValues): WebhookFormValues {
  return { ...values, project_names_filter: projectNamesOf(values), project_names_typed: '' };
}

/** The request that the form asks for. */
export function toRequest(values: WebhookFormValues, stored: Webhook | null): WebhookRequest {
  const { action, value } = values.target_secret;
  return {
    kind: values.kind,
    target_url: values.target_url.trim(),
    description: values.description,
    events: values.events,
    environment_types_filter: values.environment_types_filter,
    project_names_filter: projectNamesOf(values),
    enabled: values.enabled,
    ...(action === 'set' && value !== '' && { target_secret: value }),
    ...(action === 'remove' && stored && mayHaveSecret(stored) && { target_secret: '' }),
  };
}

/** The patterns of the form, with what is typed and no tag yet. */
export function projectNamesOf(
  values: Pick<WebhookFormValues, 'project_names_filter' | 'project_names_typed'>,
): string[] {
  return mergePatterns([...values.project_names_filter, ...splitTags(values.project_names_typed)]);
}

/** Why a stored secret has to be given again: the URL was changed, or the API drops what is not named. */
export type SecretNeed = 'url' | 'api';

/** Why the stored secret has to be given again with this URL; null if it need not be. */
export function secretNeed(
  url: string,
  stored: Webhook | null,
  keepsSecret: boolean,
): SecretNeed | null {
  if (!stored || !mayHaveSecret(stored)) return null;
  if (!keepsSecret) return 'api';
  return secretMustBeGiven(stored, url) ? 'url' : null;
}

type Field = keyof WebhookFormValues;

/** The form's field that a message of the API belongs to, and the message as it stands there. */
export function errorAtField(
  { pointer, message }: FieldError,
  values: WebhookFormValues,
): { field: Field; message: string } | null {
  const [, field, index] = pointer.split('/');
  if (field === undefined || !isField(field)) return null;
  const list = values[field];
  const item = Array.isArray(list) && index !== undefined ? list[Number(index)] : undefined;
  return { field, message: item === undefined ? message : `“${item}”: ${message}` };
}

/**
 * Whether what is wrong by our rules was already there in the stored webhook: another API may have
 * other rules, and know kinds, events and modes that we do not. What it took survives an edit.
 */
function isStored(
  { pointer }: FieldError,
  values: WebhookFormValues,
  stored: Webhook | null,
): boolean {
  const [, field, index] = pointer.split('/');
  if (!stored || stored.untold.some((member) => member === field)) return false;
  switch (field) {
    case 'kind':
    case 'description':
      return values[field] === stored[field];
    case 'target_url':
      return values.target_url.trim() === stored.target_url.trim();
    case 'events':
    case 'environment_types_filter':
    case 'project_names_filter': {
      const value = index === undefined ? undefined : values[field][Number(index)];
      if (value === undefined) return sameItems(values[field], stored[field]);
      return stored[field].includes(value);
    }
    default:
      return false;
  }
}

function isField(name: string): name is Field {
  return Object.hasOwn(initialValues(null), name);
}

const neededMessages: Record<SecretNeed, string> = {
  url: 'The URL has changed: enter the secret for it, or remove the secret.',
  api: secretMissing,
};

/** Checks the form by the contract's own rules: the same ones that the API holds requests to. */
export function webhookResolver(
  stored: Webhook | null,
  keepsSecret: boolean,
): Resolver<WebhookFormValues> {
  return (values) => {
    const need = secretNeed(values.target_url, stored, keepsSecret);
    const read = webhookRequestSchema.safeParse(toRequest(values, stored));
    const errors: Partial<Record<Field, { type: string; message: string }>> = {};
    for (const error of read.success ? [] : fieldErrorsOf(read.error)) {
      const at = errorAtField(error, values);
      // Where secrets are not kept, it may be one that was accepted by other rules than ours.
      const isAgain = at?.field === 'target_secret' && need === 'api';
      if (at && !isAgain && !isStored(error, values, stored))
        errors[at.field] ??= { type: 'contract', message: at.message };
    }
    const { action, value } = values.target_secret;
    if (need !== null && action !== 'remove' && value === '') {
      errors.target_secret = { type: 'contract', message: neededMessages[need] };
    } else if (action === 'set' && stored && mayHaveSecret(stored) && value === '') {
      errors.target_secret = {
        type: 'contract',
        message: 'Enter the new secret, or keep the one that is set.',
      };
    }
    return Object.keys(errors).length === 0
      ? { values, errors: {} }
      : { values: {}, errors: errors as never };
  };
}

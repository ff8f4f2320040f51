import * as z from 'zod/mini';

import { foldCase } from './fold-case';
import { lenientList } from './lenient';
import { secretProblem } from './secret';
import { parseUrl, targetUrlProblem } from './target-url';
import { characterCount, textProblem } from './text';

/*
 * Webhooks on the wire: `OrganizationWebhookCreateRequest` and `OrganizationWebhookResponse` of the
 * Qovery API, and the members of our own. What comes in is held to the letter; what an API answers
 * is read leniently.
 */

export const webhookKinds = ['STANDARD', 'SLACK'] as const;
export type WebhookKind = (typeof webhookKinds)[number];

/** In the order in which people think of them. */
export const deploymentEventTypes = [
  'DEPLOYMENT_STARTED',
  'DEPLOYMENT_SUCCESSFUL',
  'DEPLOYMENT_FAILURE',
  'DEPLOYMENT_CANCELLED',
] as const;
export type DeploymentEventType = (typeof deploymentEventTypes)[number];

export const environmentModes = ['PRODUCTION', 'STAGING', 'DEVELOPMENT', 'PREVIEW'] as const;
export type EnvironmentMode = (typeof environmentModes)[number];

/** The limits of a webhook's members, in characters and pieces. */
export const webhookLimits = { description: 1000, patterns: 100, pattern: 250 } as const;

/** A check that words its own message: it gives what is wrong, or null. */
export function says<T>(problem: (value: T) => string | null) {
  return z.superRefine<T>((value, context) => {
    const message = problem(value);
    if (message) context.addIssue({ code: 'custom', message, input: value });
  });
}

/** One of the values named; the message lists them. */
function oneOf<const T extends readonly string[]>(values: T) {
  return z.enum(values, { error: `Must be one of ${values.join(', ')}.` });
}

/**
 * A list of at most so many items. They are counted before they are looked at: a body may hold a
 * hundred thousand, and telling what is wrong with each would hold up the server.
 */
export function list<T extends z.core.$ZodType>(
  item: T,
  { most, error = 'Must be a list.' }: { most: number; error?: string },
) {
  // A transformation, though it changes nothing: what comes in is described by the list behind it.
  const counted = z.transform((value: z.input<T>[], context) => {
    if (Array.isArray(value) && value.length > most) {
      const message = `At most ${most.toLocaleString('en')} are taken.`;
      context.issues.push({ code: 'custom', message, input: value });
    }
    return value;
  });
  return z.pipe(counted, z.array(item, { error }));
}

/** The enumerations of the Qovery API, as requests may name them. */
export const webhookKind = oneOf(webhookKinds);
export const deploymentEventType = oneOf(deploymentEventTypes);
export const environmentMode = oneOf(environmentModes);

/** More than any list of a webhook has, also with what is in it twice. */
const mostSaid = 1000;

const text = (what: string) =>
  z.string({ error: `${what} must be text.` }).check(says(textProblem));

const targetUrl = z
  .string({ error: 'Enter the URL that deployment events are sent to, as text.' })
  .check(z.trim(), says(textProblem), says(targetUrlProblem));

const targetSecret = text('The secret').check(says((secret) => secretProblem(secret)));

const description = text('The description').check(
  says((value) =>
    characterCount(value) > webhookLimits.description
      ? 'The description is longer than 1,000 characters.'
      : null,
  ),
);

const pattern = text('A project name').check(
  z.trim(),
  says((value) => {
    if (value === '') return 'A project name must not be empty.';
    if (characterCount(value) > webhookLimits.pattern) {
      return 'A project name is longer than 250 characters.';
    }
    return null;
  }),
);

const patterns = list(pattern, {
  most: mostSaid,
  error: 'The project names must be a list.',
}).check(
  z.overwrite(mergePatterns),
  says((list) =>
    list.length > webhookLimits.patterns ? 'There may be at most 100 project names.' : null,
  ),
);

const events = list(deploymentEventType, {
  most: mostSaid,
  error: 'The events must be a list.',
}).check(
  z.overwrite((list) => [...new Set(list)]),
  says((list) => (list.length === 0 ? 'Choose at least one event.' : null)),
);

const modes = list(environmentMode, {
  most: mostSaid,
  error: 'The environment types must be a list.',
}).check(z.overwrite((list) => [...new Set(list)]));

/**
 * The body of `POST` and `PUT` of a webhook, checked to the letter. URL and patterns are trimmed,
 * repeated events, modes and patterns (in any case) merged, null is absent, unknown members are
 * dropped. `target_secret: ''` removes a secret.
 */
export const webhookRequestSchema = z.pipe(
  z.object(
    {
      kind: webhookKind,
      target_url: targetUrl,
      target_secret: z.nullish(targetSecret),
      description: z.nullish(description),
      enabled: z.nullish(z.boolean({ error: 'Must be true or false.' })),
      events,
      project_names_filter: z.nullish(patterns),
      environment_types_filter: z.nullish(modes),
    },
    { error: 'The body must be a JSON object.' },
  ),
  z.transform(({ kind, target_url, events, ...optional }) => ({
    kind,
    target_url,
    events,
    target_secret: optional.target_secret ?? undefined,
    description: optional.description ?? undefined,
    enabled: optional.enabled ?? undefined,
    project_names_filter: optional.project_names_filter ?? undefined,
    environment_types_filter: optional.environment_types_filter ?? undefined,
  })),
);
/** A request that the embedded API has accepted. */
export type ValidWebhookRequest = z.output<typeof webhookRequestSchema>;

/** A request as it is sent. Another API may know kinds, events and modes that we do not. */
export interface WebhookRequest {
  kind: string;
  target_url: string;
  target_secret?: string;
  description?: string;
  enabled?: boolean;
  events: string[];
  project_names_filter?: string[];
  environment_types_filter?: string[];
}

/** Patterns without those that say the same in another case; the first spelling stays. */
export function mergePatterns(list: string[]): string[] {
  const first = new Map<string, string>();
  for (const value of list) {
    const folded = foldCase(value);
    if (!first.has(folded)) first.set(folded, value);
  }
  return [...first.values()];
}

/** Something that an API noticed about a webhook it has saved all the same. */
export const warningSchema = z.object({ pointer: z.string(), message: z.string() });
export type Warning = z.output<typeof warningSchema>;

/** What every write must have, so that it may not be guessed where an answer has left it out. */
const neededByWrites = ['kind', 'target_url', 'events', 'enabled'] as const;

const said = z.object({
  id: z.string(),
  created_at: z.string(),
  updated_at: z.nullish(z.string()),
  kind: z.nullish(z.string()),
  target_url: z.nullish(z.string()),
  target_secret_set: z.nullish(z.boolean()),
  description: z.nullish(z.string()),
  enabled: z.nullish(z.boolean()),
  events: z.nullish(z.array(z.string())),
  project_names_filter: z.nullish(z.array(z.string())),
  environment_types_filter: z.nullish(z.array(z.string())),
  version: z.nullish(z.number()),
  disabled_reason: z.nullish(z.string()),
  disabled_at: z.nullish(z.string()),
  warnings: z.nullish(z.array(warningSchema)),
});

/**
 * A webhook as an API answers it. Members that only the embedded API has are null elsewhere; `untold`
 * names what is not known of it and must not be written back as the default that stands for it, and
 * where it is not told whether there is a secret, `target_secret_set` is null.
 */
export const webhookSchema = z.pipe(
  said,
  // All at once: a step for each member would take longer, and there may be 10,000 webhooks.
  z.transform((answer: z.output<typeof said>) => ({
    id: answer.id,
    created_at: answer.created_at,
    updated_at: answer.updated_at ?? null,
    kind: answer.kind ?? 'STANDARD',
    target_url: answer.target_url ?? '',
    target_secret_set: answer.target_secret_set ?? null,
    description: answer.description ?? '',
    enabled: answer.enabled ?? false,
    events: answer.events ?? [],
    project_names_filter: answer.project_names_filter ?? [],
    environment_types_filter: answer.environment_types_filter ?? [],
    version: answer.version ?? null,
    disabled_reason: answer.disabled_reason ?? null,
    disabled_at: answer.disabled_at ?? null,
    warnings: answer.warnings ?? [],
    untold: neededByWrites.filter((member) => (answer[member] ?? null) === null),
  })),
);
export type Webhook = z.output<typeof webhookSchema>;

/** All webhooks of an organization. */
export const webhookListSchema = lenientList(webhookSchema);

/**
 * The request that leaves a webhook as it is, to be changed by the caller. Member by member: a
 * response spread into a request would send back what only the API may say. Without
 * `target_secret`, which keeps the stored one on the embedded API.
 */
export function toWebhookRequest(
  webhook: Required<Omit<WebhookRequest, 'target_secret'>>,
): WebhookRequest {
  return {
    kind: webhook.kind,
    target_url: webhook.target_url,
    description: webhook.description,
    enabled: webhook.enabled,
    events: webhook.events,
    project_names_filter: webhook.project_names_filter,
    environment_types_filter: webhook.environment_types_filter,
  };
}

/** Whether a webhook has a secret, as far as is known: one of which that is not told may have. */
export function mayHaveSecret({ target_secret_set }: Pick<Webhook, 'target_secret_set'>): boolean {
  return target_secret_set !== false;
}

/**
 * Whether a `PUT` has to name the secret again (`''` removes it): anything of the URL but its query
 * changes while a secret is stored. Otherwise whoever may edit could have the secret sent to a
 * receiver of their own; on a shared host the path is enough.
 */
export function secretMustBeGiven(
  stored: Pick<Webhook, 'target_url' | 'target_secret_set'>,
  nextUrl: string,
): boolean {
  return mayHaveSecret(stored) && receiver(stored.target_url) !== receiver(nextUrl);
}

function receiver(url: string): string {
  const parsed = parseUrl(url.trim());
  return parsed ? parsed.origin + parsed.pathname : url.trim();
}

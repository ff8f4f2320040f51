import * as z from 'zod/mini';

import { fieldErrorsOf } from '../../contract/api-error';
import {
  mergePatterns,
  toWebhookRequest,
  type Webhook,
  type WebhookRequest,
} from '../../contract/webhook';

/*
 * The file that webhooks are exported to and imported from: what the API takes to create each, without
 * secrets, which nobody can read back.
 */

/** The file's text, for people to read as well. */
export function writeWebhookFile(webhooks: readonly Webhook[]): string {
  const results = webhooks.map((webhook) => ({
    ...toldRequest(webhook),
    target_secret_set: webhook.target_secret_set,
  }));
  return `${JSON.stringify({ results }, null, 2)}\n`;
}

/** What creates a webhook once more, without what its API did not tell of it. */
export function toldRequest(webhook: Webhook): Partial<WebhookRequest> {
  const request: Partial<WebhookRequest> = toWebhookRequest(webhook);
  for (const member of webhook.untold) delete request[member];
  return request;
}

/** null is absent, as the API takes it. */
function optional<T>(schema: z.core.$ZodType<T>) {
  return z.pipe(
    z.nullish(schema),
    z.transform((value: T | null | undefined) => value ?? undefined),
  );
}

const text = z.string({ error: 'Must be text.' });
const texts = z.array(text, { error: 'Must be a list.' });
const yesOrNo = z.boolean({ error: 'Must be true or false.' });

/**
 * Read as the API reads a request. Kinds, events and modes are for the API to judge: it may know more
 * of them than we do.
 */
const filedWebhook = z.object({
  kind: optional(text),
  target_url: z.string({ error: 'The URL is missing, or no text.' }).check(z.trim()),
  target_secret: optional(text),
  description: optional(text),
  enabled: optional(yesOrNo),
  events: optional(texts),
  project_names_filter: optional(
    z.pipe(z.array(text.check(z.trim()), { error: 'Must be a list.' }), z.transform(mergePatterns)),
  ),
  environment_types_filter: optional(texts),
  /** Whether it had a secret, which is not in an exported file; null if it may have had one. */
  target_secret_set: z.nullish(yesOrNo),
});
/** A webhook as a file has it. What the file does not say is undefined. */
export type FiledWebhook = z.output<typeof filedWebhook>;

/** What a file holds: its rows in order, each a webhook, or in words what is wrong with it. */
export type FileRow = { webhook: FiledWebhook } | { problem: string };

/** A file that was chosen, with what of it is not wanted. */
export interface ChosenFile {
  name: string;
  rows: readonly FileRow[];
  /** The rows that stay out, by their places. */
  leftOut: ReadonlySet<number>;
}

/**
 * Reads an exported file, what an API answers when asked for its webhooks, or a plain list of those.
 *
 * @returns null if it is none of these.
 */
export function readWebhookFile(text: string): FileRow[] | null {
  const rows = listIn(text);
  return rows && rows.map(readRow);
}

function listIn(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    const list =
      typeof value === 'object' && value !== null && 'results' in value ? value.results : value;
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}

function readRow(value: unknown): FileRow {
  const read = z.safeParse(filedWebhook, value);
  if (read.success) return { webhook: read.data };
  const [first] = fieldErrorsOf(read.error);
  return { problem: `${first?.pointer ?? ''}: ${first?.message ?? ''}`.replace(/^: /, '') };
}

import * as z from 'zod/mini';

import { fieldErrorsOf } from '../../contract/api-error';
import { withDefault } from '../../contract/lenient';
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
    ...toWebhookRequest(webhook),
    target_secret_set: webhook.target_secret_set,
  }));
  return `${JSON.stringify({ results }, null, 2)}\n`;
}

const texts = withDefault(z.array(z.string({ error: 'Must be text.' })), []);

/** Kinds, events and modes are for the API to judge: it may know more of them than we do. */
const filedWebhook = z.object({
  kind: withDefault(z.string({ error: 'Must be text.' }), 'STANDARD'),
  target_url: z.string({ error: 'The URL is missing, or no text.' }),
  target_secret: z.optional(z.string({ error: 'Must be text.' })),
  description: withDefault(z.string({ error: 'Must be text.' }), ''),
  enabled: withDefault(z.boolean({ error: 'Must be true or false.' }), true),
  events: z.array(z.string({ error: 'Must be text.' }), { error: 'The events are missing.' }),
  project_names_filter: z.pipe(texts, z.transform(mergePatterns)),
  environment_types_filter: texts,
  /** Whether it had a secret, which is not in an exported file. */
  target_secret_set: withDefault(z.boolean({ error: 'Must be true or false.' }), false),
});
/** A webhook as a file has it. */
export type FiledWebhook = z.output<typeof filedWebhook>;

/** The request that creates it, or makes another one like it. */
export function requestOf(filed: FiledWebhook): WebhookRequest {
  const { target_secret } = filed;
  return { ...toWebhookRequest(filed), ...(target_secret !== undefined && { target_secret }) };
}

/** What a file holds: its rows in order, each a webhook, or in words what is wrong with it. */
export type FileRow = { webhook: FiledWebhook } | { problem: string };

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

import * as z from 'zod/mini';

import { fieldErrorsOf, type FieldError } from '../../contract/api-error';
import {
  mergePatterns,
  toWebhookRequest,
  webhookSchema,
  type Webhook,
  type WebhookRequest,
} from '../../contract/webhook';
import { fieldLabel } from '../webhooks/field-wording';
import { editedFields } from '../webhooks/merge-edits';

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
const filedWebhook = z.object(
  {
    kind: optional(text),
    target_url: z.string({ error: 'It is missing, or no text.' }).check(z.trim()),
    target_secret: optional(text),
    description: optional(text),
    enabled: optional(yesOrNo),
    events: optional(texts),
    project_names_filter: optional(
      z.pipe(
        z.array(text.check(z.trim()), { error: 'Must be a list.' }),
        z.transform(mergePatterns),
      ),
    ),
    environment_types_filter: optional(texts),
    /** Whether it had a secret, which is not in an exported file; null if it may have had one. */
    target_secret_set: z.nullish(yesOrNo),
  },
  { error: 'It is no webhook.' },
);
/** A webhook as a file has it. What the file does not say is undefined. */
export type FiledWebhook = z.output<typeof filedWebhook>;

/** What a file holds: its rows in order, each a webhook, or in words what is wrong with it. */
export type FileRow = ({ webhook: FiledWebhook } | { problem: string }) & {
  /** The members that are none of a webhook's. */
  notTaken: readonly string[];
};

/** Where something is wrong, in the words of the form, and what: `Events, 2: Must be text.` */
export function messageAt({ pointer, message }: FieldError): string {
  const [, member = '', index] = pointer.split('/');
  if (member === '') return message;
  const field = editedFields.find((each) => each === member);
  const place = field ? fieldLabel(field) : member;
  return `${place}${index === undefined ? '' : `, ${Number(index) + 1}`}: ${message}`;
}

/** A file that was chosen, with what of it is not wanted, and what has come of it already. */
export interface ChosenFile {
  name: string;
  rows: readonly FileRow[];
  /** The rows that stay out, by their places. */
  leftOut: ReadonlySet<number>;
  /** Those imported from it that had a secret, or may have had one, and are without. */
  withoutSecret: readonly Webhook[];
}

/**
 * Reads an exported file, what an API answers when asked for its webhooks, or a plain list of those.
 *
 * @throws {NoWebhookFile} if it is none of these.
 */
export function readWebhookFile(text: string): FileRow[] {
  const value = parse(text);
  const list =
    typeof value === 'object' && value !== null && 'results' in value ? value.results : value;
  if (!Array.isArray(list)) throw new NoWebhookFile('has no list of webhooks');
  return list.map(readRow);
}

/** What is wrong with a file, as the rest of a sentence about it. */
export class NoWebhookFile extends Error {
  override name = 'NoWebhookFile';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new NoWebhookFile('is no JSON, or is broken');
  }
}

function readRow(value: unknown): FileRow {
  const read = z.safeParse(filedWebhook, value);
  const notTaken = unknownMembers(value);
  if (read.success) return { webhook: read.data, notTaken };
  const [first] = fieldErrorsOf(read.error);
  return { problem: first ? messageAt(first) : '', notTaken };
}

/** What only the API says of a webhook, such as its id, is passed over as well, but known. */
const known = new Set([
  ...Object.keys(filedWebhook.shape),
  ...Object.keys(webhookSchema.def.in.shape),
]);

function unknownMembers(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.keys(value).filter((member) => !known.has(member));
}

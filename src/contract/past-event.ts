import * as z from 'zod/mini';

import { lenientList, withDefault } from './lenient';

/*
 * What was accepted so far, as the embedded API lists it: what a dry run of filters goes by. Read
 * leniently.
 */

/** A deployment event that was accepted, without what happened to its services. */
export const pastEventSchema = z.object({
  id: z.string(),
  accepted_at: z.string(),
  /** The event's own time, which is in its payload. */
  created_at: z.string(),
  event_type: z.string(),
  project: z.object({ id: z.string(), name: z.string() }),
  environment: z.object({ id: z.string(), name: z.string(), mode: z.string() }),
  /** Its delivery to the webhook that the list was asked for; null: it did not go there. */
  delivery_id: z.optional(z.nullable(z.string())),
});
export type PastEvent = z.output<typeof pastEventSchema>;

/** A page of past events, the last one accepted first. */
export const pastEventListSchema = lenientList(pastEventSchema);

/** How many past events look the same to the matcher. */
export const eventSummaryRowSchema = z.object({
  event_type: z.string(),
  mode: z.string(),
  project_name: z.string(),
  count: z.number(),
  /** When the last of them was accepted. */
  latest_at: withDefault(z.string(), null),
});
export type EventSummaryRow = z.output<typeof eventSummaryRowSchema>;

/** All past events since some time, by what the matcher looks at; the latest first. */
export const eventSummarySchema = lenientList(eventSummaryRowSchema);

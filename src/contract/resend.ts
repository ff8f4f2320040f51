import * as z from 'zod/mini';

import { time } from './deployment-event';
import { withDefault } from './lenient';
import { deploymentEventType } from './webhook';

/*
 * What is sent by hand: a test, a delivery again, all that ended without success. Requests are held to
 * the letter (null is absent, unknown members are dropped), answers are read leniently.
 */

const notAnObject = { error: 'The body must be a JSON object.' };

/**
 * The body of `POST …/webhook/{w}/test`; it may be absent. Without a type: the first of the webhook's
 * events. The answer is the attempt, as a row of the log in full.
 */
export const testRequestSchema = z.object(
  { event_type: z.nullish(deploymentEventType) },
  notAnObject,
);

/** The body of `POST …/event/{id}/redeliver`, which has nothing to say; it may be absent. */
export const redeliverRequestSchema = z.object({}, notAnObject);

/** What a redelivery answers: the delivery that is due now, whose id is its `webhook-id`. */
export const redeliveredSchema = z.object({ id: z.string() });

/** The body of `POST …/webhook/{w}/recover`; with `dry_run` it only counts. */
export const recoverRequestSchema = z.object(
  {
    since: time,
    dry_run: z.nullish(z.boolean({ error: 'Must be true or false.' })),
  },
  notAnObject,
);

/** What a dry run of a recovery answers. */
export const recoverableSchema = z.object({
  total: z.number(),
  /** The recovery of this webhook that is running; null if none is. */
  recovery_id: withDefault(z.string(), null),
});

/** What a recovery answers when it begins. */
export const recoveryStartedSchema = z.object({ id: z.string(), total: z.number() });

/** What a refusal (409) says besides, if another recovery of the webhook is still at work. */
export const recoveryAtWorkSchema = z.object({ recovery_id: z.string() });

/**
 * How far a recovery is: of `total` deliveries so many were made due (`queued`), and of these so many
 * are on their way (`pending`) or have ended. When all that there were have been queued, `total` is
 * their exact number.
 */
export const recoverySchema = z.object({
  id: z.string(),
  created_at: withDefault(z.string(), ''),
  since: withDefault(z.string(), ''),
  total: withDefault(z.number(), 0),
  queued: withDefault(z.number(), 0),
  pending: withDefault(z.number(), 0),
  succeeded: withDefault(z.number(), 0),
  failed: withDefault(z.number(), 0),
  /**
   * `running`, `done`, or `stopped`: the webhook was disabled or deleted before all were queued, and
   * the rest is as it was.
   */
  status: withDefault(z.string(), ''),
});
export type Recovery = z.output<typeof recoverySchema>;

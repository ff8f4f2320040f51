import * as z from 'zod/mini';

/*
 * What is sent by hand: a test, a delivery again, all that ended without success. Requests are held to
 * the letter (null is absent, unknown members are dropped), answers are read leniently.
 */

const notAnObject = { error: 'The body must be a JSON object.' };

/** The body of `POST …/event/{id}/redeliver`, which has nothing to say; it may be absent. */
export const redeliverRequestSchema = z.object({}, notAnObject);

/** What a redelivery answers: the delivery that is due now, whose id is its `webhook-id`. */
export const redeliveredSchema = z.object({ id: z.string() });
export type Redelivered = z.output<typeof redeliveredSchema>;

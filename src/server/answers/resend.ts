import * as z from 'zod/mini';

import { count, id, moment, namedMoment } from './parts';

/** The delivery that is due now. */
export const redeliveredAnswer = z.strictObject({ id });
export type RedeliveredResponse = z.output<typeof redeliveredAnswer>;

/** What a dry run of a recovery answers. */
export const recoverableAnswer = z.strictObject({
  total: count,
  recovery_id: z.nullable(id),
});
export type RecoverableResponse = z.output<typeof recoverableAnswer>;

/** A recovery that has begun. */
export const recoveryStartedAnswer = z.strictObject({ id, total: count });
export type RecoveryStartedResponse = z.output<typeof recoveryStartedAnswer>;

/** How far a recovery is. */
export const recoveryAnswer = z.strictObject({
  id,
  created_at: moment,
  since: namedMoment,
  total: count,
  queued: count,
  pending: count,
  succeeded: count,
  failed: count,
  status: z.enum(['running', 'done', 'stopped']),
});
export type RecoveryResponse = z.output<typeof recoveryAnswer>;

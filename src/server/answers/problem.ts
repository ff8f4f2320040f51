import * as z from 'zod/mini';

import { id } from './parts';

/** One thing wrong with a request. */
export const fieldErrorAnswer = z.strictObject({ pointer: z.string(), message: z.string() });

/** Every error of the API: problem details (RFC 9457), sent as `application/problem+json`. */
export const problemAnswer = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int().check(z.minimum(400), z.maximum(599)),
  detail: z.string(),
  errors: z.optional(z.array(fieldErrorAnswer)),
});
export type ProblemResponse = z.output<typeof problemAnswer>;

/** Why a recovery does not begin; if another one is at work, which one. */
export const recoverProblemAnswer = z.extend(problemAnswer, { recovery_id: z.optional(id) });
export type RecoverProblemResponse = z.output<typeof recoverProblemAnswer>;

import * as z from 'zod/mini';

import { moment } from './parts';

/** What works here beyond the Qovery API; the console switches on what is named. */
export const features = [
  'event-intake',
  'keeps-secret',
  'if-match',
  'warnings',
  'test',
  'redeliver',
  'recover',
  'organization-log',
  'health',
  'dry-run',
  // What is sent, and how it is signed, is known to the byte.
  'signature',
] as const;

/** What the API can do. */
export const capabilitiesAnswer = z.strictObject({
  version: z.string(),
  features: z.array(z.enum(features)),
});
export type CapabilitiesResponse = z.output<typeof capabilitiesAnswer>;

/** Who is signed in. */
export const sessionAnswer = z.strictObject({
  role: z.literal('admin'),
  expires_at: z.nullable(moment),
});
export type SessionResponse = z.output<typeof sessionAnswer>;

/** A code for `/sign-in#code=…`. */
export const signInCodeAnswer = z.strictObject({ code: z.string(), expires_at: moment });
export type SignInCodeResponse = z.output<typeof signInCodeAnswer>;

import * as z from 'zod/mini';

/** What signs a browser in: the code of a sign-in link, or the administrator's token. */
export const sessionRequestSchema = z.union(
  [z.object({ code: z.string() }), z.object({ token: z.string() })],
  { error: 'Send the code of a sign-in link or a token, as text.' },
);

/** Who is signed in, and until when if nothing is done meanwhile; a token has no such end (null). */
export const sessionSchema = z.object({ role: z.string(), expires_at: z.nullable(z.string()) });

/** A single-use code for `/sign-in#code=…`. */
export const signInCodeSchema = z.object({ code: z.string(), expires_at: z.string() });

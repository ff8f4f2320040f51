import * as z from 'zod/mini';

import { withDefault } from './lenient';
import { pointerStep } from './text';

/** One thing wrong with a request: where (a JSON pointer, RFC 6901) and what, as one would say it. */
export interface FieldError {
  pointer: string;
  message: string;
}

/** Reads a problem from any API, leniently: what is missing is empty. */
export const problemSchema = z.object({
  title: withDefault(z.string(), ''),
  detail: withDefault(z.string(), ''),
  errors: withDefault(z.array(z.object({ pointer: z.string(), message: z.string() })), []),
});

/** Nobody reads more, and a body of 256 KiB can be wrong in a hundred thousand places. */
export const mostFieldErrors = 100;

/**
 * What a schema found wrong, as the `errors` of a problem: at most one message for each place, and at
 * most 100 of them.
 */
export function fieldErrorsOf(error: z.core.$ZodError): FieldError[] {
  const found = new Map<string, FieldError>();
  for (const { path, message } of error.issues) {
    const pointer = path.map(pointerStep).join('');
    if (!found.has(pointer)) found.set(pointer, { pointer, message });
    if (found.size === mostFieldErrors) break;
  }
  return [...found.values()];
}

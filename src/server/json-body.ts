import type { Context } from 'hono';
import * as z from 'zod/mini';

import { fieldErrorsOf } from '../contract/api-error';
import { findTextProblem } from '../contract/text';
import { invalid, ProblemError } from './problem';

/** In bytes. */
const longestBody = 256 * 1024;

/**
 * Reads the body of a request as JSON and holds it to a schema.
 *
 * @throws {ProblemError} 415 if it is not declared as JSON, 413 if it is over 256 KiB (however it is
 *   sent), 400 if it is no JSON, cannot be stored (U+0000, lone surrogates), is nested too deeply, or
 *   is not what the schema says.
 */
export async function readJson<T>(c: Context, schema: z.core.$ZodType<T>): Promise<T> {
  requireJson(c);
  return check(parse(await readBytes(c)), schema);
}

/**
 * The same where a request need not say anything: no body is an empty object.
 *
 * @throws {ProblemError} as `readJson`, but for a body without a byte.
 */
export async function readOptionalJson<T>(c: Context, schema: z.core.$ZodType<T>): Promise<T> {
  const bytes = await readBytes(c);
  if (bytes.byteLength === 0) return check({}, schema);
  requireJson(c);
  return check(parse(bytes), schema);
}

function requireJson(c: Context): void {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') return;
  throw new ProblemError(415, 'Send the body as application/json.');
}

function check<T>(value: unknown, schema: z.core.$ZodType<T>): T {
  const textProblem = findTextProblem(value);
  if (textProblem) throw invalid([textProblem]);
  const result = z.safeParse(schema, value);
  if (!result.success) throw invalid(fieldErrorsOf(result.error));
  return result.data;
}

async function readBytes(c: Context): Promise<Uint8Array> {
  const declared = c.req.header('content-length');
  if (declared === undefined) return readStream(c);
  if (Number(declared) > longestBody) throw tooLong();
  // Node reads no further than was declared, and without a stream, which costs more than the rest.
  const bytes = new Uint8Array(await unlessCutOff(c.req.raw.arrayBuffer()));
  if (bytes.byteLength > longestBody) throw tooLong();
  return bytes;
}

async function readStream(c: Context): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = c.req.raw.body?.getReader();
  if (!reader) return new Uint8Array();
  for (;;) {
    const { done, value } = await unlessCutOff(reader.read());
    if (done) return Buffer.concat(chunks);
    length += value.byteLength;
    if (length > longestBody) {
      await reader.cancel();
      throw tooLong();
    }
    chunks.push(value);
  }
}

async function unlessCutOff<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch {
    throw new ProblemError(400, 'The connection ended before the whole body had come.');
  }
}

function tooLong(): ProblemError {
  return new ProblemError(413, 'The body is larger than 256 KiB.');
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parse(bytes: Uint8Array): unknown {
  let text;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new ProblemError(400, 'The body is not UTF-8.');
  }
  if (text.trim() === '') throw new ProblemError(400, 'The body is empty: send a JSON object.');
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError(400, 'The body is not valid JSON.');
  }
}

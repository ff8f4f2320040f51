import { STATUS_CODES } from 'node:http';

import type { Context } from 'hono';

import { retryAfterWait } from '../retry-after';
import { textAsJson } from '../json-response';
import { ProblemError, problemResponse } from '../problem';
import { errorWords } from './error-words';
import type { UpstreamAnswer, UpstreamCall } from './upstream';
import { doubt } from './upstream-fault';

interface Asked {
  method: UpstreamCall['method'];
  /** Takes the token out of a text. */
  masked: (text: string) => string;
}

/**
 * What the browser gets of an answer: its status, the text of its JSON or, of an error, its words as
 * problem details, and `Retry-After`; the token nowhere, whatever the API repeats.
 *
 * @throws {ProblemError} 502 for a redirect, and for a success that cannot be read.
 */
export function passOn(c: Context, answer: UpstreamAnswer, asked: Asked): Response {
  const { status } = answer;
  const headers = retryAfter(answer);
  if (status >= 300 && status < 400) {
    throw new ProblemError(
      502,
      `The Qovery API answered with a redirect (${status}), which is not followed. Check QOVERY_API_URL.`,
    );
  }
  if (status >= 400) {
    const problem = problemOf(answer, asked.masked);
    return problemResponse({ ...problem, options: { headers } });
  }
  if (asked.method === 'DELETE') return c.body(null, 204, headers);
  const text = readJsonText(answer.body, asked.masked);
  if (text !== null) return textAsJson(c, text, successOf(status), headers);
  const what = answer.body === null ? 'an answer that is too large' : 'something that is no JSON';
  throw new ProblemError(
    502,
    `The Qovery API gave ${what}.${asked.method === 'GET' ? '' : ` ${doubt}`}`,
  );
}

function successOf(status: number): 200 | 201 | 202 {
  return status === 201 || status === 202 ? status : 200;
}

/**
 * These speak of the connection to us or of our credentials there; to a browser they would say that it
 * has to sign in, or to ask anew.
 */
const oursAlone = new Set([401, 407, 408, 421, 425, 426, 431]);

function problemOf({ status, body }: UpstreamAnswer, masked: Asked['masked']) {
  const title = STATUS_CODES[status] ?? 'an unknown status';
  const words = body === null ? '' : errorWords(body.toString(), masked);
  const answered = `The Qovery API answered ${status} (${title})`;
  if (status === 401) {
    const refused = 'The Qovery API refused the token that this server has (QOVERY_API_TOKEN)';
    return { status: 502, detail: words === '' ? `${refused}.` : `${refused}: ${words}` };
  }
  const isOdd = oursAlone.has(status) || status > 599;
  if (status >= 500 || isOdd || words === '') {
    const detail = words === '' ? `${answered}.` : `${answered}: ${words}`;
    return { status: isOdd ? 502 : status, detail };
  }
  return { status, detail: words };
}

/** Only a number of seconds or a date is passed on. */
function retryAfter({ retryAfter }: UpstreamAnswer): Record<string, string> {
  const isReadable = retryAfter !== null && retryAfterWait(retryAfter, 0) !== null;
  return isReadable ? { 'retry-after': retryAfter } : {};
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * JSON as text, written anew: no escape can hide the token in it. Null if it is not whole, no JSON, or
 * none any more without the token.
 */
function readJsonText(body: Buffer | null, masked: Asked['masked']): string | null {
  if (body === null) return null;
  try {
    const text = JSON.stringify(JSON.parse(utf8.decode(body)));
    const passed = masked(text);
    if (passed !== text) JSON.parse(passed);
    return passed;
  } catch {
    return null;
  }
}

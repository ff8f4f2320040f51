import type { Context } from 'hono';

import { textAsJson } from '../json-response';
import type { Log } from '../log';
import { problemResponse } from '../problem';
import { retryAfterWait } from '../retry-after';
import { problemOf, type AnswerProblem } from './answer-problem';
import type { UpstreamCall } from './upstream';
import type { UpstreamAnswer } from './upstream-exchange';
import { doubt } from './upstream-fault';

interface Asked extends Pick<UpstreamCall, 'method' | 'path'> {
  /** Takes the token out of a text. */
  masked: (text: string) => string;
  log: Log;
}

/**
 * What the browser gets of an answer: its status, the text of its JSON or, of an error, its words as
 * problem details, and `Retry-After`; the token nowhere, whatever the API repeats. A redirect, and a
 * success that cannot be read, are a 502. What the API or this server is to blame for is a line in
 * the log, without its words.
 */
export function passOn(c: Context, answer: UpstreamAnswer, asked: Asked): Response {
  const { method, path, masked, log } = asked;
  const { status } = answer;
  const headers = retryAfter(answer);
  const text = status < 300 && method !== 'DELETE' ? readJsonText(answer.body, masked) : null;
  if (text !== null) return textAsJson(c, text, successOf(status), headers);
  if (status < 300 && method === 'DELETE') return c.body(null, 204, headers);
  const { errors, fault, ...problem } =
    status < 300 ? unreadable(answer, method) : problemOf(answer, { method, masked });
  if (problem.status >= 500) {
    log.warn({ method, path, status, ...(fault && { error: fault }) }, 'the Qovery API failed');
  }
  return problemResponse({ ...problem, options: { headers, ...(errors && { errors }) } });
}

function successOf(status: number): 200 | 201 | 202 {
  return status === 201 || status === 202 ? status : 200;
}

function unreadable({ body }: UpstreamAnswer, method: UpstreamCall['method']): AnswerProblem {
  const faults = {
    'too large': 'an answer that is too large',
    encoded: 'an answer in an encoding that it was not asked for',
  };
  const fault = Buffer.isBuffer(body) ? 'something that is no JSON' : faults[body];
  const advice = method === 'GET' ? 'Check QOVERY_API_URL.' : doubt;
  return {
    status: 502,
    detail: `The Qovery API gave ${fault}. ${advice}`,
    fault,
  };
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
function readJsonText(body: UpstreamAnswer['body'], masked: Asked['masked']): string | null {
  if (!Buffer.isBuffer(body)) return null;
  try {
    const text = JSON.stringify(JSON.parse(utf8.decode(body)));
    const passed = masked(text);
    if (passed !== text) JSON.parse(passed);
    return passed;
  } catch {
    return null;
  }
}

import type { IncomingHttpHeaders } from 'node:http';

import { mask, masking } from '../masking';

/** What came back, as bytes. */
interface RawResponse {
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Whether more of the body was to come. */
  cut: boolean;
}

/**
 * A response as it may be stored: several headers of one name are joined; the body is text, with
 * everything that is no UTF-8 and U+0000, at which the database would cut it, replaced by U+FFFD (a
 * character that a cut went through is dropped). Receivers that echo what they get send the secret
 * back: it is masked.
 */
export function storableResponse({ headers, body, cut }: RawResponse, secret: string | null) {
  const masked = masking(secret);
  const entries = Object.entries(headers).map(([name, value]) => [
    masked(name),
    masked(Array.isArray(value) ? value.join(', ') : (value ?? '')),
  ]);
  const text = masked(decode(body, cut));
  return {
    response_headers: Object.fromEntries(entries) as Record<string, string>,
    response_body: cut && secret !== null ? withoutBeginning(text, secret) : text,
  };
}

function decode(body: Buffer, cut: boolean): string {
  if (body.length === 0) return '';
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body, { stream: cut });
  return text.replaceAll('\u0000', '\ufffd');
}

/** A cut can leave the secret's first part at the end, which is not to be shown either. */
function withoutBeginning(text: string, secret: string): string {
  for (let length = secret.length - 1; length >= 4; length -= 1) {
    if (text.endsWith(secret.slice(0, length))) return text.slice(0, -length) + mask;
  }
  return text;
}

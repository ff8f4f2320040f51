import type { IncomingHttpHeaders } from 'node:http';

const mask = '••••••••';

/**
 * A response body as it may be stored: text, with everything that is no UTF-8 and U+0000, at which the
 * database would cut it, replaced by U+FFFD; and without the secret, which receivers that echo what
 * they get would put there.
 *
 * @param cut whether more was to come: a character that the cut went through is dropped.
 */
export function storableText(body: Buffer, cut: boolean, secret: string | null): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true })
    .decode(body, { stream: cut })
    .replaceAll('\u0000', '\ufffd');
  const masked = withoutSecret(text, secret);
  return cut && secret !== null ? withoutBeginning(masked, secret) : masked;
}

/** Response headers as they may be stored; several of one name are joined. */
export function storableHeaders(
  headers: IncomingHttpHeaders,
  secret: string | null,
): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    withoutSecret(name, secret?.toLowerCase() ?? null),
    withoutSecret(Array.isArray(value) ? value.join(', ') : (value ?? ''), secret),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Receivers echo as JSON, HTML or part of a URL, or as the bytes behind `whsec_…` never. */
function withoutSecret(text: string, secret: string | null): string {
  if (secret === null) return text;
  let masked = text;
  for (const form of formsOf(secret)) masked = masked.replaceAll(form, mask);
  return masked;
}

function formsOf(secret: string): Set<string> {
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  return new Set([
    secret,
    json,
    json.replaceAll('/', '\\/'),
    html,
    html.replaceAll("'", '&#39;'),
    html.replaceAll("'", '&#x27;'),
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
  ]);
}

/** A cut can leave the secret's first half at the end, which is not to be shown either. */
function withoutBeginning(text: string, secret: string): string {
  for (let length = secret.length - 1; length >= 4; length -= 1) {
    if (text.endsWith(secret.slice(0, length))) return text.slice(0, -length) + mask;
  }
  return text;
}

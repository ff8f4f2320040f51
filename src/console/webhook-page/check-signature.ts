import { encodedSecretPrefix, secretProblem } from '../../contract/secret';
import { deliveryHeaders, type HmacSha256 } from '../../contract/signature';

/** What somebody has pasted. */
export interface CheckedDelivery {
  /** A line each, as `name: value`; also as curl, proxies and JSON write them. */
  headers: string;
  body: string;
  secret: string;
}

/** Whether a delivery is ours, or the reason why not. */
export interface SignatureCheck {
  tone: 'valid' | 'invalid' | 'incomplete';
  words: string;
}

const invalid = (words: string): SignatureCheck => ({ tone: 'invalid', words });
const incomplete = (words: string): SignatureCheck => ({ tone: 'incomplete', words });

/** How old a delivery may be for the libraries of Standard Webhooks, in seconds. */
const tolerance = 300;

/**
 * Verifies the signature of a delivery as a receiver does.
 *
 * @param now milliseconds since 1970.
 */
export function checkSignature(
  { headers: text, body, secret }: CheckedDelivery,
  hmacSha256: HmacSha256,
  now: number,
): SignatureCheck {
  if (text.trim() === '') return incomplete('Paste the headers.');
  const headers = readHeaders(text);
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
  const missing = names.filter((name) => !headers.get(name));
  if (missing.length > 0) {
    return missing.length < names.length && missing.includes('webhook-signature')
      ? invalid('webhook-signature is missing. Without a secret, deliveries are not signed.')
      : invalid(`${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing.`);
  }
  const [id = '', stamp = '', given = ''] = names.map((name) => headers.get(name));
  if (given.includes('•')) {
    return invalid(
      'The signature is masked, as in the log here. Paste the headers as your receiver got them.',
    );
  }
  if (!/^\d{1,12}$/.test(stamp)) {
    return invalid('webhook-timestamp must be a number of seconds since 1970.');
  }
  if (body === '') return incomplete('Paste the body.');
  if (secret === '') return incomplete('Enter the secret.');
  const signs = (content: string, key = secret) =>
    given.split(' ').includes(signatureOf({ id, stamp, body: content, secret: key }, hmacSha256));
  if (signs(body)) return { tone: 'valid', words: validWords(Number(stamp), now) };
  return invalid(whyNot({ body, secret, given, sent: headers.get('qovery-secret') }, signs));
}

function signatureOf(
  { id, stamp, body, secret }: { id: string; stamp: string; body: string; secret: string },
  hmacSha256: HmacSha256,
): string {
  const delivery = { id, timestamp: Number(stamp), body, secret };
  return deliveryHeaders(delivery, hmacSha256)['webhook-signature'] ?? '';
}

function validWords(timestamp: number, now: number): string {
  const age = Math.abs(now / 1000 - timestamp);
  return age <= tolerance
    ? 'Valid: signed with this secret, and not changed on the way.'
    : 'Valid: signed with this secret, and not changed on the way. But it is more than 5 minutes old: libraries refuse it now, since somebody may be sending it again.';
}

/** The mistakes that receivers make most often are tried out. */
function whyNot(
  {
    body,
    secret,
    given,
    sent,
  }: {
    body: string;
    secret: string;
    given: string;
    /** The secret that it was sent with, which is in a header of its own. */
    sent: string | undefined;
  },
  signs: (body: string, secret?: string) => boolean,
): string {
  if (!given.split(' ').some((each) => each.startsWith('v1,'))) {
    return 'webhook-signature must be v1, and the base64 of the signature.';
  }
  if (signs(body.trim())) {
    return 'Not valid as it is, but without the white space around the body it would be.';
  }
  const compact = compacted(body);
  if (compact !== null && signs(compact)) {
    return 'Not valid: the body was written anew as JSON. Verify it as it came, before it is parsed.';
  }
  if (secret !== secret.trim() && signs(body, secret.trim())) {
    return 'Not valid: there is white space around the secret.';
  }
  if (signs(body, encodedSecretPrefix + secret)) {
    return 'Not valid: the secret begins with whsec_, which belongs to it.';
  }
  if (sent === secret) {
    return 'Not valid: the secret is right, but the body, webhook-id or webhook-timestamp was changed.';
  }
  if (sent !== undefined && !sent.includes('•')) {
    return 'Not valid: it was signed with another secret than this.';
  }
  const problem = secretProblem(secret);
  return problem === null
    ? 'Not valid: the secret is another, or the body was changed.'
    : `Not valid. ${problem}`;
}

function compacted(body: string): string | null {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return null;
  }
}

/** `> Webhook-Id: x`, `webhook-id: x`, `"webhook-id": "x",` alike, and JSON as a whole. */
function readHeaders(text: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of membersOf(text) ?? text.split('\n').map(readLine)) {
    if (/^[\w-]+$/.test(name)) headers.set(headerName(name), value);
  }
  return headers;
}

/** As CGI, WSGI and PHP name them, too: `HTTP_WEBHOOK_ID`. */
function headerName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^http_/, '')
    .replaceAll('_', '-');
}

/** The members of a JSON object, or of the `headers` within; null if it is none. */
function membersOf(text: string): [name: string, value: string][] | null {
  try {
    const parsed: unknown = JSON.parse(text);
    if (!isObject(parsed)) return null;
    const headers = isObject(parsed['headers']) ? parsed['headers'] : parsed;
    return Object.entries(headers).map(([name, value]) => [name, String(value)]);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Cut at the first colon; some write `=`. No name: it is no header. */
function readLine(line: string): [name: string, value: string] {
  const at = line.search(/[:=]/);
  const value = line.slice(at + 1).trim();
  return [
    at < 0 ? '' : line.slice(0, at).replaceAll(/[\s>{"']/g, ''),
    value.replace(/^(["'])(.*)\1,?$/, '$2'),
  ];
}

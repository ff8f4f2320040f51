import { encodeBase64, signingKey } from './secret';

/** HMAC-SHA256 of a message under a key; each platform brings its own. */
export type HmacSha256 = (key: Uint8Array, message: Uint8Array) => Uint8Array;

/** What the headers of an attempt are made of. */
export interface SignedDelivery {
  /** The delivery's id: the same on every attempt, so that receivers can drop repeats. */
  id: string;
  /** The attempt's start, in whole seconds since 1970. */
  timestamp: number;
  /** The exact text that is sent. */
  body: string;
  /** In plain text; null if the webhook has none. */
  secret: string | null;
  /** Whether it was sent by hand to try the receiver. */
  test?: boolean;
}

const mask = '••••••••';

/**
 * All headers of an attempt that are ours, with lower-case names. With a secret: the signature of
 * Standard Webhooks (https://www.standardwebhooks.com, HMAC-SHA256 over `id.timestamp.body`), and
 * the secret itself under the two names by which receivers of Qovery know it (the API reference says
 * `Qovery-Signature`, the documentation `Qovery-Secret`).
 */
export function deliveryHeaders(
  { id, timestamp, body, secret, test = false }: SignedDelivery,
  hmacSha256: HmacSha256,
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'webhook-console/1 (Standard Webhooks)',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    ...(secret !== null && {
      'webhook-signature': sign(`${id}.${timestamp}.${body}`, secret, hmacSha256),
      'qovery-signature': secret,
      'qovery-secret': secret,
    }),
    ...(test && { 'webhook-test': 'true' }),
  };
}

function sign(content: string, secret: string, hmacSha256: HmacSha256): string {
  const digest = hmacSha256(signingKey(secret), new TextEncoder().encode(content));
  return `v1,${encodeBase64(digest)}`;
}

/** The headers that carry the secret itself. */
export const secretHeaders: readonly string[] = ['qovery-signature', 'qovery-secret'];

/** The same headers as they may be stored and shown: the secret and the signature are masked. */
export function maskDeliveryHeaders(headers: Record<string, string>): Record<string, string> {
  const masked = { ...headers };
  for (const name of secretHeaders) {
    if (name in masked) masked[name] = mask;
  }
  if ('webhook-signature' in masked) masked['webhook-signature'] = `v1,${mask}`;
  return masked;
}

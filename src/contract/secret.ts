/** The prefix of secrets that Standard Webhooks encodes as base64. */
export const encodedSecretPrefix = 'whsec_';

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const printableAscii = /^[\x20-\x7e]*$/;

/**
 * What is wrong with a secret (1–256 printable ASCII characters without space at the ends, or
 * `whsec_` and the base64 of 24–64 bytes, as the Standard Webhooks specification asks), in words, or
 * null. The empty text, which removes a secret, is for the caller to tell apart.
 */
export function secretProblem(secret: string): string | null {
  if (secret.length > 256) return 'The secret is longer than 256 characters.';
  if (!printableAscii.test(secret)) {
    return 'The secret may only have printable ASCII characters: it travels in a header.';
  }
  if (secret !== secret.trim()) return 'The secret must not begin or end with a space.';
  if (secret.startsWith(encodedSecretPrefix)) {
    const bytes = decodeBase64(secret.slice(encodedSecretPrefix.length));
    if (!bytes || bytes.length < 24 || bytes.length > 64) {
      return `After ${encodedSecretPrefix} there must be the base64 of 24 to 64 bytes.`;
    }
  }
  return null;
}

/**
 * The key that a secret signs with: what `whsec_…` encodes (Standard Webhooks), else its own bytes.
 * A `whsec_…` that is no base64, which no request brings in, counts as text.
 */
export function signingKey(secret: string): Uint8Array {
  const decoded = secret.startsWith(encodedSecretPrefix)
    ? decodeBase64(secret.slice(encodedSecretPrefix.length))
    : null;
  return decoded ?? new TextEncoder().encode(secret);
}

function decodeBase64(text: string): Uint8Array | null {
  if (!base64.test(text)) return null;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Bytes as base64, with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

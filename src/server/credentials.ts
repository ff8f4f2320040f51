import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new token, session id or code: 256 random bits that fit into a URL. */
export function randomCredential(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What is kept of a credential instead of itself. They are long and random, so that no salt and no
 * slow hash is needed.
 */
export function hashCredential(credential: string): string {
  return createHash('sha256').update(credential).digest('hex');
}

/** Makes the check whether a text is a credential, in a time that says nothing about where they differ. */
export function credentialCheck(credential: string): (text: string) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(credential);
  return (text) => timingSafeEqual(digest(text), expected);
}

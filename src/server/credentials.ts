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

/** Whether two credentials are the same, in a time that says nothing about where they differ. */
export function isSameCredential(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

import { StartError } from './start-error';

/**
 * Holds an admin token to what can stand in a header.
 *
 * @param source where it comes from: the token itself is never quoted.
 * @throws {StartError} if it cannot.
 */
export function requireAdminToken(token: string, source: string): string {
  if (/^[\x21-\x7e]{1,1024}$/.test(token)) return token;
  throw new StartError(
    `${source} must be printable ASCII characters without spaces, at most 1,024 of them.`,
  );
}

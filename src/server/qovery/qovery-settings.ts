import { StartError } from '../start-error';

/** Where a Qovery API is and what opens it. */
export interface QoverySettings {
  /** Without a slash at the end; may have a path. */
  url: string;
  /** Never in an answer, a log line or a message. */
  token: string;
}

/** Shorter, it would be found by chance in answers, where it is masked. */
const shortestToken = 8;

/** Far more than a JWT takes; headers of more than 16 KiB are refused by most servers. */
const longestToken = 8192;

/**
 * Reads `QOVERY_API_URL` and `QOVERY_API_TOKEN`; null if neither is set. An empty variable counts as
 * unset. No value is ever quoted.
 *
 * @throws {StartError} naming the variable that is missing or bad, and what it should be.
 */
export function readQoverySettings(
  env: Readonly<Record<string, string | undefined>>,
): QoverySettings | null {
  const { QOVERY_API_URL: url, QOVERY_API_TOKEN: token } = env;
  if (!url && !token) return null;
  if (!url) {
    throw new StartError(
      'QOVERY_API_URL must be set where QOVERY_API_TOKEN is, such as https://api.qovery.com.',
    );
  }
  if (!token) throw new StartError('QOVERY_API_TOKEN must be set where QOVERY_API_URL is.');
  return { url: readUrl(url), token: readToken(token) };
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url && !/[?#]/.test(text) && url.username === '' && url.password === '';
  if (!isPlain || !/^https?:$/.test(url.protocol)) {
    throw new StartError(
      'QOVERY_API_URL must be an http or https address without credentials and query, such as https://api.qovery.com.',
    );
  }
  return url.href.replace(/\/+$/, '');
}

function readToken(token: string): string {
  const { length } = token;
  if (/^[\x21-\x7e]*$/.test(token) && length >= shortestToken && length <= longestToken) {
    return token;
  }
  throw new StartError(
    'QOVERY_API_TOKEN must be the token alone: 8 to 8,192 printable ASCII characters without spaces.',
  );
}

/** What stands before the token in `Authorization`: a JWT is a `Bearer`, an API token a `Token`. */
export function authorizationOf(token: string): string {
  return `${isJwt(token) ? 'Bearer' : 'Token'} ${token}`;
}

/** Three parts in base64url, of which the first is a JSON object (RFC 7519). */
function isJwt(token: string): boolean {
  const header = /^([\w-]+)\.[\w-]+\.[\w-]*$/.exec(token)?.[1];
  if (header === undefined) return false;
  try {
    const value: unknown = JSON.parse(Buffer.from(header, 'base64url').toString());
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

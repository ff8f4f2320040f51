import { characterCount } from './text';

const longest = 2048;

/** What is wrong with a webhook's URL (trimmed before), as one would say it, or null. */
export function targetUrlProblem(url: string): string | null {
  if (url === '') return 'Enter the URL that deployment events are sent to.';
  if (!/^https?:\/\//i.test(url)) return 'The URL must start with http:// or https://.';
  if (characterCount(url) > longest) return 'The URL is longer than 2,048 characters.';
  if (/[\t\n\r]/.test(url)) return 'The URL must not contain tabs or line breaks.';
  const parsed = parseUrl(url);
  if (!parsed) return 'This is not a valid URL.';
  if (parsed.username !== '' || parsed.password !== '') {
    return 'The URL must not contain a user name or password; use the secret instead.';
  }
  return null;
}

/** The URL, or null if it is none. */
export function parseUrl(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}

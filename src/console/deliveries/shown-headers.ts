import { displayUrl } from '../../contract/display-url';
import type { WebhookEvent } from '../../contract/webhook-event';

type Answered = Pick<WebhookEvent, 'response_headers' | 'target_url_used' | 'kind'>;

/** The URL in a `location`, as it may be seen; null if there is none in it. */
export function shownLocation(
  location: string,
  { target_url_used, kind }: Omit<Answered, 'response_headers'>,
): string | null {
  if (location === '' || !URL.canParse(location, target_url_used)) return null;
  return displayUrl(new URL(location, target_url_used).href, kind);
}

/** The headers of an answer as they may be seen: what leads to a URL that is a secret is masked. */
export function shownResponseHeaders(answered: Answered): Record<string, string> | null {
  const { response_headers: headers, target_url_used } = answered;
  if (!headers) return null;
  const shown = { ...headers };
  for (const name of ['location', 'content-location']) {
    const value = headers[name];
    const url = value === undefined ? null : shownLocation(value, answered);
    // What hides nothing stays as it was sent, also where it is relative.
    if (url !== null && url !== new URL(value ?? '', target_url_used).href) shown[name] = url;
  }
  return shown;
}

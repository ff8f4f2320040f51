import { parseUrl } from './target-url';

/** Services whose URL alone lets anybody post, and how much of its path says what it is. */
const secretUrls: { host: RegExp; path: RegExp }[] = [
  { host: /^hooks\.slack(?:-gov)?\.com$/, path: /^(?:\/(?:services|workflows|triggers)\b)?/i },
  { host: /^hooks\.zapier\.com$/, path: /^(?:\/hooks\/[a-z]+)?/i },
  { host: /^hook\.(?:[^.]+\.)?make\.com$/, path: /^/ },
  { host: /(?:^|\.)webhook\.office\.com$/, path: /^(?:\/webhookb2)?/i },
  { host: /^outlook\.office(?:365)?\.com$/, path: /^\/webhook/i },
  { host: /(?:^|\.)logic\.azure\.com$/, path: /^(?:\/workflows)?/i },
  { host: /(?:^|\.)powerplatform\.com$/, path: /^(?:\/powerautomate)?/i },
  { host: /^(?:[^.]+\.)*discord(?:app)?\.com$/, path: /^\/api\/(?:v\d+\/)?webhooks/i },
  { host: /^chat\.googleapis\.com$/, path: /^\/v1\/spaces/i },
  { host: /^api\.telegram\.org$/, path: /^/ },
];

/**
 * A webhook's URL as it may be seen outside the form: `example.org/hook?x=1` stays as it is, and one
 * that is itself a secret shows its host, what it is, and its last four characters, by which two can
 * be told apart: `hooks.slack.com/services/…wxyz`.
 *
 * @param kind the webhook's kind; every URL of kind SLACK counts as a secret.
 */
export function displayUrl(url: string, kind?: string): string {
  const parsed = parseUrl(url);
  if (!parsed) return url.length > 8 ? `…${url.slice(-4)}` : '…';
  const host = parsed.host.replace(/\.(?=:\d+$|$)/, '');
  const path = parsed.pathname.replaceAll(/\/{2,}/g, '/');
  const hostname = host.replace(/:\d+$/, '');
  const service = secretUrls.find((each) => each.host.test(hostname) && each.path.test(path));
  if (!service && kind !== 'SLACK') return withoutCredentials(url, parsed);

  const said = service?.path ?? /^(?:\/[^/]+(?=\/.))?/;
  const shown = said.exec(path)?.[0] ?? '';
  const hidden = (path.slice(shown.length) + parsed.search).replace(/\/+$/, '');
  if (hidden === '') return host + shown;
  // Never more than a third of what is hidden.
  const told = Math.min(4, Math.floor(hidden.length / 3));
  return `${host}${shown}/…${hidden.slice(hidden.length - told)}`;
}

/** No request brings credentials in; another API's webhook might have some. */
function withoutCredentials(url: string, parsed: URL): string {
  if (parsed.username === '' && parsed.password === '') return url;
  return url.replace(/^(https?:\/\/)[^/?#]*@/i, '$1…@');
}

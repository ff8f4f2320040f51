import { parseUrl } from './target-url';

/** Services whose URL alone lets anybody post, and how much of its path says what it is. */
const secretUrls: { host: RegExp; path: RegExp }[] = [
  { host: /^hooks\.slack(?:-gov)?\.com$/, path: /^\/[^/]+/ },
  { host: /^(?:[^.]+\.)*discord(?:app)?\.com$/, path: /^\/api\/(?:v\d+\/)?webhooks/ },
  { host: /(?:^|\.)webhook\.office\.com$/, path: /^\/webhookb2/ },
  { host: /^outlook\.office(?:365)?\.com$/, path: /^\/webhook/ },
  { host: /(?:^|\.)logic\.azure\.com$/, path: /^\/workflows/ },
  { host: /(?:^|\.)powerplatform\.com$/, path: /^\/powerautomate/ },
  { host: /^hooks\.zapier\.com$/, path: /^\/hooks\/catch/ },
  { host: /^hook\.(?:[^.]+\.)?make\.com$/, path: /^/ },
  { host: /^chat\.googleapis\.com$/, path: /^\/v1\/spaces/ },
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
  const service = secretUrls.find(
    ({ host, path }) => host.test(parsed.hostname) && path.test(parsed.pathname),
  );
  if (!service && kind !== 'SLACK') return withoutCredentials(url, parsed);

  const shown = service
    ? (service.path.exec(parsed.pathname)?.[0] ?? '')
    : (/^\/[^/]+(?=\/)/.exec(parsed.pathname)?.[0] ?? '');
  const hidden = url.slice(url.indexOf(parsed.host) + parsed.host.length + shown.length);
  if (hidden.length === 0 || hidden === '/') return parsed.host + shown;
  const ending = hidden.length >= 12 ? hidden.slice(-4) : '';
  return `${parsed.host}${shown}/…${ending}`;
}

/** No request brings credentials in; another API's webhook might have some. */
function withoutCredentials(url: string, parsed: URL): string {
  if (parsed.username === '' && parsed.password === '') return url;
  return url.replace(/^(https?:\/\/)[^/?#]*@/i, '$1…@');
}

/** What stands where a secret was. */
export const mask = '••••••••';

/** Makes what replaces a secret in a text, however that writes it; without a secret nothing is. */
export function masking(secret: string | null): (text: string) => string {
  if (secret === null) return (text) => text;
  const forms = formsOf(secret);
  return (text) => forms.reduce((masked, form) => masked.replaceAll(form, mask), text);
}

const plain = /^[\w.-]*$/;

/** How an answer may write a secret that it repeats: as it is, in JSON, HTML, or a URL; in a header's name. */
function formsOf(secret: string): string[] {
  if (plain.test(secret)) return [...new Set([secret, secret.toLowerCase()])];
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  const forms = [
    secret,
    secret.toLowerCase(),
    json,
    json.replaceAll('/', '\\/'),
    html,
    html.replaceAll("'", '&#39;'),
    html.replaceAll("'", '&#x27;'),
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
  ];
  return [...new Set(forms)];
}

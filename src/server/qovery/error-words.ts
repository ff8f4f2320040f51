/** Longer is no sentence. In characters. */
const mostCharacters = 500;

/**
 * The words of an error's body, as plain text in one line: the message of a JSON object, whoever's
 * style it has, or what a page says. Empty if there are none. At most 500 characters.
 *
 * @param masked takes the token out of a text.
 */
export function errorWords(body: string, masked: (text: string) => string): string {
  const said = wordsOfJson(body) ?? wordsOfPage(body);
  // In one line first: what is taken out may otherwise come together only then.
  const line = masked(said.replace(/[\s\p{Cc}]+/gu, ' ').trim());
  const characters = [...line];
  if (characters.length <= mostCharacters) return line;
  return `${characters.slice(0, mostCharacters - 1).join('')}…`;
}

/** From the most telling down: problem details, Qovery, OAuth. */
const members = ['detail', 'message', 'error_description', 'error', 'title'];

/** Null if it is no JSON. */
function wordsOfJson(body: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const found = members.map((name) => (value as Record<string, unknown>)[name]);
  return (found.find((text) => typeof text === 'string' && text.trim() !== '') as string) ?? '';
}

/** What people would see of an HTML page; any other text as it is. */
function wordsOfPage(body: string): string {
  if (!/<[a-z!/]/i.test(body)) return body;
  return body
    .replace(/<!--[\s\S]*?-->|<(head|script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>/g, ' ');
}

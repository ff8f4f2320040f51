import { parseUrl } from '../../contract/target-url';

/** The variables that stand in the command for what nobody else may read, or is not there yet. */
const secretVariable = 'WEBHOOK_SECRET';
const urlVariable = 'WEBHOOK_URL';

/** Stands for the secret among the headers of a command. */
export const secretInShell = `$${secretVariable}`;

/** Longer arguments are refused by Linux (128 KiB); a shell's own `printf` has no such limit. */
const longestArgument = 100_000;

/**
 * A command for a POSIX shell that sends a body as a webhook does, but for what is made of the secret:
 * the signature is left out, and the secret is a variable to be set first.
 *
 * @param headers made with `secretInShell` as the secret.
 */
export function curlCommand(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): string {
  const isLong = new TextEncoder().encode(body).length > longestArgument;
  const target = url === '' ? `"$${urlVariable}"` : quote(asciiUrl(url));
  // Brackets and braces would be patterns to curl.
  const plainly = /[[\]{}]/.test(url) ? '--globoff ' : '';
  const lines = [`curl -X POST ${plainly}${target}`];
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'webhook-signature') continue;
    const isSecret = value === secretInShell;
    lines.push(isSecret ? `-H "${name}: ${value}"` : `-H ${quote(`${name}: ${value}`)}`);
  }
  lines.push(isLong ? '--data-binary @-' : `--data-raw ${quote(body)}`);
  const command = lines.join(' \\\n  ');
  return isLong ? `printf %s ${quote(body)} | ${command}` : command;
}

/** A URL with other characters as they travel: curl would send them as they are, which no server reads. */
function asciiUrl(url: string): string {
  return /^[\x20-\x7e]*$/.test(url) ? url : (parseUrl(url)?.href ?? url);
}

/** What has to be set in the shell before the command is run; null if nothing. */
export function curlNeeds(url: string, isSigned: boolean): string | null {
  const names = [url === '' && urlVariable, isSigned && secretVariable].filter(Boolean);
  return names.length === 0 ? null : names.join(' and ');
}

/** A text as one word of a POSIX shell: nothing means anything within single quotes, but a single quote. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

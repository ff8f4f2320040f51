import { count } from '../numbers';

/** What a page draws at once without becoming slow. */
const mostCharacters = 16_000;

/** The beginning of a text that is too long to be drawn, up to the end of a line where that is near. */
export function cutText(text: string): string {
  if (text.length <= mostCharacters) return text;
  const start = text.slice(0, mostCharacters);
  const line = start.lastIndexOf('\n');
  // Never half of a character.
  return line > mostCharacters / 2 ? start.slice(0, line) : start.replace(/[\ud800-\udbff]$/, '');
}

/** Says that only the beginning of a text is drawn, and where the rest is. */
export function CutNotice({ text, shown }: { text: string; shown: string }) {
  if (text.length === shown.length) return null;
  return (
    <p className="mt-2 rounded-md bg-warning-soft px-2.5 py-1.5 font-sans text-warning">
      Cut here: the first {count(shown.length)} of {count(text.length)} characters. Copy gives all
      of it.
    </p>
  );
}

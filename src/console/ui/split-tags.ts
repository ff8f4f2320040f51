/** What separates texts that are typed or pasted as a list. */
export const tagSeparator = /[\n\r\t,]+/;

/** The texts of a list that was typed or pasted: trimmed, without empty ones. */
export function splitTags(text: string): string[] {
  return text
    .split(tagSeparator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

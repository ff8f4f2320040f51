/** A part of a text in Slack's mrkdwn. */
export type MrkdwnPart =
  | { type: 'text' | 'code' | 'link'; text: string }
  | { type: 'bold' | 'italic' | 'strike'; parts: MrkdwnPart[] }
  | { type: 'date'; unix: number; format: string; fallback: string };

const styles = { '*': 'bold', _: 'italic', '~': 'strike' } as const;

/**
 * Code; what stands in angle brackets; and what stands between two marks of a style within a line,
 * which count only where no letter or digit touches them from outside and no space from inside.
 */
const marked =
  /`([^`\n]+)`|<([^<>\n]+)>|(?<![\p{L}\p{N}])([*_~])(?!\s|\3)([^\n]+?)(?<!\s)\3(?![\p{L}\p{N}])/gu;

/**
 * Reads as much of mrkdwn as our messages contain, also where names from outside happen to look like
 * it. What is not understood stays text.
 */
export function parseMrkdwn(text: string): MrkdwnPart[] {
  const parts: MrkdwnPart[] = [];
  let end = 0;
  for (const match of text.matchAll(marked)) {
    const [whole, code, bracketed, mark, styled = ''] = match;
    if (match.index > end) parts.push(plain(text.slice(end, match.index)));
    if (code !== undefined) parts.push({ type: 'code', text: readEntities(code) });
    else if (bracketed !== undefined) parts.push(readBracketed(bracketed));
    else if (mark === '*' || mark === '_' || mark === '~') {
      parts.push({ type: styles[mark], parts: parseMrkdwn(styled) });
    }
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push(plain(text.slice(end)));
  return parts;
}

/** A time, a link, or someone who is called: `<!date^…|…>`, `<https://…|words>`, `<!here>`. */
function readBracketed(content: string): MrkdwnPart {
  const bar = content.indexOf('|');
  const target = bar < 0 ? content : content.slice(0, bar);
  const words = bar < 0 ? null : readEntities(content.slice(bar + 1));
  const [, unix, format] = /^!date\^(-?\d+)\^([^^]+)/.exec(target) ?? [];
  if (unix !== undefined && format !== undefined) {
    return { type: 'date', unix: Number(unix), format, fallback: words ?? '' };
  }
  return { type: 'link', text: words ?? readEntities(target.replace(/^!/, '@')) };
}

const emoji: Record<string, string> = {
  ':rocket:': '🚀',
  ':white_check_mark:': '✅',
  ':x:': '❌',
  ':no_entry_sign:': '🚫',
};

/** The text as it is read: entities and the names of those emoji that our messages use. */
function plain(text: string): MrkdwnPart {
  return { type: 'text', text: readPlainText(text) };
}

/** A text without marks, such as that of a header. */
export function readPlainText(text: string): string {
  return readEntities(text.replaceAll(/:[a-z_]+:/g, (name) => emoji[name] ?? name));
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

function readEntities(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity);
}

const dayLength = 86_400_000;

/**
 * A `<!date^…>` as its reader sees it, in their own zone unless another is named. The fallback, as
 * Slack does, where the format has something that we do not know.
 */
export function slackDate(
  { unix, format, fallback }: { unix: number; format: string; fallback: string },
  now: number,
  timeZone?: string,
): string {
  const time = unix * 1000;
  if (Number.isNaN(new Date(time).getTime())) return fallback;
  const inZone = timeZone === undefined ? {} : { timeZone };
  const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', ...inZone });
  const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium', ...inZone });
  const near = { Yesterday: now - dayLength, Today: now, Tomorrow: now + dayLength };
  const date = day.format(time);
  const [word] = Object.entries(near).find(([, each]) => day.format(each) === date) ?? [];
  const read = format
    .replaceAll('{date_short_pretty}', word ?? date)
    .replaceAll('{time_secs}', clock.format(time));
  return /\{\w+\}/.test(read) ? fallback : read;
}

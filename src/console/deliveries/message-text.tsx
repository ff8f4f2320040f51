import { CopyButton } from '../ui/copy-button';
import { CutNotice, cutText } from '../ui/cut-text';
import { JsonText } from '../ui/json-text';

interface MessageTextProps {
  title: string;
  /** The line above the headers. */
  first: string;
  headers: Record<string, string> | null;
  /** Null: there is none. */
  body: string | null;
  /** So much of a body is kept, in bytes. */
  kept?: number;
}

const bytes = new Intl.NumberFormat('en', { style: 'unit', unit: 'byte', unitDisplay: 'long' });
const kilobytes = new Intl.NumberFormat('en', {
  style: 'unit',
  unit: 'kilobyte',
  maximumFractionDigits: 1,
});

/** `1.4 kB`, `12 bytes`. */
function formatSize(size: number): string {
  return size < 1000 ? bytes.format(size) : kilobytes.format(size / 1000);
}

/** A character that the limit went through is dropped: it has at most four bytes. */
const widestCharacter = 4;

const box =
  'rounded-lg border border-line bg-sunken px-3 py-2.5 font-mono text-xs leading-4.5 wrap-anywhere whitespace-pre-wrap';

/** A request or an answer as it went over the wire. All of it is only ever text. */
export function MessageText({ title, first, headers, body, kept }: MessageTextProps) {
  const size = body === null ? 0 : new TextEncoder().encode(body).length;
  const isCut = kept !== undefined && size > kept - widestCharacter;
  const about = title.toLowerCase();
  const pretty = body === null ? '' : indented(body);
  const shown = cutText(pretty);
  return (
    <section aria-label={title} className="min-w-0 space-y-2">
      <h3 className="font-semibold">{title}</h3>
      <p className={`${box} font-medium`}>{first}</p>
      {headers && Object.keys(headers).length > 0 && (
        <dl className={box}>
          {Object.entries(headers).map(([name, value]) => (
            <div key={name}>
              <dt className="inline">
                <span className="text-accent-text">{name}</span>
                {': '}
              </dt>
              <dd className="inline">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <div className="flex min-h-9 items-center justify-between gap-2 text-muted">
        <span>
          {body === null || body === '' ? 'No body' : `Body, ${formatSize(size)}`}
          {isCut && ': only its beginning is kept'}
        </span>
        {body && <CopyButton label={`Copy the body of the ${about}`} text={body} />}
      </div>
      {body && (
        <pre
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keys
          tabIndex={0}
          aria-label={`Body of the ${about}`}
          className={`${box} max-h-105 overflow-auto`}
        >
          {looksLikeJson(body) ? <JsonText text={shown} /> : shown}
          <CutNotice text={pretty} shown={shown} />
        </pre>
      )}
    </section>
  );
}

const looksLikeJson = (text: string) => /^\s*[[{]/.test(text);

/** JSON in lines, as one reads it; anything else as it is. Numbers stay as they are written. */
function indented(text: string): string {
  if (!looksLikeJson(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    const lines = JSON.stringify(value, null, 2);
    // A number that this language cannot hold would be shown as another.
    return JSON.stringify(value) === text.trim() ? lines : text;
  } catch {
    return text;
  }
}

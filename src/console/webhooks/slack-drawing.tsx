import { Webhook } from 'lucide-react';
import { memo, type ReactNode } from 'react';

import { useNow } from '../ui/relative-time';
import { parseMrkdwn, readPlainText, slackDate, type MrkdwnPart } from './mrkdwn';

/** As much of a text object and a block as is drawn; others may come. */
interface DrawnText {
  type: string;
  text?: string;
}
interface DrawnBlock {
  type: string;
  text?: DrawnText;
  fields?: DrawnText[];
  elements?: DrawnText[];
}

interface SlackDrawingProps {
  /** The message as it is sent. */
  body: string;
  /** When it is posted, in milliseconds since 1970. */
  postedAt: number;
}

/** So many blocks of 3,000 characters are drawn without the page becoming slow. */
const mostBlocks = 8;

const ink = 'text-[color:light-dark(#1d1c1d,#d1d2d3)]';
const faint = 'text-[color:light-dark(#616061,#ababad)]';
const line = 'border-[color:light-dark(#dddddd,#35373b)]';

/** A Block Kit message as Slack draws it, in the reader's own zone. Everything is text only. */
export const SlackDrawing = memo(function SlackDrawing({ body, postedAt }: SlackDrawingProps) {
  const now = useNow();
  const { blocks } = JSON.parse(body) as { blocks: DrawnBlock[] };
  const left = blocks.length - mostBlocks;
  return (
    <div
      className={`-m-3 flex min-h-40 gap-2 bg-[light-dark(#ffffff,#1a1d21)] p-3 text-[0.9375rem] leading-5.5 ${ink}`}
    >
      <span
        aria-hidden
        className="mt-1 grid size-9 shrink-0 place-items-center rounded-lg bg-accent-soft"
      >
        <Webhook className="size-5 text-accent-text" />
      </span>
      <div className="min-w-0 flex-1 wrap-anywhere">
        <p className="flex flex-wrap items-baseline gap-x-1.5">
          <span className="font-bold">Your Slack app</span>
          <span
            className={`rounded-[3px] bg-[light-dark(#eeeeee,#2c2f33)] px-1 text-[0.625rem] leading-3.5 font-semibold ${faint}`}
          >
            APP
          </span>
          <time dateTime={new Date(postedAt).toISOString()} className={`text-xs ${faint}`}>
            {clock.format(postedAt)}
          </time>
        </p>
        {blocks.slice(0, mostBlocks).map((block, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the blocks of a message have no names, and a message never changes
          <Block key={index} block={block} now={now} />
        ))}
        {left > 0 && (
          <NotDrawn>
            {left === 1 ? '1 more block is' : `${left} more blocks are`} not drawn here.
          </NotDrawn>
        )}
      </div>
    </div>
  );
});

const clock = new Intl.DateTimeFormat('en', { timeStyle: 'short' });

function Block({ block, now }: { block: DrawnBlock; now: number }) {
  const { type, text, fields = [], elements = [] } = block;
  switch (type) {
    case 'header':
      return (
        <p className="mt-1 text-[1.125rem] leading-6 font-extrabold">
          {readPlainText(text?.text ?? '')}
        </p>
      );
    case 'section':
      return (
        <div className="my-1.5 space-y-1.5">
          {text && <SlackText object={text} now={now} />}
          {fields.length > 0 && (
            <div className="grid grid-cols-2 gap-x-4 gap-y-2 max-[26.25rem]:grid-cols-1">
              {fields.map((field, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- as above
                <SlackText key={index} object={field} now={now} />
              ))}
            </div>
          )}
        </div>
      );
    case 'context':
      return (
        <div className={`my-1.5 flex flex-wrap gap-x-2 text-sm ${faint}`}>
          {elements.map((element, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- as above
            <SlackText key={index} object={element} now={now} />
          ))}
        </div>
      );
    case 'divider':
      return <hr className={`my-3 ${line}`} />;
    default:
      return <NotDrawn>A block of the type “{type}” is not drawn here.</NotDrawn>;
  }
}

function NotDrawn({ children }: { children: ReactNode }) {
  return (
    <p className={`my-1.5 rounded-md border border-dashed px-2 py-1 text-sm ${line} ${faint}`}>
      {children}
    </p>
  );
}

function SlackText({ object, now }: { object: DrawnText; now: number }) {
  const { type, text } = object;
  if (text === undefined) return <NotDrawn>“{type}” is not drawn here.</NotDrawn>;
  return (
    <p className="whitespace-pre-wrap">
      {type === 'mrkdwn' ? <Parts parts={parseMrkdwn(text)} now={now} /> : readPlainText(text)}
    </p>
  );
}

function Parts({ parts, now }: { parts: MrkdwnPart[]; now: number }) {
  // oxlint-disable-next-line react/no-array-index-key -- as above
  return parts.map((part, index) => <Part key={index} part={part} now={now} />);
}

function Part({ part, now }: { part: MrkdwnPart; now: number }) {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'code':
      return (
        <code
          className={`rounded-[3px] border bg-[light-dark(#f8f8f8,#222529)] px-1 py-px font-mono text-xs text-[color:light-dark(#c01343,#e8912d)] ${line}`}
        >
          {part.text}
        </code>
      );
    case 'link':
      return <span className="text-[color:light-dark(#1264a3,#1d9bd1)]">{part.text}</span>;
    case 'date':
      return slackDate(part, now);
    case 'bold':
      return (
        <strong>
          <Parts parts={part.parts} now={now} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Parts parts={part.parts} now={now} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Parts parts={part.parts} now={now} />
        </s>
      );
  }
}

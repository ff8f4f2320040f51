import { useSyncExternalStore, type ReactNode } from 'react';

import { count } from '../numbers';
import { wordsOfWait } from '../put-off';
import { Button } from '../ui/button';
import type { BulkRun, Failure, Progress } from './bulk-runner';

/** Nobody reads on; the rest is counted. */
const mostListed = 100;

/** Says how far a run is, of so many items that are through: `Disabling 3 of 12 …`. */
type Words = (through: number) => string;

interface RunProgressProps<T> {
  run: BulkRun<T>;
  /** Names the bar. */
  label: string;
  words: Words;
}

/** How far a run is that has not ended, and what stops it. */
export function RunProgress<T>({ run, label, words }: RunProgressProps<T>) {
  const { phase, total, succeeded, failures, waiting } = useSyncExternalStore(
    run.subscribe,
    run.get,
  );
  const through = succeeded + failures.length;
  return (
    <>
      <div className="flex items-center justify-between gap-4">
        <p className="min-w-0">
          <span className="font-medium tabular-nums">{words(through)}</span>
          {failures.length > 0 && (
            <span className="text-danger"> {count(failures.length)} failed</span>
          )}
          <span className="block text-muted">
            {phase === 'stopping' && 'Stopping after what is under way.'}
            {waiting !== null && `Too many requests. ${wordsOfWait(waiting)}`}
          </span>
        </p>
        <Button busy={phase === 'stopping'} onClick={run.stop}>
          Stop
        </Button>
      </div>
      <progress aria-label={label} value={through} max={total} className="mt-2 block h-1 w-full" />
    </>
  );
}

/** The same to be read out: each tenth of the way, since who listens wants to do something else, too. */
export function spokenProgress<T>(progress: Progress<T>, words: Words): string {
  const { phase, total, succeeded, failures, waiting } = progress;
  if (phase === 'ended') return '';
  if (waiting !== null) return `Too many requests. ${wordsOfWait(waiting)}`;
  const tenth = Math.ceil(total / 10);
  return words(Math.floor((succeeded + failures.length) / tenth) * tenth);
}

interface FailuresProps<T> {
  failures: readonly Failure<T>[];
  /** What failed, and why. */
  words: (failure: Failure<T>) => { url: string; reason: string };
}

/** What of a run failed; nothing if nothing did. */
export function Failures<T>({ failures, words }: FailuresProps<T>) {
  return (
    <ShortList
      label="What failed"
      items={failures}
      render={(failure, index) => {
        const { url, reason } = words(failure);
        return (
          // oxlint-disable-next-line react/no-array-index-key -- the list only grows
          <NamedItem key={index} name={url}>
            {reason}
          </NamedItem>
        );
      }}
    />
  );
}

interface ShortListProps<T> {
  label: string;
  items: readonly T[];
  /** Gives an `li` with a key. */
  render: (item: T, index: number) => ReactNode;
}

/** A list that scrolls, of the first of what came of a run; nothing if there is nothing in it. */
export function ShortList<T>({ label, items, render }: ShortListProps<T>) {
  if (items.length === 0) return null;
  return (
    <ul
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keys
      tabIndex={0}
      className="mt-2 max-h-48 divide-y divide-line overflow-y-auto rounded-lg border border-line"
    >
      {items.slice(0, mostListed).map(render)}
      {items.length > mostListed && (
        <li className="px-3 py-2 text-muted">and {count(items.length - mostListed)} more</li>
      )}
    </ul>
  );
}

/** One of them: what it is called, and what there is to say of it. */
export function NamedItem({ name, children }: { name: string; children: ReactNode }) {
  return (
    <li className="px-3 py-2">
      <p className="line-clamp-2 font-medium wrap-anywhere" title={name}>
        {name}
      </p>
      <p className="text-muted wrap-anywhere">{children}</p>
    </li>
  );
}

import { useEffect, useRef, type KeyboardEvent } from 'react';

import { useIsSelected, useSelectedCount, type Selection } from './selection';

/** Where the actions on what is selected stand. */
export const bulkBarId = 'bulk-bar';

/** Larger than it looks, so that a finger, too, finds it. */
const target = 'flex cursor-pointer items-center gap-2 p-2 -m-2 select-none';
const box = 'size-4 cursor-pointer accent-accent';

interface SelectWebhookProps {
  selection: Selection;
  webhookId: string;
  /** By `displayUrl`. */
  url: string;
}

/** The checkbox of a row. With Shift, by mouse or by Space, it takes all since the last one along. */
export function SelectWebhook({ selection, webhookId, url }: SelectWebhookProps) {
  const selected = useIsSelected(selection, webhookId);
  // Not every browser says of the click that Space makes whether Shift was held.
  const shiftHeld = useRef(false);
  return (
    <label className={target}>
      <input
        type="checkbox"
        aria-label={`Select ${url}`}
        data-select={webhookId}
        checked={selected}
        onKeyDown={(event) => {
          shiftHeld.current = event.shiftKey;
          onKey(event);
        }}
        onChange={({ nativeEvent, currentTarget }) => {
          const clicked = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
          selection.set(webhookId, currentTarget.checked, clicked || shiftHeld.current);
          shiftHeld.current = false;
        }}
        className={box}
      />
    </label>
  );
}

/** The arrow keys go from row to row, and Enter to what can be done with those that are selected. */
function onKey(event: KeyboardEvent<HTMLInputElement>) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step !== undefined) {
    event.preventDefault();
    const row = Number(event.currentTarget.closest('[role="row"]')?.ariaRowIndex);
    document
      .querySelector<HTMLElement>(`[role="row"][aria-rowindex="${row + step}"] [data-select]`)
      ?.focus();
  }
  if (event.key === 'Enter') document.getElementById(bulkBarId)?.focus();
}

interface SelectAllProps {
  selection: Selection;
  /** Those that are shown. */
  webhooks: readonly { id: string }[];
}

/** The checkbox over the rows: all that are shown, or none of them. */
export function SelectAll({ selection, webhooks }: SelectAllProps) {
  const count = useSelectedCount(selection, webhooks);
  const input = useRef<HTMLInputElement>(null);
  const all = count > 0 && count === webhooks.length;
  const some = count > 0 && !all;

  useEffect(() => {
    if (input.current) input.current.indeterminate = some;
  }, [some]);

  return (
    <label className={target}>
      <input
        ref={input}
        type="checkbox"
        data-select-all=""
        checked={all}
        onChange={() =>
          selection.setAll(
            webhooks.map(({ id }) => id),
            !all,
          )
        }
        className={box}
      />
      <span className="@4xl:sr-only">Select all</span>
    </label>
  );
}

/** Puts the focus back to where something was selected last, or to the checkbox over the rows. */
export function focusSelection(selection: Selection): void {
  const last = selection.last();
  const row =
    last === null
      ? null
      : document.querySelector<HTMLElement>(`[data-select="${CSS.escape(last)}"]`);
  const focused = row ?? document.querySelector<HTMLElement>('[data-select-all]');
  focused?.focus({ preventScroll: true });
}

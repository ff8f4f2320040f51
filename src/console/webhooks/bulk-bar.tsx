import { useQuery } from '@tanstack/react-query';
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
  type ReactNode,
  type RefObject,
} from 'react';

import type { Webhook } from '../../contract/webhook';
import { count } from '../numbers';
import { Button } from '../ui/button';
import { rescueFocus } from '../ui/open-dialogs';
import { useWritesOff } from '../write-access';
import type { BulkAction } from './bulk-action';
import { BulkProgress } from './bulk-progress';
import { useRedrawAtEnd } from './bulk-progress-hooks';
import { BulkStatus } from './bulk-status';
import { DeleteManyDialog, useDeleteQuestion } from './delete-many-dialog';
import { webhooksQuery } from './queries';
import { bulkBarId, focusSelection } from './select-webhook';
import type { Selection } from './selection';
import { useBulk } from './use-bulk';

export interface BulkBarProps {
  organizationId: string;
  selection: Selection;
  shown: readonly Webhook[];
}

/**
 * How many webhooks are selected and what can be done with them; then how far that is, and what of it
 * failed. It lies over the end of the page, so that no row moves when it comes and goes.
 */
export function BulkBar({ organizationId, selection, shown }: BulkBarProps) {
  const { data } = useQuery(webhooksQuery(organizationId));
  useSyncExternalStore(selection.subscribe, selection.version);
  const { bulk, start, dismiss } = useBulk(organizationId, selection);
  const question = useDeleteQuestion();
  const off = useWritesOff(organizationId);
  const selected = inOrder(data?.results ?? [], shown).filter(({ id }) => selection.has(id));
  const notShown = selected.length - shown.filter(({ id }) => selection.has(id)).length;
  const asks = question.isAsked && !bulk && selected.length > 0;
  const { bar, noteFocus } = useBarFocus(asks, selection);
  // Another view of it, with which what has the focus may go.
  useRedrawAtEnd(bulk);

  function act(action: BulkAction, webhooks: readonly Webhook[] = selected) {
    noteFocus(true);
    start(action, webhooks);
  }

  return (
    <>
      <BulkStatus bulk={bulk} selected={selected.length} notShown={notShown} />
      {(bulk || selected.length > 0) && (
        <BarFrame bar={bar} onFocusChange={noteFocus} onEscape={bulk ? undefined : selection.clear}>
          {bulk ? (
            <BulkProgress
              organizationId={organizationId}
              bulk={bulk}
              off={off}
              onStart={act}
              onClose={dismiss}
            />
          ) : (
            <>
              <p className="mr-auto px-2">
                <span className="font-medium">{count(selected.length)} selected</span>
                {notShown > 0 && <span className="text-muted"> · {count(notShown)} not shown</span>}
              </p>
              <Button look="quiet" onClick={selection.clear} className="sm:order-last">
                Clear
              </Button>
              <div className="flex gap-2 max-sm:w-full max-sm:*:flex-1">
                <Button off={off} onClick={() => act('enable')}>
                  Enable
                </Button>
                <Button off={off} onClick={() => act('disable')}>
                  Disable
                </Button>
                <Button off={off} onClick={question.ask} className="text-danger!">
                  Delete
                </Button>
              </div>
            </>
          )}
          {asks && (
            <DeleteManyDialog
              webhooks={selected}
              notShown={notShown}
              onCancel={question.close}
              onConfirm={() => {
                question.close();
                act('delete');
              }}
            />
          )}
        </BarFrame>
      )}
    </>
  );
}

/** All webhooks: those that are shown as they are shown, then the others. */
function inOrder(webhooks: readonly Webhook[], shown: readonly Webhook[]): readonly Webhook[] {
  if (shown.length === webhooks.length) return shown;
  const ids = new Set(shown.map(({ id }) => id));
  return [...shown, ...webhooks.filter(({ id }) => !ids.has(id))];
}

interface BarFrameProps {
  bar: RefObject<HTMLElement | null>;
  onFocusChange: (hasFocus: boolean) => void;
  onEscape: (() => void) | undefined;
  children: ReactNode;
}

function BarFrame({ bar, onFocusChange, onEscape, children }: BarFrameProps) {
  useEffect(() => () => rescueFocus(), []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc is a short way to Clear
    <section
      ref={bar}
      id={bulkBarId}
      tabIndex={-1}
      aria-label="Selected webhooks"
      onFocus={() => onFocusChange(true)}
      onBlur={() => onFocusChange(false)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onEscape?.();
      }}
      className="sticky bottom-4 z-10 order-last mx-auto flex w-max max-w-full flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-line bg-raised p-2 shadow-float max-sm:w-full"
    >
      {children}
    </section>
  );
}

/**
 * Keeps the focus where the work is when the button that had it goes: in the bar, or, once that goes
 * too, at the checkbox that was used last. Not while something else `waits` for an answer.
 */
function useBarFocus(waits: boolean, selection: Selection) {
  const bar = useRef<HTMLElement>(null);
  const hasFocus = useRef(false);

  // After each drawing: any may have taken away what had the focus, of which no event tells.
  useLayoutEffect(() => {
    if (waits || !hasFocus.current || document.activeElement !== document.body) return;
    if (bar.current) {
      bar.current.focus({ preventScroll: true });
    } else {
      hasFocus.current = false;
      focusSelection(selection);
    }
  });
  const noteFocus = (has: boolean) => {
    hasFocus.current = has;
  };
  return { bar, noteFocus };
}

import { Inbox, ServerCrash } from 'lucide-react';
import { useSyncExternalStore } from 'react';

import { errorMessage } from '../error-message';
import { MessagePanel } from '../ui/message-panel';
import { Notice } from '../ui/notice';
import { UnreadableNotice } from '../ui/unreadable-notice';
import { subscribeToView } from '../ui/use-row-window';
import { DeliveryTable } from './delivery-table';
import type { LogBook, LogState } from './log-book';
import type { LogFilter, LogScope } from './log-queries';
import type { LogTold } from './log-reader';
import { NewRows } from './new-rows';
import { TryLogAgain } from './try-log-again';
import { useLog } from './use-log';

interface DeliveryLogProps {
  scope: LogScope;
  filter: LogFilter;
  /** The search of the address under which a row is opened; the same function as long as it does the same. */
  searchOf: (webhookId: string, attemptId: string) => string;
}

/** New rows stand on top at once unless one has scrolled further than this, in pixels. */
const nearTop = 40;

/**
 * The log of one webhook or of all, newest first: it loads on as one scrolls. For another scope or
 * filter it needs another key.
 */
export function DeliveryLog(props: DeliveryLogProps) {
  const { scope, filter } = props;
  const { book, state, told, startAfresh } = useLog(scope, filter, useIsAtTop());
  return (
    <>
      {state.lookError && (
        <Notice tone="warning">
          <strong className="font-medium">What you see may be out of date.</strong>{' '}
          {errorMessage(state.lookError, 'load the deliveries').detail}
        </Notice>
      )}
      <UnreadableNotice list={told} one="delivery" many="deliveries" />
      <NewRows waiting={state.waiting} onTake={startAfresh} />
      <div className="@container overflow-clip rounded-xl border border-line bg-surface shadow-card">
        <Content {...props} book={book} state={state} told={told} />
      </div>
    </>
  );
}

function Content(props: DeliveryLogProps & { book: LogBook; state: LogState; told: LogTold }) {
  const { book, state, told, filter } = props;
  if (state.count === 0 && state.error) {
    const { title, detail } = errorMessage(state.error, 'load the deliveries');
    return (
      <MessagePanel
        icon={ServerCrash}
        tone="danger"
        title={title}
        actions={<TryLogAgain book={book} count={0} />}
      >
        {detail}
      </MessagePanel>
    );
  }
  if (state.count === 0 && state.isAtEnd) {
    if (told.unreadable > 0) {
      return <MessagePanel icon={Inbox} title="There is no other delivery" />;
    }
    const isNarrowed = filter.status !== null || filter.event !== null;
    return (
      <MessagePanel
        icon={Inbox}
        title={isNarrowed ? 'No delivery matches this filter' : 'Nothing was sent yet'}
      >
        {isNarrowed
          ? 'Choose another result or event. What comes appears here by itself.'
          : 'Deliveries appear here by themselves, as soon as a deployment event matches.'}
      </MessagePanel>
    );
  }
  return <DeliveryTable {...props} hasPlaces={told.hasPlaces} />;
}

/** Whether the page is scrolled to its top, or nearly so. */
function useIsAtTop(): boolean {
  return useSyncExternalStore(subscribeToView, () => window.scrollY <= nearTop);
}

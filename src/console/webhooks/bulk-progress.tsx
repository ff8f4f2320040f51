import { CircleAlert, OctagonPause } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Link } from 'react-router-dom';

import { displayUrl } from '../../contract/display-url';
import type { Webhook } from '../../contract/webhook';
import { count } from '../numbers';
import { webhookPage } from '../page-paths';
import { WebhookPage } from '../preloaded-pages';
import { wordsOfWait } from '../put-off';
import { Button } from '../ui/button';
import {
  actionWords,
  canUndo,
  failureWords,
  outcomeDetail,
  outcomeTitle,
  progressWords,
  type Bulk,
  type BulkAction,
} from './bulk-action';
import type { Progress } from './bulk-runner';

/** Nobody reads on; the rest is counted. */
const mostFailures = 100;

interface BulkProgressProps {
  organizationId: string;
  bulk: Bulk;
  /** Why nothing of it can be done again now. */
  off: string | undefined;
  onStart: (action: BulkAction, webhooks: readonly Webhook[]) => void;
  onClose: () => void;
}

/** How far an action on many is; after its end, what of it failed. */
export function BulkProgress({ bulk, ...rest }: BulkProgressProps) {
  const progress = useSyncExternalStore(bulk.run.subscribe, bulk.run.get);
  if (progress.phase === 'ended') {
    return <Outcome bulk={bulk} progress={progress} {...rest} />;
  }
  return <UnderWay bulk={bulk} progress={progress} />;
}

interface ProgressProps {
  bulk: Bulk;
  progress: Progress<Webhook>;
}

function UnderWay({ bulk, progress }: ProgressProps) {
  const { phase, total, succeeded, failures, waiting } = progress;
  const through = succeeded + failures.length;
  const { doing } = actionWords[bulk.action];
  return (
    <div className="w-[min(27.5rem,100%)] max-sm:w-full">
      <div className="flex items-center justify-between gap-4 pl-2">
        <p className="min-w-0">
          <span className="font-medium tabular-nums">{progressWords(bulk, through)}</span>
          {failures.length > 0 && (
            <span className="text-danger"> {count(failures.length)} failed</span>
          )}
          <span className="block text-muted">
            {phase === 'stopping' && 'Stopping after what is under way.'}
            {waiting !== null && `Too many requests. ${wordsOfWait(waiting)}`}
          </span>
        </p>
        <Button busy={phase === 'stopping'} onClick={bulk.run.stop}>
          Stop
        </Button>
      </div>
      <progress
        aria-label={`${doing} webhooks`}
        value={through}
        max={total}
        className="mt-2 block h-1 w-full"
      />
    </div>
  );
}

interface OutcomeProps extends ProgressProps, Omit<BulkProgressProps, 'bulk'> {}

function Outcome({ organizationId, bulk, progress, off, onStart, onClose }: OutcomeProps) {
  const { failures } = progress;
  const Icon = failures.length > 0 ? CircleAlert : OctagonPause;
  return (
    <div className="w-140 max-w-full px-2 py-1 max-sm:w-full">
      <div role="alert" className="flex gap-2">
        <Icon
          aria-hidden
          className={`mt-0.5 size-4 shrink-0 ${failures.length > 0 ? 'text-danger' : 'text-muted'}`}
        />
        <div>
          <p className="font-medium">{outcomeTitle(bulk)}</p>
          <p className="text-muted">{outcomeDetail(bulk)}</p>
        </div>
      </div>
      {failures.length > 0 && <Failures bulk={bulk} progress={progress} />}
      {bulk.leftOut.length > 0 && (
        <LeftOut organizationId={organizationId} webhooks={bulk.leftOut} />
      )}
      <div className="mt-3 flex flex-wrap justify-end gap-2">
        {canUndo(bulk) && (
          <Button look="quiet" off={off} onClick={() => onStart('enable', bulk.changed)}>
            Undo
          </Button>
        )}
        <Button onClick={onClose}>Close</Button>
        {failures.length > 0 && (
          <Button
            look="primary"
            off={off}
            onClick={() =>
              onStart(
                bulk.action,
                failures.map(({ item }) => item),
              )
            }
          >
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}

interface LeftOutProps {
  organizationId: string;
  webhooks: readonly Webhook[];
}

/** Each leads to its page, where it can be switched with its secret. */
function LeftOut({ organizationId, webhooks }: LeftOutProps) {
  return (
    <ul
      aria-label="What was left out"
      className="mt-2 max-h-48 divide-y divide-line overflow-y-auto rounded-lg border border-line"
    >
      {webhooks.slice(0, mostFailures).map(({ id, target_url, kind }) => (
        <li key={id} className="px-3 py-2">
          <Link
            {...WebhookPage.whenApproached}
            to={webhookPage(organizationId, id)}
            className="line-clamp-2 font-medium text-accent-text wrap-anywhere hover:underline"
          >
            {displayUrl(target_url, kind)}
          </Link>
        </li>
      ))}
      {webhooks.length > mostFailures && (
        <li className="px-3 py-2 text-muted">and {count(webhooks.length - mostFailures)} more</li>
      )}
    </ul>
  );
}

function Failures({ bulk, progress: { failures } }: ProgressProps) {
  return (
    <ul
      aria-label="What failed"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keys
      tabIndex={0}
      className="mt-2 max-h-48 divide-y divide-line overflow-y-auto rounded-lg border border-line"
    >
      {failures.slice(0, mostFailures).map((failure) => {
        const { url, reason } = failureWords(failure, bulk.action);
        return (
          <li key={failure.item.id} className="px-3 py-2">
            <p className="line-clamp-2 font-medium wrap-anywhere" title={url}>
              {url}
            </p>
            <p className="text-muted wrap-anywhere">{reason}</p>
          </li>
        );
      })}
      {failures.length > mostFailures && (
        <li className="px-3 py-2 text-muted">and {count(failures.length - mostFailures)} more</li>
      )}
    </ul>
  );
}

import { CircleAlert, OctagonPause } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Link, useLocation } from 'react-router-dom';

import { displayUrl } from '../../contract/display-url';
import type { Webhook } from '../../contract/webhook';
import { switchWebhookPage } from '../page-paths';
import { Button } from '../ui/button';
import { enabledParameter, overPage } from '../use-close-dialog';
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
import { Failures, RunProgress, ShortList } from './run-progress';

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
  return (
    <div className="w-[min(27.5rem,100%)] pl-2 max-sm:w-full">
      <RunProgress
        run={bulk.run}
        label={`${actionWords[bulk.action].doing} webhooks`}
        words={(through) => progressWords(bulk, through)}
      />
    </div>
  );
}

interface OutcomeProps extends BulkProgressProps {
  progress: Progress<Webhook>;
}

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
      <Failures failures={failures} words={(failure) => failureWords(failure, bulk.action)} />
      {bulk.leftOut.length > 0 && <LeftOut organizationId={organizationId} bulk={bulk} />}
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

/** Each can be switched with its secret, over the list: the others stay in view. */
function LeftOut({ organizationId, bulk }: Pick<BulkProgressProps, 'organizationId' | 'bulk'>) {
  const { leftOut, action } = bulk;
  const params = new URLSearchParams(useLocation().search);
  params.set(enabledParameter, String(action === 'enable'));
  return (
    <>
      <p className="mt-2">Each can be switched here, with its secret:</p>
      <ShortList
        label="What was left out"
        items={leftOut}
        render={({ id, target_url, kind }) => (
          <li key={id} className="px-3 py-2">
            <Link
              to={{ pathname: switchWebhookPage(organizationId, id), search: params.toString() }}
              state={overPage}
              className="line-clamp-2 font-medium text-accent-text wrap-anywhere hover:underline"
            >
              {displayUrl(target_url, kind)}
            </Link>
          </li>
        )}
      />
    </>
  );
}

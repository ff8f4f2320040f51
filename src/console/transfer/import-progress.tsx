import type { Webhook } from '../../contract/webhook';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { PoliteStatus } from '../ui/polite-status';
import { useRunProgress } from '../webhooks/bulk-progress-hooks';
import type { Progress } from '../webhooks/bulk-runner';
import {
  Failures,
  NamedItem,
  RunProgress,
  ShortList,
  spokenProgress,
} from '../webhooks/run-progress';
import type { WrittenRow } from './import-plan';
import {
  failureWords,
  isDone,
  isWhole,
  outcomeDetail,
  outcomeTitle,
  progressWords,
  rowName,
  webhookName,
  type LeftToDo,
} from './import-words';
import { leftOf, type Import } from './imports';
import { EditLink, WhyUnwritable } from './why-unwritable';

interface ImportProgressProps {
  organizationId: string;
  stored: readonly Webhook[];
  /** Null if nothing is imported: what reads out stands there before it has something to say. */
  of: Import | null;
  /** Plans what is not imported anew. */
  onAgain: () => void;
}

/** How far an import is; after its end what came of it, with each that is left to be looked after. */
export function ImportProgress({ organizationId, stored, of, onAgain }: ImportProgressProps) {
  const progress = useRunProgress(of?.run ?? null);
  const words = (through: number) => progressWords(through, progress?.total ?? 0);
  const ended = of && progress?.phase === 'ended' ? { left: leftOf(of, stored), progress } : null;
  return (
    <>
      <PoliteStatus text={progress ? spokenProgress(progress, words) : ''} fromFirst />
      <div role="status">{ended && <Outcome {...ended} />}</div>
      {of && !ended && <RunProgress run={of.run} label="Import" words={words} />}
      {ended && (
        <>
          <Failures failures={ended.progress.failures} words={failureWords} />
          <LeftOut organizationId={organizationId} rows={ended.left.unwritable} />
          <WithoutSecret organizationId={organizationId} webhooks={ended.left.withoutSecret} />
          {!isWhole(ended.progress) && <Button onClick={onAgain}>Try the rest again</Button>}
        </>
      )}
    </>
  );
}

function Outcome({ left, progress }: { left: LeftToDo; progress: Progress<WrittenRow> }) {
  return (
    <Notice tone={isDone(progress, left) ? 'info' : 'warning'}>
      {outcomeTitle(progress)}. {outcomeDetail(progress, left)}
    </Notice>
  );
}

interface LeftOutProps {
  organizationId: string;
  rows: LeftToDo['unwritable'];
}

function LeftOut({ organizationId, rows }: LeftOutProps) {
  return (
    <ShortList
      label="What was left out"
      items={rows}
      render={(row) => (
        <NamedItem key={row.place} name={rowName(row)}>
          <WhyUnwritable organizationId={organizationId} row={row} />
        </NamedItem>
      )}
    />
  );
}

interface WithoutSecretProps {
  organizationId: string;
  webhooks: LeftToDo['withoutSecret'];
}

function WithoutSecret({ organizationId, webhooks }: WithoutSecretProps) {
  return (
    <ShortList
      label="What has no secret"
      items={webhooks}
      render={(webhook) => (
        <NamedItem key={webhook.id} name={webhookName(webhook)}>
          Without the secret it had, or may have had.{' '}
          <EditLink organizationId={organizationId} webhook={webhook} /> and set it.
        </NamedItem>
      )}
    />
  );
}

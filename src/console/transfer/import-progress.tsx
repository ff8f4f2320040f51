import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { PoliteStatus } from '../ui/polite-status';
import { useRunProgress } from '../webhooks/bulk-progress-hooks';
import type { BulkRun, Progress } from '../webhooks/bulk-runner';
import { Failures, RunProgress, spokenProgress } from '../webhooks/run-progress';
import type { WrittenRow } from './import-plan';
import { failureWords, isWhole, outcomeDetail, outcomeTitle, progressWords } from './import-words';

interface ImportProgressProps {
  /** Null if nothing is imported: what reads out stands there before it has something to say. */
  run: BulkRun<WrittenRow> | null;
  /** Plans what is not imported anew. */
  onAgain: () => void;
}

/** How far an import is; after its end what came of it, with each that failed. */
export function ImportProgress({ run, onAgain }: ImportProgressProps) {
  const progress = useRunProgress(run);
  const words = (through: number) => progressWords(through, progress?.total ?? 0);
  const hasEnded = progress?.phase === 'ended';
  return (
    <>
      <PoliteStatus text={progress ? spokenProgress(progress, words) : ''} fromFirst />
      <div role="status">{hasEnded && <Outcome progress={progress} />}</div>
      {run && !hasEnded && <RunProgress run={run} label="Import" words={words} />}
      {hasEnded && !isWhole(progress) && (
        <>
          <Failures failures={progress.failures} words={failureWords} />
          <Button onClick={onAgain}>Try the rest again</Button>
        </>
      )}
    </>
  );
}

function Outcome({ progress }: { progress: Progress<WrittenRow> }) {
  return (
    <Notice tone={isWhole(progress) ? 'info' : 'warning'}>
      {outcomeTitle(progress)}. {outcomeDetail(progress)}
    </Notice>
  );
}

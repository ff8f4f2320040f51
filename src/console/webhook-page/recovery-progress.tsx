import { useQuery } from '@tanstack/react-query';

import type { Recovery } from '../../contract/resend';
import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { count } from '../numbers';
import { isGone, recoveryQuery } from './recoveries';

interface RecoveryProgressProps {
  organizationId: string;
  webhookId: string;
  id: string;
  /** Back to the choice of a time. */
  onAgain: () => void;
  onClose: () => void;
}

/** How far a recovery is, and what came of it. It goes on when this is closed. */
export function RecoveryProgress(props: RecoveryProgressProps) {
  const { organizationId, webhookId, id, onAgain, onClose } = props;
  const { data, error } = useQuery(recoveryQuery(organizationId, webhookId, id));
  const isRunning = !isGone(error) && (!data || data.status === 'running');
  const ended = data ? data.succeeded + data.failed : 0;
  return (
    <>
      {error && <Notice tone="danger">{errorMessage(error, 'see how far it is').detail}</Notice>}
      {(data || !error) && (
        <div className="space-y-2">
          <progress
            aria-label="Recovery"
            className="h-1.5 w-full"
            value={data ? ended : undefined}
            max={Math.max(1, data?.total ?? 1)}
          />
          <p role="status">{data ? progressWords(data) : 'Begins …'}</p>
          {isRunning && (
            <p className="text-muted">
              It goes on when this is closed. A delivery that fails again is tried by its schedule,
              and counts as on its way until that ends.
            </p>
          )}
          {data?.status === 'stopped' && (
            <Notice tone="warning">
              It was stopped, because the webhook was disabled. The rest is as it was.
            </Notice>
          )}
        </div>
      )}
      <div className="flex justify-end gap-2">
        {!isRunning && <Button onClick={onAgain}>Recover again</Button>}
        <Button look={isRunning ? 'secondary' : 'primary'} onClick={onClose}>
          {isRunning ? 'Close' : 'Done'}
        </Button>
      </div>
    </>
  );
}

function progressWords({ total, succeeded, failed, status }: Recovery): string {
  const results = [
    succeeded > 0 && `${count(succeeded)} arrived`,
    failed > 0 && `${count(failed)} failed again`,
  ].filter(Boolean);
  if (status !== 'running' && total === 0) return 'Ended: there was nothing to send.';
  const none = status === 'running' ? 'none has arrived yet' : 'none was sent';
  const said = results.length > 0 ? results.join(', ') : none;
  const of = `${count(succeeded + failed)} of ${count(total)}`;
  return status === 'running' ? `${of} done: ${said}.` : `Ended, ${of}: ${said}.`;
}

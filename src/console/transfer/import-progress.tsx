import { useSyncExternalStore } from 'react';

import { displayUrl } from '../../contract/display-url';
import { ApiError } from '../api-client';
import { errorMessage } from '../error-message';
import { count, webhookCount } from '../numbers';
import { wordsOfWait } from '../put-off';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import type { BulkRun } from '../webhooks/bulk-runner';
import type { WrittenRow } from './import-plan';

/** How far an import is; after its end what came of it, with each that failed. */
export function ImportProgress({ run }: { run: BulkRun<WrittenRow> }) {
  const progress = useSyncExternalStore(run.subscribe, run.get);
  const { phase, total, succeeded, failures, waiting, putOff } = progress;
  const through = succeeded + failures.length;
  if (phase !== 'ended') {
    return (
      <div className="flex flex-wrap items-center gap-4">
        <div className="min-w-40 flex-1">
          <p className="font-medium tabular-nums">
            Importing {count(through)} of {count(total)} …
          </p>
          <p className="min-h-5 text-muted">
            {phase === 'stopping' && 'Stopping after what is under way.'}
            {waiting !== null && `Too many requests. ${wordsOfWait(waiting)}`}
          </p>
          <progress aria-label="Import" value={through} max={total} className="block h-1 w-full" />
        </div>
        <Button busy={phase === 'stopping'} onClick={run.stop}>
          Stop
        </Button>
      </div>
    );
  }
  const isWhole = succeeded === total;
  return (
    <div role="status" className="space-y-3">
      <Notice tone={isWhole ? 'info' : 'warning'}>
        {isWhole
          ? `Imported ${webhookCount(total)}.`
          : `Imported ${count(succeeded)} of ${webhookCount(total)}.`}
        {putOff && ` ${errorMessage(putOff, 'import').detail}`}
        {!isWhole && ' Choose the file again to import the rest.'}
      </Notice>
      {failures.length > 0 && (
        <ul aria-label="What failed" className="divide-y divide-line rounded-lg border border-line">
          {failures.slice(0, 100).map(({ item: { filed }, error }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the list only grows
            <li key={index} className="px-3 py-2">
              <p className="font-medium wrap-anywhere">
                {displayUrl(filed.target_url, filed.kind)}
              </p>
              <p className="text-muted wrap-anywhere">{reasonOf(error)}</p>
            </li>
          ))}
          {failures.length > 100 && (
            <li className="px-3 py-2 text-muted">and {count(failures.length - 100)} more</li>
          )}
        </ul>
      )}
    </div>
  );
}

/** With what the API says of each member. */
function reasonOf(error: unknown): string {
  const said = error instanceof ApiError ? error.fieldErrors : [];
  if (said.length === 0) return errorMessage(error, 'import').detail;
  return said.map(({ pointer, message }) => `${pointer}: ${message}`).join(' ');
}

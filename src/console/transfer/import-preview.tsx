import { useMemo } from 'react';

import type { LenientList } from '../../contract/lenient';
import type { Webhook } from '../../contract/webhook';
import { keepsSecret, useFeature } from '../capabilities-queries';
import { count, webhookCount } from '../numbers';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { useWritesOff } from '../write-access';
import { isWritten, planImport, type WrittenRow } from './import-plan';
import { planWords } from './import-words';
import { PlannedRows } from './planned-rows';
import type { ChosenFile } from './webhook-file';

interface ImportPreviewProps {
  organizationId: string;
  file: ChosenFile;
  stored: LenientList<Webhook>;
  onLeaveOut: (places: readonly number[], isOut: boolean) => void;
  onStart: (wanted: readonly WrittenRow[]) => void;
}

/** What will become of each row of a file, of which any can be left out. */
export function ImportPreview(props: ImportPreviewProps) {
  const { organizationId, file, stored, onLeaveOut, onStart } = props;
  const keepsSecrets = useFeature(keepsSecret) === true;
  const off = useWritesOff(organizationId);
  const plan = useMemo(
    () => planImport(file.rows, stored.results, { keepsSecrets }),
    [file.rows, stored.results, keepsSecrets],
  );
  const writable = plan.filter(isWritten);
  const wanted = writable.filter(({ place }) => !file.leftOut.has(place));
  const withoutUrl = stored.results.filter(({ untold }) => untold.includes('target_url')).length;
  const unreadable = stored.unreadable + withoutUrl;
  return (
    <>
      <p role="status" className="font-medium">
        {planWords(plan)}
      </p>
      <Warnings wanted={wanted} unreadable={unreadable} />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look="primary"
          off={off}
          disabled={wanted.length === 0}
          onClick={() => onStart(wanted)}
        >
          {wanted.length === 0 ? 'Nothing to import' : `Import ${webhookCount(wanted.length)}`}
        </Button>
        {writable.length > 1 && (
          <Button
            look="quiet"
            onClick={() =>
              onLeaveOut(
                writable.map(({ place }) => place),
                wanted.length > 0,
              )
            }
          >
            {wanted.length > 0 ? 'Leave all out' : 'Take all'}
          </Button>
        )}
      </div>
      {plan.length > 0 && (
        <PlannedRows plan={plan} leftOut={file.leftOut} onLeaveOut={onLeaveOut} />
      )}
    </>
  );
}

interface WarningsProps {
  wanted: readonly WrittenRow[];
  unreadable: number;
}

/** What is to be known before. */
function Warnings({ wanted, unreadable }: WarningsProps) {
  return (
    <>
      {unreadable > 0 && wanted.some(({ outcome }) => outcome === 'create') && (
        <Notice tone="warning">
          {unreadable === 1
            ? 'One webhook of this organization could not be read. If it is'
            : `${count(unreadable)} webhooks of this organization could not be read. If one of them is`}{' '}
          among the new ones here, it would be there twice.
        </Notice>
      )}
      {wanted.some(({ lacksSecret }) => lacksSecret) && (
        <Notice tone="info">
          Some had a secret, or may have had one, which is not in the file. They will be without:
          edit them afterwards.
        </Notice>
      )}
    </>
  );
}

import { useMemo } from 'react';

import type { LenientList } from '../../contract/lenient';
import type { Webhook } from '../../contract/webhook';
import { keepsSecret, useFeature } from '../capabilities-queries';
import { count, webhookCount } from '../numbers';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { useWritesOff } from '../write-access';
import { isWritten, planImport, wantedOf, type PlannedRow, type WrittenRow } from './import-plan';
import { planWords } from './import-words';
import { PlannedRows } from './planned-rows';
import type { ChosenFile } from './webhook-file';

interface ImportPreviewProps {
  organizationId: string;
  file: ChosenFile;
  stored: LenientList<Webhook>;
  onLeaveOut: (places: readonly number[], isOut: boolean) => void;
  onStart: (plan: readonly PlannedRow[]) => void;
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
  const places = plan.filter(isWritten).map(({ place }) => place);
  const wanted = wantedOf(plan, file);
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
          onClick={() => onStart(plan)}
        >
          {wanted.length === 0 ? 'Nothing to import' : `Import ${webhookCount(wanted.length)}`}
        </Button>
        {places.length > 1 && (
          <Button look="quiet" onClick={() => onLeaveOut(places, wanted.length > 0)}>
            {wanted.length > 0 ? 'Leave all out' : 'Take all'}
          </Button>
        )}
      </div>
      {plan.length > 0 && (
        <PlannedRows
          organizationId={organizationId}
          plan={plan}
          leftOut={file.leftOut}
          onLeaveOut={onLeaveOut}
        />
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
  const lacking = wanted.filter(({ lacksSecret }) => lacksSecret).length;
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
      {lacking > 0 && (
        <Notice tone="info">
          {lacking === 1 ? 'One webhook' : webhookCount(lacking)} had a secret, or may have had one,
          which is not in the file.{' '}
          {lacking === 1
            ? 'It will be without: edit it afterwards.'
            : 'They will be without: edit them afterwards.'}
        </Notice>
      )}
    </>
  );
}

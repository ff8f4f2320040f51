import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

import type { Webhook } from '../../contract/webhook';
import { keepsSecret, useFeature } from '../capabilities-queries';
import { webhookCount } from '../numbers';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { useAskBeforeUnload } from '../webhooks/ask-before-unload';
import type { BulkRun } from '../webhooks/bulk-runner';
import { useWritesOff } from '../write-access';
import { isWritten, planImport, type PlannedRow, type WrittenRow } from './import-plan';
import { ImportProgress } from './import-progress';
import { PlannedRows } from './planned-rows';
import { startImport } from './run-import';
import { readWebhookFile, type FileRow } from './webhook-file';

interface ImportProps {
  organizationId: string;
  stored: readonly Webhook[];
}

/** A file is chosen, its rows are shown with what will become of them, and what is wanted is written. */
export function ImportWebhooks({ organizationId, stored }: ImportProps) {
  const [rows, setRows] = useState<readonly FileRow[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [run, setRun] = useState<BulkRun<WrittenRow> | null>(null);
  const client = useQueryClient();
  useAskBeforeUnload(run);

  async function read(file: File) {
    const text = await file.text().catch(() => null);
    const read = text === null ? null : readWebhookFile(text);
    setRun(null);
    setRows(read);
    setProblem(read ? null : `${file.name} is no JSON with a list of webhooks.`);
  }

  return (
    <>
      <p className="mt-1 mb-3 max-w-[72ch] text-muted">
        A file that was exported here, or what an API answers when asked for its webhooks. You see
        what it would do first. Webhooks that are not in the file stay as they are.
      </p>
      <label className="block">
        <span className="mb-1.5 block font-medium">File</span>
        <input
          type="file"
          accept=".json,application/json"
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) void read(file);
          }}
          className="control h-auto! w-full max-w-md py-1.5! file:mr-3 file:rounded-md file:border-0 file:bg-sunken file:px-3 file:py-1 file:font-medium file:text-ink"
        />
      </label>
      <div className="mt-4 space-y-4">
        {problem !== null && <Notice tone="danger">{problem}</Notice>}
        {run ? (
          <ImportProgress run={run} />
        ) : (
          rows && (
            <Preview
              organizationId={organizationId}
              rows={rows}
              stored={stored}
              onStart={(wanted) => setRun(startImport(client, organizationId, wanted))}
            />
          )
        )}
      </div>
    </>
  );
}

interface PreviewProps extends ImportProps {
  rows: readonly FileRow[];
  onStart: (wanted: readonly WrittenRow[]) => void;
}

function Preview({ organizationId, rows, stored, onStart }: PreviewProps) {
  const keepsSecrets = useFeature(keepsSecret) === true;
  const off = useWritesOff(organizationId);
  const plan = useMemo(
    () => planImport(rows, stored, { keepsSecrets }),
    [rows, stored, keepsSecrets],
  );
  const [leftOut, setLeftOut] = useState<ReadonlySet<number>>(new Set());
  const wanted = plan.filter(
    (row, index): row is WrittenRow => isWritten(row) && !leftOut.has(index),
  );
  return (
    <>
      <p role="status" className="font-medium">
        {planWords(plan)}
      </p>
      {plan.length > 0 && (
        <PlannedRows
          plan={plan}
          leftOut={leftOut}
          onToggle={(index) => {
            const next = new Set(leftOut);
            if (!next.delete(index)) next.add(index);
            setLeftOut(next);
          }}
        />
      )}
      {wanted.some(({ filed }) => filed.target_secret_set && filed.target_secret === undefined) && (
        <Notice tone="info">
          Some had a secret, which is not in the file. New ones begin without: edit them afterwards.
        </Notice>
      )}
      <Button
        look="primary"
        off={off}
        disabled={wanted.length === 0}
        onClick={() => onStart(wanted)}
      >
        {wanted.length === 0 ? 'Nothing to import' : `Import ${webhookCount(wanted.length)}`}
      </Button>
    </>
  );
}

/** `3 will be created, 2 changed, 5 are as in the file.` */
function planWords(plan: readonly PlannedRow[]): string {
  if (plan.length === 0) return 'There is no webhook in this file.';
  const of = (outcome: PlannedRow['outcome']) =>
    plan.filter((row) => row.outcome === outcome).length;
  const parts = [
    [of('create'), 'new'],
    [of('change'), 'changed'],
    [of('same'), 'unchanged'],
    [of('secret'), 'left out because of their secret'],
    [of('unreadable'), 'cannot be read'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return `${webhookCount(plan.length)} in the file: ${said.join(', ')}.`;
}

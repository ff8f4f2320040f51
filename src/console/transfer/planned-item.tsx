import { useId, type ReactNode } from 'react';

import { count } from '../numbers';
import { fieldLabel, shownText } from '../webhooks/field-wording';
import { isWritten, type PlannedRow } from './import-plan';
import { rowName } from './import-words';
import { WhyUnwritable } from './why-unwritable';

interface PlannedItemProps {
  organizationId: string;
  row: PlannedRow;
  isOut: boolean;
  onLeaveOut: (isOut: boolean) => void;
}

/** What an import does with one row of the file. */
export function PlannedItem({ organizationId, row, isOut, onLeaveOut }: PlannedItemProps) {
  const [nameId, detailId] = [useId(), useId()];
  const canBeWritten = isWritten(row);
  const Area = canBeWritten ? 'label' : 'div';
  return (
    <li>
      <Area className="flex items-start gap-3 px-3 py-2.5">
        <input
          type="checkbox"
          aria-labelledby={nameId}
          aria-describedby={detailId}
          checked={canBeWritten && !isOut}
          disabled={!canBeWritten}
          onChange={({ target }) => onLeaveOut(!target.checked)}
          className="mt-0.5 size-4 shrink-0 accent-accent"
        />
        <span className="min-w-0 flex-1 wrap-anywhere">
          <span id={nameId} className="line-clamp-2 font-medium" title={rowName(row)}>
            {rowName(row)}
          </span>
          <span id={detailId} className="block">
            <Consequence organizationId={organizationId} row={row} />
            {row.notTaken.length > 0 && <Said>Not taken: {row.notTaken.join(', ')}</Said>}
          </span>
        </span>
      </Area>
    </li>
  );
}

function Consequence({ organizationId, row }: Pick<PlannedItemProps, 'organizationId' | 'row'>) {
  switch (row.outcome) {
    case 'create':
      return <Creation row={row} />;
    case 'same':
      return <Said>Unchanged</Said>;
    case 'change':
      return row.fields.map((field) => (
        <Said key={field}>
          {fieldLabel(field)}: {changeOf(row, field)}
        </Said>
      ));
    default:
      return (
        <span className={`block ${row.outcome === 'unreadable' ? 'text-danger' : 'text-muted'}`}>
          <WhyUnwritable organizationId={organizationId} row={row} />
        </span>
      );
  }
}

function Said({ children }: { children: ReactNode }) {
  return <span className="block text-muted">{children}</span>;
}

/** What decides what a webhook gets. */
const scope = ['kind', 'events', 'environment_types_filter', 'project_names_filter'] as const;

function Creation({ row }: { row: Extract<PlannedRow, { outcome: 'create' }> }) {
  const { wanted, lacksSecret, twin } = row;
  const words = ['New', !wanted.enabled && 'disabled', lacksSecret && 'without the secret it had'];
  return (
    <>
      {wanted.description !== '' && (
        <span className="line-clamp-1 text-muted">{wanted.description}</span>
      )}
      <Said>{words.filter((each) => each !== false).join(', ')}</Said>
      <Said>{scope.map((field) => shownText(field, wanted)).join(' · ')}</Said>
      {wanted.target_secret && (
        <Said>
          {fieldLabel('target_secret')}: {secretWords(wanted)}
        </Said>
      )}
      {twin !== undefined && (
        <Said>Row {count(twin + 1)} of the file has the same URL and kind already.</Said>
      )}
    </>
  );
}

type Change = Extract<PlannedRow, { outcome: 'change' }>;

function changeOf({ wanted, stored }: Change, field: Change['fields'][number]): string {
  if (field === 'target_secret') return secretWords(wanted);
  const isUnknown = stored.untold.some((member) => member === field);
  return `${isUnknown ? 'Not known' : shownText(field, stored)} → ${shownText(field, wanted)}`;
}

/** A secret is never told. */
function secretWords({ target_secret }: Change['wanted']): string {
  return target_secret ? 'set to the one in the file' : 'removed';
}

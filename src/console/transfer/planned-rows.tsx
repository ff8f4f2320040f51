import { displayUrl } from '../../contract/display-url';
import { count } from '../numbers';
import { fieldLabel } from '../webhooks/field-wording';
import { isWritten, type PlannedRow } from './import-plan';

/** Nobody looks through more; the rest is imported as well. */
const mostShown = 200;

interface PlannedRowsProps {
  plan: readonly PlannedRow[];
  /** Which rows are not wanted, by their places. */
  leftOut: ReadonlySet<number>;
  onToggle: (index: number) => void;
}

/** What an import does with each row of the file; those that it writes can be left out. */
export function PlannedRows({ plan, leftOut, onToggle }: PlannedRowsProps) {
  return (
    <ul
      aria-label="Webhooks in the file"
      className="divide-y divide-line rounded-lg border border-line"
    >
      {plan.slice(0, mostShown).map((row, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row is known by its place in the file
        <li key={index}>
          <label className="flex flex-wrap items-start gap-x-3 px-3 py-2.5">
            <input
              type="checkbox"
              checked={isWritten(row) && !leftOut.has(index)}
              disabled={!isWritten(row)}
              onChange={() => onToggle(index)}
              className="mt-0.5 size-4 accent-accent"
            />
            <span className="min-w-0 flex-1 font-medium wrap-anywhere">{nameOf(row, index)}</span>
            <span
              className={`basis-full pl-7 wrap-anywhere sm:basis-2/5 sm:pl-0 sm:text-right ${row.outcome === 'unreadable' ? 'text-danger' : 'text-muted'}`}
            >
              {words(row)}
            </span>
          </label>
        </li>
      ))}
      {plan.length > mostShown && (
        <li className="px-3 py-2.5 text-muted">
          and {count(plan.length - mostShown)} more, to which the same applies
        </li>
      )}
    </ul>
  );
}

function nameOf(row: PlannedRow, index: number): string {
  if (row.outcome === 'unreadable') return `Row ${index + 1}`;
  return displayUrl(row.filed.target_url, row.filed.kind);
}

function words(row: PlannedRow): string {
  switch (row.outcome) {
    case 'create':
      return 'new';
    case 'change':
      return `changes: ${row.fields.map(fieldLabel).join(', ')}`;
    case 'same':
      return 'unchanged';
    case 'secret':
      return 'left out: this API would drop its secret. Edit it instead.';
    case 'unreadable':
      return `cannot be read: ${row.problem}`;
  }
}

import { displayUrl } from '../../contract/display-url';
import type { Webhook } from '../../contract/webhook';
import { ApiError } from '../api-client';
import { errorMessage } from '../error-message';
import { count, webhookCount } from '../numbers';
import type { Toast } from '../ui/toast-store';
import type { Failure, Progress } from '../webhooks/bulk-runner';
import { isWritten, type PlannedRow, type UnwritableRow, type WrittenRow } from './import-plan';
import { messageAt } from './webhook-file';

/** What an import would do: `3 webhooks in the file: 1 new, 2 unchanged.` */
export function planWords(plan: readonly PlannedRow[]): string {
  if (plan.length === 0) return 'There is no webhook in this file.';
  const of = (outcome: PlannedRow['outcome']) =>
    plan.filter((row) => row.outcome === outcome).length;
  const [secret, untold] = [of('secret'), of('untold')];
  const parts = [
    [of('create'), 'new'],
    [of('change'), 'changed'],
    [of('same'), 'unchanged'],
    [secret, `left out because of ${secret === 1 ? 'its secret' : 'their secrets'}`],
    [untold, `left out because not all of ${untold === 1 ? 'it' : 'them'} is known`],
    [of('unreadable'), 'cannot be read'],
  ] as const;
  const said = parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${count(number)} ${what}`);
  return `${webhookCount(plan.length)} in the file: ${said.join(', ')}.`;
}

/** What a row of the file is called: its URL, or where it stands if it cannot be read. */
export function rowName(row: PlannedRow): string {
  if (row.outcome === 'unreadable') return `Row ${count(row.place + 1)}`;
  return webhookName(isWritten(row) ? row.wanted : row.stored);
}

/** The same of one that exists. */
export function webhookName({ target_url, kind }: Pick<Webhook, 'target_url' | 'kind'>): string {
  return displayUrl(target_url, kind);
}

type ImportProgress = Progress<WrittenRow>;

/** What an import leaves for people to do. */
export interface LeftToDo {
  /** What of the file could not be written. */
  unwritable: readonly UnwritableRow[];
  /** What was written and has no secret, though it had one, or may have had. */
  withoutSecret: readonly Webhook[];
}

/** Whether all was written that was to be. */
export function isWhole({ succeeded, total }: ImportProgress): boolean {
  return succeeded === total;
}

/** Whether there is nothing more to do. */
export function isDone(progress: ImportProgress, { unwritable, withoutSecret }: LeftToDo): boolean {
  return isWhole(progress) && unwritable.length === 0 && withoutSecret.length === 0;
}

/** How far it is: `Importing 3 of 12 …` */
export function progressWords(through: number, total: number): string {
  return `Importing ${count(through)} of ${count(total)} …`;
}

/** What became of an import: `Imported 9 of 12 webhooks`. */
export function outcomeTitle(progress: ImportProgress): string {
  const { succeeded, total } = progress;
  return isWhole(progress)
    ? `Imported ${webhookCount(total)}`
    : `Imported ${count(succeeded)} of ${webhookCount(total)}`;
}

/**
 * What else there is to say of it; empty if nothing is.
 *
 * @param named what follows on a number of webhooks, of these names.
 */
export function outcomeDetail(
  { total, succeeded, failures, putOff }: ImportProgress,
  { unwritable, withoutSecret }: LeftToDo,
  named: (names: string[]) => string = () => '',
): string {
  const left = total - succeeded - failures.length;
  const [kept, lacking] = [unwritable.length, withoutSecret.length];
  return [
    failures.length > 0 &&
      `${count(failures.length)} failed${named(failures.map((each) => failureWords(each).url))}.`,
    left > 0 && `${count(left)} ${left === 1 ? 'was' : 'were'} not started.`,
    left > 0 && putOff !== null && errorMessage(putOff, 'import').detail,
    kept > 0 &&
      `${count(kept)} ${kept === 1 ? 'was' : 'were'} left out${named(unwritable.map(rowName))}.`,
    lacking > 0 &&
      `${count(lacking)} ${lacking === 1 ? 'has' : 'have'} no secret, because the file has none for ${lacking === 1 ? 'it' : 'them'}${named(withoutSecret.map(webhookName))}.`,
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
}

/** Where no list of them can stand: the first few. */
const mostNamed = 3;

/** The toast that tells what became of an import whose page was left. */
export function outcomeToast(progress: ImportProgress, leftToDo: LeftToDo): Toast {
  return {
    tone: isDone(progress, leftToDo) ? 'success' : isWhole(progress) ? 'warning' : 'error',
    title: outcomeTitle(progress),
    detail: outcomeDetail(progress, leftToDo, (names) => {
      const more = names.length - mostNamed;
      const first = names.slice(0, mostNamed).join(', ');
      return `: ${first}${more > 0 ? ` and ${count(more)} more` : ''}`;
    }),
  };
}

/** Which webhook failed, and why, with what the API says of each member. */
export function failureWords({ item, error }: Failure<WrittenRow>) {
  const said = error instanceof ApiError ? error.fieldErrors : [];
  return {
    url: rowName(item),
    reason:
      said.length === 0 ? errorMessage(error, 'import').detail : said.map(messageAt).join(' '),
  };
}

import { displayUrl } from '../../contract/display-url';
import { ApiError } from '../api-client';
import { errorMessage } from '../error-message';
import { count, webhookCount } from '../numbers';
import type { Toast } from '../ui/toast-store';
import type { Failure, Progress } from '../webhooks/bulk-runner';
import type { PlannedRow, WrittenRow } from './import-plan';
import { messageAt } from './webhook-file';

/** What an import would do: `3 webhooks in the file: 1 new, 2 unchanged.` */
export function planWords(plan: readonly PlannedRow[]): string {
  if (plan.length === 0) return 'There is no webhook in this file.';
  const of = (outcome: PlannedRow['outcome']) =>
    plan.filter((row) => row.outcome === outcome).length;
  const parts = [
    [of('create'), 'new'],
    [of('change'), 'changed'],
    [of('same'), 'unchanged'],
    [of('secret'), 'left out because of their secret'],
    [of('untold'), 'left out because not all of them is known'],
    [of('unreadable'), 'cannot be read'],
  ] as const;
  const said = parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${count(number)} ${what}`);
  return `${webhookCount(plan.length)} in the file: ${said.join(', ')}.`;
}

type ImportProgress = Progress<WrittenRow>;

export function isWhole({ succeeded, total }: ImportProgress): boolean {
  return succeeded === total;
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

/** What else there is to say of it; empty if nothing is. */
export function outcomeDetail({ total, succeeded, failures, putOff }: ImportProgress): string {
  const left = total - succeeded - failures.length;
  return [
    failures.length > 0 && `${count(failures.length)} failed.`,
    left > 0 && `${count(left)} ${left === 1 ? 'was' : 'were'} not started.`,
    left > 0 && putOff !== null && errorMessage(putOff, 'import').detail,
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
}

/** Where no list of failures can stand: the first few. */
const mostNamed = 3;

/** The toast that tells what became of an import whose page was left. */
export function outcomeToast(progress: ImportProgress): Toast {
  const names = progress.failures.slice(0, mostNamed).map((failure) => failureWords(failure).url);
  const more = progress.failures.length - names.length;
  const named = `${names.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`;
  return {
    tone: isWhole(progress) ? 'success' : 'error',
    title: outcomeTitle(progress),
    detail: [outcomeDetail(progress), named].filter(Boolean).join(' '),
  };
}

/** Which webhook failed, and why, with what the API says of each member. */
export function failureWords({ item: { wanted }, error }: Failure<WrittenRow>) {
  const said = error instanceof ApiError ? error.fieldErrors : [];
  return {
    url: displayUrl(wanted.target_url, wanted.kind),
    reason:
      said.length === 0 ? errorMessage(error, 'import').detail : said.map(messageAt).join(' '),
  };
}

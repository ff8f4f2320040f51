import type { Webhook } from '../../contract/webhook';
import { count } from '../numbers';
import { wordsOfWait } from '../put-off';
import { PoliteStatus } from '../ui/polite-status';
import { progressWords, type Bulk } from './bulk-action';
import { useBulkProgress } from './bulk-progress-hooks';
import type { Progress } from './bulk-runner';

interface BulkStatusProps {
  bulk: Bulk | null;
  selected: number;
  /** How many of those that are selected the list does not show. */
  notShown: number;
}

/** Reads out how many webhooks are selected, and how far an action on them is. */
export function BulkStatus({ bulk, selected, notShown }: BulkStatusProps) {
  const progress = useBulkProgress(bulk);
  const text =
    bulk && progress ? spokenProgress(bulk, progress) : selectedWords(selected, notShown);
  return <PoliteStatus text={text} fromFirst />;
}

/** Each tenth of the way, since who listens wants to do something else, too. */
function spokenProgress(bulk: Bulk, progress: Progress<Webhook>): string {
  const { phase, total, succeeded, failures, waiting } = progress;
  if (phase === 'ended') return '';
  if (waiting !== null) return `Too many requests. ${wordsOfWait(waiting)}`;
  const tenth = Math.ceil(total / 10);
  return progressWords(bulk, Math.floor((succeeded + failures.length) / tenth) * tenth);
}

function selectedWords(selected: number, notShown: number): string {
  if (selected === 0) return '';
  return `${count(selected)} selected${notShown > 0 ? ` · ${count(notShown)} not shown` : ''}`;
}

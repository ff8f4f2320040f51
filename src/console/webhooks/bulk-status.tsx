import { count } from '../numbers';
import { PoliteStatus } from '../ui/polite-status';
import { progressWords, type Bulk } from './bulk-action';
import { useRunProgress } from './bulk-progress-hooks';
import { spokenProgress } from './run-progress';

interface BulkStatusProps {
  bulk: Bulk | null;
  selected: number;
  /** How many of those that are selected the list does not show. */
  notShown: number;
}

/** Reads out how many webhooks are selected, and how far an action on them is. */
export function BulkStatus({ bulk, selected, notShown }: BulkStatusProps) {
  const progress = useRunProgress(bulk?.run ?? null);
  const text =
    bulk && progress
      ? spokenProgress(progress, (through) => progressWords(bulk, through))
      : selectedWords(selected, notShown);
  return <PoliteStatus text={text} fromFirst />;
}

function selectedWords(selected: number, notShown: number): string {
  if (selected === 0) return '';
  return `${count(selected)} selected${notShown > 0 ? ` · ${count(notShown)} not shown` : ''}`;
}

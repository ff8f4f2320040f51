import { count, webhookCount } from '../numbers';
import { Button } from '../ui/button';
import { PoliteStatus } from '../ui/polite-status';
import { isFiltered, type ListView } from './list-view';
import { TransferLink } from './transfer-link';

interface ListCountProps {
  organizationId: string;
  shown: number;
  all: number;
  view: ListView;
  onClear: () => void;
}

/** How many webhooks there are, and how many of them the view shows. */
export function ListCount({ organizationId, shown, all, view, onClear }: ListCountProps) {
  const total = webhookCount(all);
  const words = isFiltered(view) ? `${count(shown)} of ${total}` : total;

  return (
    <div className="-my-1 flex min-h-7 items-center gap-2 whitespace-nowrap text-muted">
      {/* So short that all fits into one line on a phone. */}
      <span aria-hidden>{isFiltered(view) ? `${count(shown)} of ${count(all)}` : total}</span>
      <PoliteStatus text={words} fromFirst={isFiltered(view)} />
      {isFiltered(view) && shown > 0 && (
        <Button look="quiet" onClick={onClear} className="min-h-7! px-2!">
          Clear
        </Button>
      )}
      <span className="ml-auto">
        <TransferLink organizationId={organizationId} />
      </span>
    </div>
  );
}

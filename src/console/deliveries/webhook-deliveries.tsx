import { useFeature } from '../capabilities-queries';
import { AttemptDialog } from './attempt-dialog';
import { DeliveryLog } from './delivery-log';
import { LogFilters } from './log-filters';
import type { LogFilter, LogScope } from './log-queries';
import { useLogAddress } from './use-log-address';

const unfiltered: LogFilter = { status: null, event: null };

/** The log of one webhook, or of all, with its filters and the row that is open. */
export function WebhookDeliveries({ organizationId, webhookId }: LogScope) {
  const namesWebhook = webhookId === null;
  const { filter: wanted, opened, narrow, searchOf } = useLogAddress(namesWebhook);
  // Until that is known, their place is kept.
  const canNarrow = useFeature('organization-log') !== false;
  // An address from elsewhere may ask for what a plain API cannot do: it would tell all as if narrowed.
  const filter = canNarrow ? wanted : unfiltered;
  const openedIn = webhookId ?? opened?.webhookId ?? null;
  return (
    <div className="flex flex-col gap-3">
      {canNarrow ? <LogFilters filter={filter} onChange={narrow} /> : <LeftOut />}
      <DeliveryLog
        key={`${organizationId} ${webhookId} ${filter.status} ${filter.event}`}
        scope={{ organizationId, webhookId }}
        filter={filter}
        searchOf={searchOf}
      />
      {opened && openedIn !== null && (
        <AttemptDialog
          organizationId={organizationId}
          webhookId={openedIn}
          attemptId={opened.attemptId}
          leadsToWebhook={namesWebhook}
          searchOf={searchOf}
        />
      )}
    </div>
  );
}

function LeftOut() {
  return (
    <p className="max-w-[80ch] text-muted">
      The deliveries that Qovery lists. Its API cannot send tests or send anything again, and does
      not tell of retries.
    </p>
  );
}

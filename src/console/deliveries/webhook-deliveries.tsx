import { useFeature } from '../capabilities-queries';
import { AttemptDialog } from './attempt-dialog';
import { DeliveryLog } from './delivery-log';
import { LogFilters } from './log-filters';
import type { LogScope } from './log-queries';
import { useLogAddress } from './use-log-address';

/** The log of one webhook, or of all, with its filters and the row that is open. */
export function WebhookDeliveries({ organizationId, webhookId }: LogScope) {
  const namesWebhook = webhookId === null;
  const { filter, opened, narrow, searchOf } = useLogAddress(namesWebhook);
  const canNarrow = useFeature('organization-log') !== false;
  const openedIn = webhookId ?? opened?.webhookId ?? null;
  return (
    <div className="flex flex-col gap-3">
      {canNarrow && <LogFilters filter={filter} onChange={narrow} />}
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

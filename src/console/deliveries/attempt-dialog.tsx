import { useQuery } from '@tanstack/react-query';
import { Ghost, RotateCw, ServerCrash } from 'lucide-react';

import { ApiError } from '../api-client';
import { useFeature } from '../capabilities-queries';
import { errorMessage } from '../error-message';
import { webhookPage } from '../page-paths';
import { Button, LinkButton } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { MessagePanel } from '../ui/message-panel';
import { Notice } from '../ui/notice';
import { usePageTitle } from '../ui/page-title';
import { Skeleton } from '../ui/skeleton';
import { useCloseDialog } from '../use-close-dialog';
import { useWritesOff } from '../write-access';
import { AttemptInFull, type Attempt } from './attempt-in-full';
import { eventWords } from './attempt-words';
import { DeliveredSince } from './delivered-since';
import { DeliveryAttempts } from './delivery-attempts';
import { attemptQuery, deliveryQuery } from './log-queries';
import { timesTried, useRedeliver } from './redeliver';
import { useWebhookState } from './use-webhook-state';

interface AttemptDialogProps {
  organizationId: string;
  webhookId: string;
  attemptId: string;
  /** Whether it is opened from the log of all webhooks, and leads to its own. */
  leadsToWebhook: boolean;
  /** The search of the address under which another attempt is opened. */
  searchOf: (webhookId: string, attemptId: string) => string;
}

/** One row of the log in full, over the log. */
export function AttemptDialog(props: AttemptDialogProps) {
  const { organizationId, webhookId, attemptId } = props;
  const close = useCloseDialog();
  const query = useQuery(attemptQuery(organizationId, webhookId, attemptId));
  const { data, error } = query;
  const title = data ? `Delivery: ${eventWords(data)}` : 'Delivery';
  usePageTitle(title, 'dialog');
  return (
    <Dialog title={title} size="large" onClose={close}>
      <div className="min-h-0 flex-1 space-y-5 overflow-y-auto p-5">
        {data ? (
          <OpenedAttempt key={attemptId} {...props} attempt={data} />
        ) : error ? (
          <CannotOpen
            error={error}
            busy={query.isFetching}
            onRetry={() => void query.refetch()}
            onClose={close}
          />
        ) : (
          <div role="status" aria-label="Loading" aria-busy="true" className="space-y-4">
            <Skeleton className="h-6 w-1/3" />
            <Skeleton className="h-40 w-full" />
            <Skeleton className="h-40 w-full" />
          </div>
        )}
      </div>
    </Dialog>
  );
}

interface CannotOpenProps {
  error: Error;
  busy: boolean;
  onRetry: () => void;
  onClose: () => void;
}

function CannotOpen({ error, busy, onRetry, onClose }: CannotOpenProps) {
  if (error instanceof ApiError && error.status === 404) {
    return (
      <MessagePanel
        icon={Ghost}
        title="This delivery is not in the log"
        actions={<Button onClick={onClose}>Back to the deliveries</Button>}
      >
        It is older than what is kept, or the address is mistyped.
      </MessagePanel>
    );
  }
  const { title, detail } = errorMessage(error, 'load the delivery');
  return (
    <MessagePanel
      icon={ServerCrash}
      tone="danger"
      title={title}
      actions={
        <Button busy={busy} onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {detail}
    </MessagePanel>
  );
}

function OpenedAttempt(props: AttemptDialogProps & { attempt: Attempt }) {
  const { organizationId, webhookId, attempt, leadsToWebhook, searchOf } = props;
  const redeliver = useRedeliver(organizationId, webhookId);
  const canRedeliver = useFeature('redeliver') === true;
  const writesOff = useWritesOff(organizationId);
  const isTest = attempt.trigger === 'test';
  const state = useWebhookState(organizationId, webhookId, leadsToWebhook);
  const isDeleted = state === 'deleted';
  const off =
    writesOff ?? (state === 'disabled' ? 'The webhook is disabled: enable it first.' : undefined);
  const { data: delivery } = useQuery({
    ...deliveryQuery(organizationId, webhookId, attempt.delivery_id ?? ''),
    enabled: attempt.delivery_id !== null && !isTest,
  });
  const rows = delivery?.results ?? [];
  return (
    <AttemptInFull
      attempt={attempt}
      actions={
        <>
          {isDeleted && <span className="text-muted">The webhook was deleted.</span>}
          {leadsToWebhook && !isDeleted && (
            <LinkButton to={webhookPage(organizationId, webhookId)}>Open the webhook</LinkButton>
          )}
          {canRedeliver && !isTest && !isDeleted && (
            <Button
              icon={RotateCw}
              busy={redeliver.isPending}
              off={off}
              onClick={() => redeliver.mutate(attempt)}
            >
              {attempt.attempt === 0 ? 'Send now' : 'Redeliver'}
            </Button>
          )}
        </>
      }
      before={
        <DeliveredSince
          rows={rows}
          attempt={attempt}
          searchOf={(attemptId) => searchOf(webhookId, attemptId)}
        />
      }
    >
      <div role="status" className="empty:mb-0">
        {redeliver.isSuccess && timesTried(rows) <= redeliver.data && (
          <Notice tone="info">
            It is sent again, with the same webhook-id and body. What comes of it appears below.
          </Notice>
        )}
      </div>
      {redeliver.error && (
        <Notice tone="danger">{errorMessage(redeliver.error, 'redeliver').detail}</Notice>
      )}
      {attempt.delivery_id !== null && !isTest && (
        <DeliveryAttempts
          organizationId={organizationId}
          webhookId={webhookId}
          deliveryId={attempt.delivery_id}
          current={attempt.id}
          searchOf={searchOf}
        />
      )}
    </AttemptInFull>
  );
}

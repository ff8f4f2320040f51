import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Ghost, Send } from 'lucide-react';
import { useState } from 'react';
import { useParams } from 'react-router-dom';

import { displayUrl } from '../../contract/display-url';
import { deploymentEventTypes, type Webhook } from '../../contract/webhook';
import { eventTitle } from '../../contract/wording';
import { attemptResult } from '../deliveries/attempt-words';
import { AttemptInFull } from '../deliveries/attempt-in-full';
import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { MessagePanel } from '../ui/message-panel';
import { Notice } from '../ui/notice';
import { usePageTitle } from '../ui/page-title';
import { DialogLoading } from '../webhooks/lazy-dialog';
import { webhooksQuery } from '../webhooks/queries';
import { flipWebhook } from '../webhooks/toggle-webhook';
import { useCloseDialog } from '../webhooks/use-close-dialog';
import { useWritesOff } from '../write-access';
import { useTestWebhook } from './send-test';

const title = 'Send test event';

/** **Send test event**, over the list. */
export function TestWebhookDialog() {
  const { organizationId = '', webhookId = '' } = useParams();
  const { data, isFetching } = useQuery(webhooksQuery(organizationId));
  const close = useCloseDialog();
  const webhook = data?.results.find(({ id }) => id === webhookId);
  if (webhook) return <TestDialog organizationId={organizationId} webhook={webhook} />;
  if (isFetching) return <DialogLoading title={title} />;
  return (
    <Dialog title={title} onClose={close}>
      <MessagePanel
        icon={Ghost}
        title="This webhook does not exist"
        actions={<Button onClick={close}>Back to the list</Button>}
      >
        It was deleted, or the address is mistyped.
      </MessagePanel>
    </Dialog>
  );
}

interface TestDialogProps {
  organizationId: string;
  webhook: Webhook;
}

/** Sends a sample event to a webhook, and shows in place what its receiver answers. */
export function TestDialog({ organizationId, webhook }: TestDialogProps) {
  usePageTitle(title, 'dialog');
  const close = useCloseDialog();
  const off = useWritesOff(organizationId);
  const test = useTestWebhook(organizationId, webhook.id);
  const [eventType, setEventType] = useState(
    deploymentEventTypes.find((each) => webhook.events.includes(each)) ?? deploymentEventTypes[0],
  );
  const { data: attempt, error, isPending } = test;
  return (
    <Dialog title={title} size={attempt ? 'large' : 'medium'} onClose={close}>
      <div className="min-h-0 flex-1 space-y-4 overflow-y-auto p-5">
        <p className="font-medium wrap-anywhere">{displayUrl(webhook.target_url, webhook.kind)}</p>
        <p className="max-w-[76ch] text-muted">
          Sends sample data now, with the header{' '}
          <code className="font-mono text-xs text-ink">webhook-test: true</code>. The webhook’s
          filters are bypassed, and so is its switch. A test is sent once, and counts neither for
          the webhook’s health nor against it.
        </p>
        <div className="flex flex-wrap items-end gap-2">
          <label className="min-w-0">
            <span className="mb-1.5 block font-medium">Event</span>
            <select
              value={eventType}
              onChange={({ target }) => {
                const chosen = deploymentEventTypes.find((each) => each === target.value);
                if (chosen) setEventType(chosen);
              }}
              className="control w-full pr-8!"
            >
              {deploymentEventTypes.map((each) => (
                <option key={each} value={each}>
                  {eventTitle(each)}
                  {webhook.events.includes(each) ? '' : ' (not one of its events)'}
                </option>
              ))}
            </select>
          </label>
          <Button
            data-autofocus
            look="primary"
            icon={Send}
            busy={isPending}
            off={off}
            onClick={() => test.mutate(eventType)}
          >
            {attempt ? 'Send again' : 'Send'}
          </Button>
        </div>
        <p role="status" className={isPending ? 'text-muted' : 'sr-only'}>
          {isPending
            ? 'Waiting for the receiver’s answer …'
            : attempt && `The receiver’s answer: ${attemptResult(attempt).words}`}
        </p>
        {error && <Notice tone="danger">{errorMessage(error, 'send the test').detail}</Notice>}
        {attempt && !isPending && (
          <section aria-label="Result" className="space-y-5 border-t border-line pt-4">
            {attemptResult(attempt).tone === 'success' && !webhook.enabled && (
              <EnableNow organizationId={organizationId} webhookId={webhook.id} />
            )}
            <AttemptInFull attempt={attempt} />
          </section>
        )}
      </div>
    </Dialog>
  );
}

/** After a test that arrived: the webhook can be put to work. */
function EnableNow({ organizationId, webhookId }: { organizationId: string; webhookId: string }) {
  const client = useQueryClient();
  return (
    <Notice tone="info">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        The receiver works. The webhook is still disabled, and sent nothing.
        <Button onClick={() => flipWebhook(client, organizationId, webhookId)}>
          Enable the webhook
        </Button>
      </div>
    </Notice>
  );
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useRef, useState } from 'react';
import { useParams } from 'react-router-dom';

import { displayUrl } from '../../contract/display-url';
import {
  deploymentEventTypes,
  type DeploymentEventType,
  type Webhook,
} from '../../contract/webhook';
import { eventTitle } from '../../contract/wording';
import { attemptResult } from '../deliveries/attempt-words';
import { AttemptInFull, type Attempt } from '../deliveries/attempt-in-full';
import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Notice } from '../ui/notice';
import { usePageTitle } from '../ui/page-title';
import { DialogLoading } from '../webhooks/lazy-dialog';
import { NoWebhookDialog } from '../webhooks/no-webhook-dialog';
import { webhooksQuery } from '../webhooks/queries';
import { toggleWebhook } from '../webhooks/toggle-webhook';
import { useAskForSecret } from '../webhooks/use-flip';
import { useCloseDialog } from '../use-close-dialog';
import { useWritesOff } from '../write-access';
import { FeatureDialog } from './feature-dialog';
import { useTestWebhook } from './send-test';

const title = 'Send test event';

/** **Send test event**, over the list. */
export function TestWebhookDialog() {
  const { organizationId = '', webhookId = '' } = useParams();
  const { data, error, isFetching, refetch } = useQuery(webhooksQuery(organizationId));
  const webhook = data?.results.find(({ id }) => id === webhookId);
  if (webhook) return <TestDialog organizationId={organizationId} webhook={webhook} />;
  if (isFetching && !error) return <DialogLoading title={title} />;
  return <NoWebhookDialog title={title} error={error} retry={{ isFetching, refetch }} />;
}

interface TestDialogProps {
  organizationId: string;
  webhook: Webhook;
}

/** Sends a sample event to a webhook, and shows in place what its receiver answers. */
export function TestDialog(props: TestDialogProps) {
  return (
    <FeatureDialog feature="test" title={title}>
      <TestForm {...props} />
    </FeatureDialog>
  );
}

function TestForm({ organizationId, webhook }: TestDialogProps) {
  usePageTitle(title, 'dialog');
  const close = useCloseDialog();
  const off = useWritesOff(organizationId);
  const { mutate, error, isPending } = useTestWebhook(organizationId, webhook.id);
  const [eventType, setEventType] = useState(
    deploymentEventTypes.find((each) => webhook.events.includes(each)) ?? deploymentEventTypes[0],
  );
  // The answer before stays while the next is on its way, so that nothing jumps.
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const send = useRef<HTMLButtonElement>(null);
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
          <EventSelect webhook={webhook} selected={eventType} onSelect={setEventType} />
          <Button
            data-autofocus
            ref={send}
            look="primary"
            icon={Send}
            busy={isPending}
            off={off}
            onClick={() =>
              mutate(eventType, { onSuccess: setAttempt, onError: () => setAttempt(null) })
            }
          >
            {attempt ? 'Send again' : 'Send'}
          </Button>
          <p
            role="status"
            className={isPending ? `py-2 text-muted ${attempt ? 'max-sm:sr-only' : ''}` : 'sr-only'}
          >
            {isPending
              ? 'Waiting for the receiver’s answer …'
              : attempt && !error && `The receiver’s answer: ${attemptResult(attempt).words}`}
          </p>
        </div>
        {error && <Notice tone="danger">{errorMessage(error, 'send the test').detail}</Notice>}
        {attempt && !error && (
          <TestResult
            organizationId={organizationId}
            webhook={webhook}
            attempt={attempt}
            isOld={isPending}
            onEnable={() => send.current?.focus()}
          />
        )}
      </div>
    </Dialog>
  );
}

interface TestResultProps extends TestDialogProps {
  attempt: Attempt;
  /** While the next is waited for. */
  isOld: boolean;
  onEnable: () => void;
}

function TestResult({ organizationId, webhook, attempt, isOld, onEnable }: TestResultProps) {
  const isSuccess = attemptResult(attempt).tone === 'success';
  return (
    <section
      aria-label="Result"
      aria-busy={isOld}
      className={`space-y-5 border-t border-line pt-4 ${isOld ? 'opacity-50' : ''}`}
    >
      {isSuccess && !webhook.enabled && (
        <EnableNow organizationId={organizationId} webhookId={webhook.id} onEnable={onEnable} />
      )}
      <AttemptInFull attempt={attempt} />
    </section>
  );
}

interface EventSelectProps {
  webhook: Webhook;
  selected: DeploymentEventType;
  onSelect: (type: DeploymentEventType) => void;
}

function EventSelect({ webhook, selected, onSelect }: EventSelectProps) {
  return (
    <label className="min-w-0">
      <span className="mb-1.5 block font-medium">Event</span>
      <select
        value={selected}
        onChange={({ target }) => {
          const chosen = deploymentEventTypes.find((each) => each === target.value);
          if (chosen) onSelect(chosen);
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
  );
}

interface EnableNowProps {
  organizationId: string;
  webhookId: string;
  /** This is gone then: the focus is to go elsewhere. */
  onEnable: () => void;
}

/** After a test that arrived: the webhook can be put to work. */
function EnableNow({ organizationId, webhookId, onEnable }: EnableNowProps) {
  const client = useQueryClient();
  const ask = useAskForSecret(organizationId);
  const off = useWritesOff(organizationId);
  return (
    <Notice tone="info">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        The receiver works. The webhook is still disabled: no deployment event is sent to it.
        <Button
          off={off}
          onClick={() => {
            onEnable();
            toggleWebhook(client, organizationId, webhookId, true, ask);
          }}
        >
          Enable the webhook
        </Button>
      </div>
    </Notice>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';

import { displayUrl } from '../../contract/display-url';
import type { Webhook } from '../../contract/webhook';
import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Notice } from '../ui/notice';
import { usePageTitle } from '../ui/page-title';
import { useCloseDialog } from '../webhooks/use-close-dialog';
import { count } from '../numbers';
import { useWritesOff } from '../write-access';
import { RecoveryProgress } from './recovery-progress';
import { recoverableQuery, useRecover } from './recoveries';

interface RecoverDialogProps {
  organizationId: string;
  webhook: Webhook;
}

const title = 'Recover failed deliveries';

/** By which the address names a recovery that has begun: a reload goes on to show it. */
const recoveryParameter = 'recovery';

/** Sends again all that failed since a time one chooses: how many, how far, what came of it. */
export function RecoverDialog({ organizationId, webhook }: RecoverDialogProps) {
  usePageTitle(title, 'dialog');
  const close = useCloseDialog();
  const { state } = useLocation();
  const [params, setParams] = useSearchParams();
  const id = params.get(recoveryParameter);
  const show = (recovery: string | null) =>
    setParams(
      (params) => {
        if (recovery === null) params.delete(recoveryParameter);
        else params.set(recoveryParameter, recovery);
        return params;
      },
      { replace: true, state },
    );
  return (
    <Dialog title={title} size="medium" onClose={close}>
      <div className="min-h-0 flex-1 space-y-4 overflow-y-auto p-5">
        <p className="font-medium wrap-anywhere">{displayUrl(webhook.target_url, webhook.kind)}</p>
        {id === null ? (
          <ChooseSince
            organizationId={organizationId}
            webhook={webhook}
            onBegun={show}
            onClose={close}
          />
        ) : (
          <RecoveryProgress
            organizationId={organizationId}
            webhookId={webhook.id}
            id={id}
            onAgain={() => show(null)}
            onClose={close}
          />
        )}
      </div>
    </Dialog>
  );
}

const hour = 3_600_000;
const spans = [
  ['The last hour', hour],
  ['The last 24 hours', 24 * hour],
  ['The last 7 days', 7 * 24 * hour],
  ['The last 30 days', 30 * 24 * hour],
] as const;
const ownTime = 'own';

/** The value of a `datetime-local` field, in the zone of the browser. */
function localTime(time: number): string {
  const offset = new Date(time).getTimezoneOffset() * 60_000;
  return new Date(time - offset).toISOString().slice(0, 16);
}

interface ChooseSinceProps extends RecoverDialogProps {
  onBegun: (id: string) => void;
  onClose: () => void;
}

function ChooseSince({ organizationId, webhook, onBegun, onClose }: ChooseSinceProps) {
  const [now] = useState(() => Date.now());
  const [span, setSpan] = useState(String(24 * hour));
  const [own, setOwn] = useState(() => localTime(now - 24 * hour));
  const since = span === ownTime ? Date.parse(own) : now - Number(span);
  const isTime = since <= now;
  const iso = isTime ? new Date(since).toISOString() : '';
  const counted = useQuery({
    ...recoverableQuery(organizationId, webhook.id, iso),
    enabled: isTime,
  });
  const off = useWritesOff(organizationId);
  const recover = useRecover(organizationId, webhook.id);
  const total = isTime ? counted.data?.total : undefined;
  return (
    <>
      <p className="max-w-[72ch] text-muted">
        Sends again, with the same webhook-id and body, what was accepted since then and ended
        without success. What still waits for its next attempt goes on by itself.
      </p>
      <div className="flex flex-wrap items-end gap-2">
        <label>
          <span className="mb-1.5 block font-medium">Accepted within</span>
          <select
            data-autofocus
            value={span}
            onChange={({ target }) => setSpan(target.value)}
            className="control pr-8!"
          >
            {spans.map(([name, length]) => (
              <option key={name} value={length}>
                {name}
              </option>
            ))}
            <option value={ownTime}>Since …</option>
          </select>
        </label>
        {span === ownTime && (
          <input
            type="datetime-local"
            aria-label="Since"
            value={own}
            max={localTime(now)}
            onChange={({ target }) => setOwn(target.value)}
            className="control"
          />
        )}
      </div>
      <p role="status" className={counted.isPlaceholderData ? 'opacity-60' : ''}>
        {isTime ? words(total) : 'Choose a day and a time that are past.'}
      </p>
      {!webhook.enabled && (
        <Notice tone="warning">The webhook is disabled. Enable it first, then recover.</Notice>
      )}
      {counted.error && (
        <Notice tone="danger">{errorMessage(counted.error, 'count the deliveries').detail}</Notice>
      )}
      {recover.error && (
        <Notice tone="danger">{errorMessage(recover.error, 'recover').detail}</Notice>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          busy={recover.isPending}
          off={off}
          disabled={!webhook.enabled || !total || counted.isPlaceholderData}
          onClick={() => recover.mutate(iso, { onSuccess: ({ id }) => onBegun(id) })}
        >
          {total ? `Send ${count(total)} again` : 'Send again'}
        </Button>
      </div>
    </>
  );
}

function words(total: number | undefined): string {
  if (total === undefined) return 'Counting …';
  if (total === 0) return 'Nothing ended without success since then.';
  return total === 1
    ? '1 delivery ended without success since then.'
    : `${count(total)} deliveries ended without success since then.`;
}

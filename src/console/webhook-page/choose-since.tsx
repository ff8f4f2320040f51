import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { Webhook } from '../../contract/webhook';
import { errorMessage } from '../error-message';
import { count } from '../numbers';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { useWritesOff } from '../write-access';
import {
  lastBegun,
  recoverableQuery,
  recoveryAtWork,
  recoveryQuery,
  useRecover,
} from './recoveries';

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

interface ChooseSinceProps {
  organizationId: string;
  webhook: Webhook;
  /** Shows a recovery: the one that has begun, or one that began before and goes on. */
  onBegun: (id: string) => void;
  onOther: (id: string) => void;
  onClose: () => void;
}

/** Since when to recover, and how many that would send again. */
export function ChooseSince(props: ChooseSinceProps) {
  const { organizationId, webhook, onBegun, onOther, onClose } = props;
  const { iso, fields } = useSince();
  const counted = useQuery({
    ...recoverableQuery(organizationId, webhook.id, iso),
    enabled: iso !== '',
  });
  const off = useWritesOff(organizationId);
  const recover = useRecover(organizationId, webhook.id);
  const total = iso === '' ? undefined : counted.data?.total;
  const error =
    (counted.error && errorMessage(counted.error, 'count the deliveries')) ??
    (recover.error && errorMessage(recover.error, 'recover'));
  return (
    <>
      <p className="max-w-[72ch] text-muted">
        Sends again, with the same webhook-id and body, what was accepted since then and ended
        without success. What still waits for its next attempt goes on by itself.
      </p>
      <UnderWay organizationId={organizationId} webhookId={webhook.id} onShow={onOther} />
      {fields}
      <p role="status" className={counted.isPlaceholderData ? 'opacity-60' : ''}>
        {iso === ''
          ? 'Choose a day and a time that are past.'
          : total === undefined && counted.error
            ? ''
            : words(total)}
      </p>
      {!webhook.enabled && (
        <Notice tone="warning">The webhook is disabled. Enable it first, then recover.</Notice>
      )}
      {error && <Notice tone="danger">{error.detail}</Notice>}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          busy={recover.isPending}
          off={off}
          disabled={!webhook.enabled || !total || counted.isPlaceholderData}
          onClick={() =>
            recover.mutate(iso, {
              onSuccess: ({ id }) => onBegun(id),
              onError: (error) => {
                const other = recoveryAtWork(error);
                if (other !== null) onOther(other);
              },
            })
          }
        >
          {total ? `Send ${count(total)} again` : 'Send again'}
        </Button>
      </div>
    </>
  );
}

/** The time that is chosen (ISO 8601; empty if it is none, or not past), and the fields for it. */
function useSince() {
  const [now] = useState(() => Date.now());
  const [span, setSpan] = useState(String(24 * hour));
  const [own, setOwn] = useState(() => localTime(now - 24 * hour));
  const since = span === ownTime ? Date.parse(own) : now - Number(span);
  const fields = (
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
  );
  return { iso: since <= now ? new Date(since).toISOString() : '', fields };
}

/** The way back to a recovery whose dialog was closed. */
function UnderWay({
  organizationId,
  webhookId,
  onShow,
}: {
  organizationId: string;
  webhookId: string;
  onShow: (id: string) => void;
}) {
  const id = lastBegun(webhookId);
  const { data } = useQuery({
    ...recoveryQuery(organizationId, webhookId, id ?? ''),
    enabled: id !== undefined,
  });
  if (id === undefined || data?.status !== 'running') return null;
  return (
    <Notice tone="info">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        A recovery is under way.
        <Button onClick={() => onShow(id)}>See how far it is</Button>
      </div>
    </Notice>
  );
}

function words(total: number | undefined): string {
  if (total === undefined) return 'Counting …';
  if (total === 0) return 'Nothing ended without success since then.';
  return total === 1
    ? '1 delivery ended without success since then.'
    : `${count(total)} deliveries ended without success since then.`;
}

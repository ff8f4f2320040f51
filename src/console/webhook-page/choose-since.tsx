import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { Webhook } from '../../contract/webhook';
import { errorMessage } from '../error-message';
import { count } from '../numbers';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { useWritesOff } from '../write-access';
import { recoverableQuery, recoveryAtWork, useRecover } from './recoveries';

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
  const running = counted.data?.recovery_id;
  const begin = () =>
    recover.mutate(iso, {
      onSuccess: ({ id }) => onBegun(id),
      onError: (error) => {
        const other = recoveryAtWork(error);
        if (other !== null) onOther(other);
      },
    });
  const error =
    (counted.error && errorMessage(counted.error, 'count the deliveries')) ??
    (recover.error && errorMessage(recover.error, 'recover'));
  return (
    <>
      <p className="max-w-[72ch] text-muted">
        Sends again, with the same webhook-id and body, what was accepted since then and ended
        without success. What failed and is still being tried by its schedule is not among it: to
        send one of those at once, open it in the log and redeliver it.
      </p>
      {running && <UnderWay onShow={() => onOther(running)} />}
      {fields}
      <p role="status" className={counted.isPlaceholderData ? 'opacity-60' : ''}>
        {iso === '' ? 'Choose a day and a time that are past.' : words(total, counted.error)}
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
          onClick={begin}
        >
          {total ? `Send ${count(total)} again` : 'Send again'}
        </Button>
      </div>
    </>
  );
}

/**
 * The time that is chosen (ISO 8601; empty if it is none, or not past), and the fields for it. What is
 * "the last hour" is settled when that is chosen.
 */
function useSince() {
  const [{ span, now }, setSpan] = useState(() => ({ span: String(24 * hour), now: Date.now() }));
  const [own, setOwn] = useState(() => localTime(now - 24 * hour));
  const since = span === ownTime ? Date.parse(own) : now - Number(span);
  const fields = (
    <div className="flex flex-wrap items-end gap-2">
      <label>
        <span className="mb-1.5 block font-medium">Accepted within</span>
        <select
          data-autofocus
          value={span}
          onChange={({ target }) => setSpan({ span: target.value, now: Date.now() })}
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
          onChange={({ target }) => {
            setOwn(target.value);
            setSpan({ span, now: Date.now() });
          }}
          className="control"
        />
      )}
    </div>
  );
  return { iso: since <= now ? new Date(since).toISOString() : '', fields };
}

/** The way to the recovery that is running, also of another tab or somebody else. */
function UnderWay({ onShow }: { onShow: () => void }) {
  return (
    <Notice tone="info">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        A recovery is under way.
        <Button onClick={onShow}>See how far it is</Button>
      </div>
    </Notice>
  );
}

function words(total: number | undefined, error: Error | null): string {
  if (total === undefined) return error ? '' : 'Counting …';
  if (total === 0) return 'Nothing ended without success since then.';
  return total === 1
    ? '1 delivery ended without success since then.'
    : `${count(total)} deliveries ended without success since then.`;
}

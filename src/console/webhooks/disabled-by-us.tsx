import { PowerOff } from 'lucide-react';

import type { Webhook } from '../../contract/webhook';
import { RelativeTime } from '../ui/relative-time';

/** Says that a webhook is off because of its receiver, and nobody has switched it off. */
export function DisabledByUs({ webhook }: { webhook: Webhook }) {
  const { enabled, disabled_reason: reason, disabled_at: at } = webhook;
  if (enabled || reason === null) return null;
  const why = whyDisabled(reason);
  return (
    <p className="flex items-start gap-1.5 font-medium text-warning">
      <PowerOff aria-hidden className="mt-0.75 size-3.5 shrink-0" />
      <span className="wrap-anywhere">
        Disabled by us{why === '' ? '' : `: ${why}`}
        {at !== null && (
          <span className="font-normal text-muted">
            {' · '}
            <RelativeTime iso={at} />
          </span>
        )}
      </span>
    </p>
  );
}

/** Why we disabled a webhook; empty for a reason that we do not know. */
export function whyDisabled(reason: string): string {
  if (reason === 'GONE') return 'the receiver answered 410';
  return reason === 'FAILING' ? 'it failed for 5 days' : '';
}

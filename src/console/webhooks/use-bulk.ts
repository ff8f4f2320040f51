import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';

import type { Webhook } from '../../contract/webhook';
import { showToast } from '../ui/toast-store';
import { useIsMounted } from '../use-is-mounted';
import { askBeforeUnload } from './ask-before-unload';
import { isWhole, outcomeToast, startBulk, type Bulk, type BulkAction } from './bulk-action';
import type { Selection } from './selection';

/**
 * The action on many that is under way, or that did not go through in full: null if there is none.
 * One that did is told by a toast, and so is any whose page was left meanwhile. They follow each
 * other; what is through is selected no longer.
 */
export function useBulk(organizationId: string, selection: Selection) {
  const client = useQueryClient();
  const isMounted = useIsMounted();
  const [bulk, setBulk] = useState<Bulk | null>(null);
  const last = useRef<Promise<void>>(Promise.resolve());

  async function begin(action: BulkAction, webhooks: readonly Webhook[]) {
    const next = startBulk(client, organizationId, action, webhooks, ({ id }) => {
      if (selection.has(id)) selection.setAll([id], false);
    });
    setBulk(next);
    askBeforeUnload(next.run);
    await next.run.ended;
    if (isMounted() && !isWhole(next)) return;
    setBulk(null);
    showToast(outcomeToast(next, () => start('enable', next.changed)));
  }

  function start(action: BulkAction, webhooks: readonly Webhook[]) {
    last.current = last.current.then(() => begin(action, webhooks));
  }

  return { bulk, start, dismiss: () => setBulk(null) };
}

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useLayoutEffect, useRef } from 'react';
import { useNavigate } from 'react-router-dom';

import { newestLocation } from '../newest-location';
import { switchWebhookPage, webhookPage, webhooksPage } from '../page-paths';
import { dialogParameter, enabledParameter, overPage, withoutDialog } from '../use-close-dialog';
import { flipWebhook, type AskForSecret } from './toggle-webhook';

/** What a click on a webhook's switch does. The same function as long as the organization is. */
export function useFlip(organizationId: string): (webhookId: string) => void {
  const client = useQueryClient();
  const ask = useAskForSecret(organizationId);
  return useCallback(
    (webhookId) => flipWebhook(client, organizationId, webhookId, ask),
    [client, organizationId, ask],
  );
}

/**
 * Opens the dialog that asks for the secret: over the webhook's page if one is there, else over the
 * list, in place of such a dialog that is open already.
 */
export function useAskForSecret(organizationId: string): AskForSecret {
  const navigate = useNavigate();
  // A toast may offer Undo after the page has changed.
  const latest = useRef(navigate);
  useLayoutEffect(() => {
    latest.current = navigate;
  });
  return useCallback(
    (webhookId, enabled) => {
      const { pathname, search, state } = newestLocation();
      const [list, page] = [webhooksPage(organizationId), webhookPage(organizationId, webhookId)];
      const isHere = pathname === page;
      const isOverList = pathname.startsWith(`${list}/`) && pathname.endsWith('/secret');
      const isOpen = isOverList || new URLSearchParams(search).get(dialogParameter) === 'secret';
      const params = withoutDialog(isHere || isOverList || pathname === list ? search : '');
      if (isHere) params.set(dialogParameter, 'secret');
      params.set(enabledParameter, String(enabled));
      const to = isHere ? page : switchWebhookPage(organizationId, webhookId);
      void latest.current(
        { pathname: to, search: params.toString() },
        isOpen ? { replace: true, state } : { state: overPage },
      );
    },
    [organizationId],
  );
}

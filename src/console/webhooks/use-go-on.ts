import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';

import { sessionQuery } from '../session-queries';
import { useIsMounted } from '../use-is-mounted';
import { offerDraft, withdrawDraftOffer } from './draft-offer';
import { overPage } from '../use-close-dialog';

/** The way back to the form at this address, for a toast. */
export function useGoOn() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  return {
    label: 'Continue editing',
    run: () => void navigate(pathname + search, { state: overPage }),
  };
}

/**
 * Offers the way back when the form is left otherwise than by its buttons, as by Back. Whoever has to
 * sign in is led back anyway.
 *
 * @param hasUnsaved asked once the form is gone.
 */
export function useOfferWhenLeft(
  goOn: { label: string; run: () => void },
  hasUnsaved: () => boolean,
) {
  const client = useQueryClient();
  const isMounted = useIsMounted();
  const latest = useRef({ goOn, hasUnsaved });
  useEffect(() => {
    latest.current = { goOn, hasUnsaved };
  });

  useEffect(() => {
    withdrawDraftOffer();
    return () =>
      // Strict mode takes every component away once and puts it back at once.
      queueMicrotask(() => {
        const isSignedIn = client.getQueryData(sessionQuery().queryKey) !== null;
        if (!isMounted() && isSignedIn && latest.current.hasUnsaved())
          offerDraft(latest.current.goOn);
      });
  }, [client, isMounted]);
}

import { useNavigate } from 'react-router-dom';

import { useFeature } from '../capabilities-queries';
import { testWebhookPage } from '../page-paths';
import type { Toast } from '../ui/toast-store';
import { overPage } from '../use-close-dialog';

/** Gives what a toast about a webhook offers: to send it a test event. Null where the API cannot. */
export function useTestOffer(
  organizationId: string,
): ((webhookId: string) => NonNullable<Toast['action']>) | null {
  const navigate = useNavigate();
  const canTest = useFeature('test') === true;
  if (!canTest) return null;
  return (webhookId) => ({
    label: 'Send test event',
    run: () => void navigate(testWebhookPage(organizationId, webhookId), { state: overPage }),
  });
}

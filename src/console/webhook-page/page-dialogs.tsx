import { useLocation, useNavigate, useSearchParams } from 'react-router-dom';

import type { Webhook } from '../../contract/webhook';
import { webhooksPage } from '../page-paths';
import { DeleteWebhookDialog } from '../webhooks/delete-webhook-dialog';
import { LazyDialog } from '../webhooks/lazy-dialog';
import { EditWebhookDialog, SwitchWebhookDialog } from '../webhooks/preloaded-dialogs';
import { dialogParameter, withoutDialog } from '../use-close-dialog';
import { RecoverDialog } from './recover-dialog';
import { TestDialog } from './test-dialog';

export type PageDialog = 'test' | 'recover' | 'edit' | 'delete';

/** Gives the search of the address under which a dialog lies over the page as it is. */
export function useDialogSearch(): (dialog: PageDialog) => string {
  const { search } = useLocation();
  return (dialog) => {
    const params = withoutDialog(search);
    params.set(dialogParameter, dialog);
    return `?${params}`;
  };
}

/** The dialog over a webhook's page that its address names. */
export function PageDialogs({
  organizationId,
  webhook,
}: {
  organizationId: string;
  webhook: Webhook;
}) {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  switch (params.get(dialogParameter)) {
    case 'test':
      return <TestDialog organizationId={organizationId} webhook={webhook} />;
    case 'recover':
      return <RecoverDialog organizationId={organizationId} webhook={webhook} />;
    case 'edit':
      return (
        <LazyDialog title="Edit webhook">
          <EditWebhookDialog />
        </LazyDialog>
      );
    case 'delete':
      return (
        <DeleteWebhookDialog
          onDeleted={() => void navigate(webhooksPage(organizationId), { replace: true })}
        />
      );
    case 'secret':
      return (
        <LazyDialog title="Enter the secret" loading={null}>
          <SwitchWebhookDialog />
        </LazyDialog>
      );
    default:
      return null;
  }
}

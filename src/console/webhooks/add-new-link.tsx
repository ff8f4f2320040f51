import { Plus } from 'lucide-react';

import { newWebhookPage } from '../page-paths';
import { LinkButton } from '../ui/button';
import { overList } from './use-close-dialog';

/**
 * **Add new**: opens the form over the list. It stands in one place whatever is loading: a button that
 * moves loses clicks.
 */
export function AddNewLink({ organizationId }: { organizationId: string }) {
  return (
    <LinkButton look="primary" icon={Plus} to={newWebhookPage(organizationId)} state={overList}>
      Add new
    </LinkButton>
  );
}

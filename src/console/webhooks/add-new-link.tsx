import { Plus } from 'lucide-react';
import { useLocation } from 'react-router-dom';

import { newWebhookPage } from '../page-paths';
import { useSingleKey } from '../shell/single-keys';
import { LinkButton } from '../ui/button';
import { overList } from './use-close-dialog';

/**
 * **Add new**: opens the form over the list. It stands in one place whatever is loading: a button that
 * moves loses clicks.
 */
export function AddNewLink({ organizationId }: { organizationId: string }) {
  const { search } = useLocation();
  const to = { pathname: newWebhookPage(organizationId), search };
  const singleKey = useSingleKey('n');
  return (
    <LinkButton {...singleKey} look="primary" icon={Plus} to={to} state={overList}>
      Add new
    </LinkButton>
  );
}

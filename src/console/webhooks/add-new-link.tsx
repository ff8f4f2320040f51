import { Plus } from 'lucide-react';
import { useLocation } from 'react-router-dom';

import { newWebhookPage } from '../page-paths';
import { useSingleKey } from '../shell/single-keys';
import { Button, LinkButton } from '../ui/button';
import { useWritesOff } from '../write-access';
import { overPage } from '../use-close-dialog';

/**
 * **Add new**: opens the form over the list. It stands in one place whatever is loading: a button that
 * moves loses clicks.
 */
export function AddNewLink({ organizationId }: { organizationId: string }) {
  const { search } = useLocation();
  const to = { pathname: newWebhookPage(organizationId), search };
  const singleKey = useSingleKey('n');
  const off = useWritesOff(organizationId);
  if (off !== undefined) {
    return (
      <div className="-mb-1 flex flex-col gap-0.5 sm:items-end">
        <Button look="primary" icon={Plus} off={off} className="self-start sm:self-end">
          Add new
        </Button>
        <p className="text-xs text-muted">{off}</p>
      </div>
    );
  }
  return (
    <LinkButton {...singleKey} look="primary" icon={Plus} to={to} state={overPage}>
      Add new
    </LinkButton>
  );
}

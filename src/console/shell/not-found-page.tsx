import { Compass } from 'lucide-react';

import { homePath } from '../page-paths';
import { LinkButton } from '../ui/button';
import { MessagePanel } from '../ui/message-panel';
import { usePageTitle } from '../ui/page-title';

export function NotFoundPage() {
  usePageTitle('Not found');
  return (
    <main>
      <MessagePanel
        heading="h1"
        icon={Compass}
        title="There is no such page"
        actions={
          <LinkButton look="primary" to={homePath}>
            Go to the webhooks
          </LinkButton>
        }
      >
        The address may be mistyped, or what was here is gone.
      </MessagePanel>
    </main>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Building2, ServerCrash } from 'lucide-react';
import { Navigate } from 'react-router-dom';

import { useIsPlain } from '../capabilities-queries';
import { errorMessage } from '../error-message';
import { organizationsQuery } from '../organization-queries';
import { webhooksPage } from '../page-paths';
import { Button } from '../ui/button';
import { MessagePanel } from '../ui/message-panel';
import { usePageTitle } from '../ui/page-title';
import { WaitsNotice } from '../waits-notice';

/** Leads to the webhooks of the first organization. */
export function HomePage() {
  usePageTitle('Organizations');
  const query = useQuery(organizationsQuery());
  const { data, error, refetch, isFetching } = query;
  const isPlain = useIsPlain();
  const first = data?.results[0];
  if (first) return <Navigate to={webhooksPage(first.id)} replace />;
  if (error) {
    const { title, detail } = errorMessage(error, 'load your organizations');
    return (
      <main>
        <MessagePanel
          heading="h1"
          icon={ServerCrash}
          tone="danger"
          title={title}
          actions={
            <Button busy={isFetching} onClick={() => void refetch()}>
              Try again
            </Button>
          }
        >
          {detail}
        </MessagePanel>
      </main>
    );
  }
  return (
    <main aria-busy={!data}>
      <WaitsNotice
        failureCount={query.failureCount}
        failureReason={query.failureReason}
        isFetching={isFetching}
      />
      {data && (
        <MessagePanel heading="h1" icon={Building2} title="There is no organization">
          {isPlain
            ? 'This server’s token for the Qovery API belongs to no organization. Start the server with one that does.'
            : 'You do not belong to an organization, so there are no webhooks to set up.'}
        </MessagePanel>
      )}
    </main>
  );
}

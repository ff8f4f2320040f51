import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useParams } from 'react-router-dom';

import type { LenientList } from '../../contract/lenient';
import type { Webhook } from '../../contract/webhook';
import { count, webhookCount } from '../numbers';
import { organizationsQuery } from '../organization-queries';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { usePageTitle } from '../ui/page-title';
import { Skeleton } from '../ui/skeleton';
import { BackToList } from '../webhooks/back-to-list';
import { CannotLoad } from '../webhooks/cannot-load';
import { webhooksQuery } from '../webhooks/queries';
import { ImportWebhooks } from './import-webhooks';
import { writeWebhookFile } from './webhook-file';

const card = 'rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5';

/** Takes an organization's webhooks to a file, and those of a file into the organization. */
export function TransferPage() {
  usePageTitle('Import and export');
  const { organizationId = '' } = useParams();
  const { data, error, isFetching, refetch } = useQuery(webhooksQuery(organizationId));
  return (
    <>
      <BackToList organizationId={organizationId} />
      <h1 className="text-xl font-semibold tracking-tight">Import and export</h1>
      <p className="mt-1 mb-5 max-w-[64ch] text-muted">
        Take webhooks from one organization to another, or between this server and a Qovery API.
      </p>
      {data ? (
        <div className="flex flex-col gap-4">
          <ExportWebhooks organizationId={organizationId} list={data} />
          <section aria-labelledby="import" className={card}>
            <h2 id="import" className="text-lg font-semibold">
              Import
            </h2>
            <ImportWebhooks key={organizationId} organizationId={organizationId} stored={data} />
          </section>
        </div>
      ) : error ? (
        <CannotLoad
          error={error}
          retry={
            <Button busy={isFetching} onClick={() => void refetch()}>
              Try again
            </Button>
          }
        />
      ) : (
        <div role="status" aria-label="Loading" aria-busy="true" className="space-y-4">
          <Skeleton className="h-32 w-full" />
          <Skeleton className="h-48 w-full" />
        </div>
      )}
    </>
  );
}

interface ExportProps {
  organizationId: string;
  list: LenientList<Webhook>;
}

function ExportWebhooks({ organizationId, list: { results, unreadable } }: ExportProps) {
  const { data: organizations } = useQuery(organizationsQuery());
  const organization = organizations?.results.find(({ id }) => id === organizationId);
  return (
    <section aria-labelledby="export" className={card}>
      <h2 id="export" className="text-lg font-semibold">
        Export
      </h2>
      <p className="mt-1 mb-3 max-w-[72ch] text-muted">
        All webhooks of this organization as JSON, without their secrets, which nobody can read
        back. Keep the file to yourselves all the same: whoever has the URL of a Slack webhook can
        post there.
      </p>
      {unreadable > 0 && (
        <div className="mb-3">
          <Notice tone="warning">
            {unreadable === 1
              ? 'One webhook could not be read and will not be in the file.'
              : `${count(unreadable)} webhooks could not be read and will not be in the file.`}
          </Notice>
        </div>
      )}
      <Button
        icon={Download}
        disabled={results.length === 0}
        onClick={() => download(fileName(organization?.name ?? ''), writeWebhookFile(results))}
      >
        Export {webhookCount(results.length)}
      </Button>
    </section>
  );
}

/** Such as `webhooks-my-organization-2026-01-31.json`: of whom it is, and of when. */
function fileName(organization: string): string {
  const words = organization.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const day = new Date().toISOString().slice(0, 10);
  return `${['webhooks', ...words].join('-').slice(0, 100)}-${day}.json`;
}

function download(name: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not before the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

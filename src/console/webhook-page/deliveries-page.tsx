import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router-dom';

import { displayUrl } from '../../contract/display-url';
import { useCapabilitiesFailure, useFeature } from '../capabilities-queries';
import { WebhookDeliveries } from '../deliveries/webhook-deliveries';
import { webhookPage, webhooksPage } from '../page-paths';
import { Notice } from '../ui/notice';
import { usePageTitle } from '../ui/page-title';
import { RelativeTime } from '../ui/relative-time';
import { BackToList } from '../webhooks/back-to-list';
import { FeaturesUnknown } from '../webhooks/cannot-load';
import { failingOf } from '../webhooks/failing-webhooks';
import { webhookHealthQuery } from '../webhooks/health-queries';
import { webhooksQuery } from '../webhooks/queries';
import { webhookCount } from '../numbers';

/** The deliveries of all webhooks, and which of these are failing. */
export function DeliveriesPage() {
  usePageTitle('Deliveries');
  const { organizationId = '' } = useParams();
  const hasLog = useFeature('organization-log');
  const unknown = useCapabilitiesFailure();
  return (
    <>
      <BackToList organizationId={organizationId} />
      <h1 className="text-xl font-semibold tracking-tight">Deliveries</h1>
      <p className="mt-1 mb-5 max-w-[64ch] text-muted">
        What was sent to all webhooks of this organization, and to those that are gone, newest
        first.
      </p>
      <Failing organizationId={organizationId} />
      {unknown ? (
        <FeaturesUnknown {...unknown} />
      ) : hasLog === false ? (
        <Notice tone="info">
          This API tells of the deliveries of one webhook only: open it in the list.
        </Notice>
      ) : (
        <WebhookDeliveries organizationId={organizationId} webhookId={null} />
      )}
    </>
  );
}

/** How many are named at once. */
const most = 5;

function Failing({ organizationId }: { organizationId: string }) {
  const hasHealth = useFeature('health') === true;
  const { data: list } = useQuery(webhooksQuery(organizationId));
  const { data: health } = useQuery({ ...webhookHealthQuery(organizationId), enabled: hasHealth });
  const failing = list && health ? failingOf(list.results, health.results) : [];
  if (failing.length === 0) return null;
  return (
    <section
      aria-labelledby="failing"
      className="mb-5 rounded-xl border border-line bg-surface px-4 py-3 shadow-card"
    >
      <h2 id="failing" className="font-semibold text-danger">
        {webhookCount(failing.length)} {failing.length === 1 ? 'is' : 'are'} failing
      </h2>
      <ul className="mt-1 divide-y divide-line">
        {failing.slice(0, most).map(({ webhook, failure }) => (
          <li key={webhook.id} className="flex flex-wrap justify-between gap-x-6 py-1.5">
            <Link
              to={webhookPage(organizationId, webhook.id)}
              className="min-w-0 font-medium wrap-anywhere hover:underline"
            >
              {displayUrl(webhook.target_url, webhook.kind)}
            </Link>
            {failure && (
              <span className="text-muted wrap-anywhere">
                {failure.status || failure.error}, <RelativeTime iso={failure.at} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {failing.length > most && (
        <Link
          to={{ pathname: webhooksPage(organizationId), search: '?health=failing' }}
          className="mt-1 inline-block font-medium text-accent-text hover:underline"
        >
          See them in the list
        </Link>
      )}
    </section>
  );
}

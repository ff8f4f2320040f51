import { useQuery } from '@tanstack/react-query';
import { ListChecks, TriangleAlert } from 'lucide-react';

import { useFeature } from '../capabilities-queries';
import { count } from '../numbers';
import { deliveriesPage } from '../page-paths';
import { DeliveriesPage } from '../preloaded-pages';
import { LinkButton } from '../ui/button';
import { failingOf } from './failing-webhooks';
import { webhookHealthQuery } from './health-queries';
import { webhooksQuery } from './queries';

/** Leads to the deliveries of all webhooks, and says how many of these are failing. */
export function DeliveriesLink({ organizationId }: { organizationId: string }) {
  const hasLog = useFeature('organization-log') === true;
  const hasHealth = useFeature('health') === true;
  const { data: health } = useQuery({ ...webhookHealthQuery(organizationId), enabled: hasHealth });
  const { data: list } = useQuery(webhooksQuery(organizationId));
  if (!hasLog) return null;
  const failing = list && health ? failingOf(list.results, health.results).length : 0;
  return (
    <LinkButton
      {...DeliveriesPage.whenApproached}
      icon={failing > 0 ? TriangleAlert : ListChecks}
      to={deliveriesPage(organizationId)}
    >
      Deliveries
      {failing > 0 && <span className="text-danger">{count(failing)} failing</span>}
    </LinkButton>
  );
}

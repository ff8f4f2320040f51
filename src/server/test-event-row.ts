import { randomUUID } from 'node:crypto';

import type { DeploymentEventRow } from './deployment-event-store';

/** For tests: an event that was accepted, but for what is named. */
export function eventRow(change: Partial<DeploymentEventRow>): DeploymentEventRow {
  return {
    organization_id: 'o',
    id: randomUUID(),
    accepted_id: randomUUID(),
    accepted_at: 1,
    event_type: 'DEPLOYMENT_STARTED',
    mode: 'PRODUCTION',
    project_id: 'p',
    project_name: 'p',
    environment_id: 'e',
    environment_name: 'e',
    content_hash: '',
    standard_body: '{}',
    slack_body: null,
    ...change,
  };
}

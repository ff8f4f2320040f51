import type { DeploymentEvent, ServiceStatus } from './deployment-event';
import type { DeploymentEventType } from './webhook';

/** What a sample is made for. */
export interface SampleOptions {
  organization?: { id: string; name: string };
  project_name?: string;
  mode?: string;
  /** The event's time, ISO 8601. */
  created_at?: string;
}

const statuses: Record<DeploymentEventType, { event: string; last: string; job: string }> = {
  DEPLOYMENT_STARTED: { event: 'DEPLOYING', last: 'DEPLOYING', job: 'DEPLOYMENT_QUEUED' },
  DEPLOYMENT_SUCCESSFUL: { event: 'DEPLOYED', last: 'DEPLOYED', job: 'DEPLOYED' },
  DEPLOYMENT_FAILURE: { event: 'DEPLOYMENT_ERROR', last: 'DEPLOYMENT_ERROR', job: 'DEPLOYED' },
  DEPLOYMENT_CANCELLED: { event: 'CANCELED', last: 'CANCELED', job: 'CANCELED' },
};

const lastLine: Record<DeploymentEventType, string> = {
  DEPLOYMENT_STARTED: 'Deploying 2 applications, 1 database and 1 job',
  DEPLOYMENT_SUCCESSFUL: 'Deployment succeeded in 2 min 14 s',
  DEPLOYMENT_FAILURE: 'checkout: container exited with code 1 (readiness probe failed)',
  DEPLOYMENT_CANCELLED: 'Deployment cancelled by a user',
};

const madeAt = '2026-01-05T09:30:00.000Z';

/**
 * A deployment event as it could really come: a project, an environment with its mode, two
 * applications, a database, a job and log lines. For previews and tests; always the same for the
 * same options.
 */
export function sampleDeploymentEvent(
  eventType: DeploymentEventType,
  options: SampleOptions = {},
): DeploymentEvent {
  const organization = options.organization ?? { id: sampleId(1), name: 'My organization' };
  const created_at = options.created_at ?? '2026-01-31T12:00:00.000Z';
  const status = statuses[eventType];
  return {
    id: sampleId(10),
    created_at,
    event_type: eventType,
    current_status: status.event,
    desired_status: 'DEPLOYED',
    organization: { ...organization, created_at: madeAt, plan: 'ENTERPRISE', description: '' },
    project: {
      id: sampleId(2),
      created_at: madeAt,
      updated_at: madeAt,
      name: options.project_name ?? 'storefront',
      description: '',
      organization: { id: organization.id },
      associated_environments_count: 3,
    },
    environment: {
      id: sampleId(3),
      created_at: madeAt,
      updated_at: madeAt,
      name: 'main',
      mode: options.mode ?? 'PRODUCTION',
      organization: { id: organization.id },
      project: { id: sampleId(2) },
      cloud_provider: {},
      cluster_id: sampleId(0),
    },
    applications: [
      sampleService('application', 4, 'storefront-web', 'DEPLOYED'),
      sampleService('application', 5, 'checkout', status.last),
    ],
    databases: [sampleService('database', 6, 'orders-postgres', 'DEPLOYED')],
    containers: [],
    jobs: [sampleService('job', 7, 'migrate-schema', status.job)],
    logs: [
      sampleLog(created_at, 'INFO', 'Building storefront-web and checkout'),
      sampleLog(created_at, 'INFO', 'migrate-schema: 2 migrations applied'),
      sampleLog(
        created_at,
        eventType === 'DEPLOYMENT_FAILURE' ? 'ERROR' : 'INFO',
        lastLine[eventType],
      ),
    ],
  };
}

function sampleService(type: string, id: number, name: string, status: string): ServiceStatus {
  return {
    current_status: status,
    desired_status: 'DEPLOYED',
    [type]: { id: sampleId(id), created_at: madeAt, name },
  };
}

function sampleLog(created_at: string, type: string, message: string) {
  return { type, created_at, message };
}

function sampleId(number: number): string {
  if (number === 0) return '00000000-0000-0000-0000-000000000000';
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

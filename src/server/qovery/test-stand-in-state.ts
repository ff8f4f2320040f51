import { randomUUID } from 'node:crypto';

import {
  documented,
  Refusal,
  requireWebhook,
  type Accepted,
  type Row,
} from './test-stand-in-rules';

/*
 * For tests: what an organization's account at a Qovery API holds, in memory. Rows are kept as they
 * are answered, so that a test can put in odd ones.
 */

/** What a test may put in place of what is there; rows of an organization, project or webhook by its id. */
export interface Contents {
  organizations: Row[];
  projects: Record<string, Row[]>;
  environments: Record<string, Row[]>;
  webhooks: Record<string, Row[]>;
  events: Record<string, Row[]>;
  accepted: Accepted;
}

/** Ids of what is there at the beginning. */
export const standIn = {
  organizationId: '6b6f9a10-0000-4000-8000-000000000001',
  otherOrganizationId: '6b6f9a10-0000-4000-8000-000000000002',
  projectId: '6b6f9a10-0000-4000-8000-000000000011',
  webhookId: '6b6f9a10-0000-4000-8000-000000000021',
} as const;

const created_at = '2025-03-01T08:30:00.123456Z';

function beginning(): Contents {
  const { organizationId, otherOrganizationId, projectId, webhookId } = standIn;
  const organization = { id: organizationId };
  const target_url = 'https://hooks.example.org/qovery';
  return {
    organizations: [
      { ...organization, created_at, name: 'Acme', plan: 'TEAM_2025', description: null },
      { id: otherOrganizationId, created_at, name: 'Globex', plan: 'USER_2025' },
    ],
    projects: {
      [organizationId]: [
        {
          id: projectId,
          created_at,
          name: 'storefront',
          organization,
          associated_environments_count: 1,
        },
      ],
    },
    environments: {
      [projectId]: [
        {
          id: '6b6f9a10-0000-4000-8000-000000000031',
          created_at,
          name: 'main',
          organization,
          project: { id: projectId },
          cloud_provider: { provider: 'aws', cluster: 'eu-west-3' },
          mode: 'PRODUCTION',
          cluster_id: '6b6f9a10-0000-4000-8000-000000000041',
          expires_at: null,
        },
      ],
    },
    webhooks: {
      [organizationId]: [
        {
          id: webhookId,
          created_at,
          updated_at: created_at,
          kind: 'STANDARD',
          target_url,
          target_secret_set: true,
          description: 'Deployments of the shop',
          enabled: true,
          events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_SUCCESSFUL'],
          project_names_filter: ['store*'],
          environment_types_filter: ['PRODUCTION'],
        },
      ],
    },
    events: {
      [webhookId]: [
        {
          id: '6b6f9a10-0000-4000-8000-000000000051',
          created_at,
          kind: 'STANDARD',
          matched_event: 'DEPLOYMENT_FAILURE',
          target_url_used: target_url,
          request: { event_type: 'DEPLOYMENT_FAILURE' },
          target_response_status_code: 200,
          target_response_body: null,
        },
      ],
    },
    accepted: structuredClone(documented),
  };
}

/** The state and the verbs on it. Each throws a `Refusal` for what is not there or not right. */
export class StandInState {
  contents: Contents = beginning();

  /** Puts some of the contents in place of what is there. */
  put(contents: Partial<Contents>): void {
    this.contents = { ...this.contents, ...structuredClone(contents) };
  }

  organization(id: string): Row {
    return found(this.contents.organizations, id, 'organization');
  }

  projects(organizationId: string): Row[] {
    this.organization(organizationId);
    return this.contents.projects[organizationId] ?? [];
  }

  environments(projectId: string): Row[] {
    found(Object.values(this.contents.projects).flat(), projectId, 'project');
    return this.contents.environments[projectId] ?? [];
  }

  webhooks(organizationId: string): Row[] {
    this.organization(organizationId);
    return (this.contents.webhooks[organizationId] ??= []);
  }

  webhook(organizationId: string, id: string): Row {
    return found(this.webhooks(organizationId), id, 'webhook');
  }

  events(organizationId: string, webhookId: string): Row[] {
    this.webhook(organizationId, webhookId);
    return this.contents.events[webhookId] ?? [];
  }

  addWebhook(organizationId: string, body: unknown): Row {
    const rows = this.webhooks(organizationId);
    const row = { id: randomUUID(), created_at: now(), ...this.#configuration(body) };
    rows.push(row);
    return row;
  }

  /** Replaces all that can be written: a secret that is not given is gone. */
  replaceWebhook(organizationId: string, webhookId: string, body: unknown): Row {
    const rows = this.webhooks(organizationId);
    const { id, created_at: created } = this.webhook(organizationId, webhookId);
    const row = { id, created_at: created, updated_at: now(), ...this.#configuration(body) };
    rows[rows.findIndex((one) => one['id'] === id)] = row;
    return row;
  }

  removeWebhook(organizationId: string, id: string): void {
    const rows = this.webhooks(organizationId);
    rows.splice(rows.indexOf(this.webhook(organizationId, id)), 1);
  }

  /** As it is answered: not a word of the secret, and no member for an absent description. */
  #configuration(body: unknown): Row {
    const given = requireWebhook(body, this.contents.accepted);
    const { kind, target_url, target_secret, description, enabled = true, events } = given;
    const { project_names_filter = [], environment_types_filter = [] } = given;
    return {
      kind,
      target_url,
      target_secret_set: target_secret !== undefined && target_secret !== '',
      ...(description !== undefined && { description }),
      enabled,
      events,
      project_names_filter,
      environment_types_filter,
    };
  }
}

function found(rows: Row[], id: string, what: string): Row {
  const row = rows.find((one) => one['id'] === id);
  if (!row) throw new Refusal(404, `No ${what} with id ${id}`);
  return row;
}

/** In microseconds, as a server on the JVM writes it. */
function now(): string {
  return new Date().toISOString().replace('Z', '000Z');
}

import { v7 } from 'uuid';

import {
  capabilitiesPath,
  deploymentEventPath,
  deploymentEventsPath,
  environmentsPath,
  eventSummaryPath,
  organizationLogPath,
  organizationPath,
  organizationsPath,
  projectsPath,
  recoverPath,
  recoveryPath,
  redeliverPath,
  sessionPath,
  signInCodePath,
  webhookEventPath,
  webhookEventsPath,
  webhookHealthPath,
  webhookPath,
  webhooksPath,
  webhookTestPath,
} from '../../src/contract/api-paths';
import { projectListSchema } from '../../src/contract/organization';
import { pastEventListSchema } from '../../src/contract/past-event';
import { recoveryStartedSchema } from '../../src/contract/resend';
import { Api } from '../api';
import { projectOf } from './event-run';
import type { Installation } from './installation';

/** One call, to be made again and again. */
export interface Call {
  /** What it is, for a line of the report. */
  name: string;
  /** Where to; one that is used up by the call is made anew each time. */
  path: string | (() => Promise<string>);
  /** By default GET. */
  method?: string;
  body?: unknown;
  /** Its answer grows with the installation. */
  isOfAll?: boolean;
}

/** Every call of the API, to an installation that has a past. */
export async function callsTo(installation: Installation): Promise<Call[]> {
  const api = new Api(installation.server);
  const { organizationId: organization, busy, steady } = installation;
  return [
    ...(await placeCalls(api, organization)),
    ...webhookCalls(api, installation),
    ...logCalls('log, busy webhook:', webhookEventsPath(organization, busy)),
    ...logCalls('log, steady webhook:', webhookEventsPath(organization, steady)),
    ...logCalls('log of all:', organizationLogPath(organization)),
    ...(await eventCalls(api, installation)),
    ...ofOurOwn(installation),
    ...(await attemptCalls(api, installation)),
    ...(await recoverCalls(api, installation)),
  ];
}

async function placeCalls(api: Api, organization: string): Promise<Call[]> {
  const path = projectsPath(organization);
  const { results } = projectListSchema.parse(await api.call('GET', path));
  return [
    { name: 'GET capabilities', path: capabilitiesPath() },
    { name: 'GET session', path: sessionPath() },
    { name: 'POST session/code', path: signInCodePath(), method: 'POST' },
    { name: 'GET organization', path: organizationsPath() },
    { name: 'GET organization/{o}', path: organizationPath(organization) },
    { name: 'GET project', path },
    { name: 'GET project/{p}/environment', path: environmentsPath(results[0]?.id ?? '') },
  ];
}

function webhookCalls(api: Api, { organizationId, other }: Installation): Call[] {
  const list = webhooksPath(organizationId);
  const one = webhookPath(organizationId, other);
  const target_url = 'http://127.0.0.1:9/';
  const project_names_filter = ['service-of-nobody'];
  const body = {
    kind: 'STANDARD',
    target_url,
    events: ['DEPLOYMENT_FAILURE'],
    project_names_filter,
  };
  const added = () => api.createWebhook({ target_url, project_names_filter });
  return [
    { name: 'GET webhook', path: list, isOfAll: true },
    { name: 'GET webhook/{w}', path: one },
    { name: 'POST webhook', path: list, method: 'POST', body },
    { name: 'PUT webhook/{w}', path: one, method: 'PUT', body },
    {
      name: 'DELETE webhook/{w}',
      path: async () => webhookPath(organizationId, (await added()).id),
      method: 'DELETE',
    },
  ];
}

/** A log with all its filters; a row of a fortnight ago need not exist to page from there. */
function logCalls(name: string, path: string): Call[] {
  const middle = v7({ msecs: Date.now() - 14 * 86_400_000 });
  const queries = [
    '',
    'limit=200',
    'view=summary',
    `before=${middle}`,
    `after=${middle}`,
    'status=failed',
    'status=succeeded',
    'status=pending',
    `status=failed&before=${middle}`,
    `status=failed&after=${middle}`,
    'event=DEPLOYMENT_CANCELLED',
    'status=failed&event=DEPLOYMENT_CANCELLED',
  ];
  return queries.map((query) => ({
    name: `GET ${name} ${query.replace(middle, '…') || 'newest'}`,
    path: query === '' ? path : `${path}?${query}`,
  }));
}

async function eventCalls(api: Api, { organizationId, busy }: Installation): Promise<Call[]> {
  const path = deploymentEventsPath(organizationId);
  // Another time at each call: a summary is kept for a moment.
  const weekAgo = () => encodeURIComponent(new Date(Date.now() - 7 * 86_400_000).toISOString());
  const body = {
    event_type: 'DEPLOYMENT_SUCCESSFUL',
    project: { name: projectOf(0) },
    environment: { name: 'live', mode: 'PRODUCTION' },
  };
  const [latest] = pastEventListSchema.parse(await api.call('GET', `${path}?limit=1`)).results;
  return [
    { name: 'POST deployment-event', path, method: 'POST', body },
    { name: 'GET deployment-event', path },
    {
      name: 'GET deployment-event/{id}',
      path: deploymentEventPath(organizationId, latest?.id ?? ''),
    },
    { name: 'GET deployment-event?webhook_id=…', path: `${path}?webhook_id=${busy}` },
    {
      name: 'GET deployment-event/summary?since=…',
      path: async () => `${eventSummaryPath(organizationId)}?since=${weekAgo()}`,
      isOfAll: true,
    },
  ];
}

function ofOurOwn({ organizationId, other }: Installation): Call[] {
  return [
    { name: 'GET webhook-health', path: webhookHealthPath(organizationId), isOfAll: true },
    {
      name: 'POST webhook/{w}/test',
      path: webhookTestPath(organizationId, other),
      method: 'POST',
      body: {},
    },
  ];
}

async function attemptCalls(api: Api, { organizationId, busy }: Installation): Promise<Call[]> {
  const attempts = await api.listAttempts(busy);
  // One of each delivery: a delivery that is being sent is not sent again.
  const nextAttempt = inTurn([...new Map(attempts.map((a) => [a.delivery_id, a.id])).values()]);
  const log = webhookEventsPath(organizationId, busy);
  return [
    {
      name: 'GET webhook/{w}/event?delivery_id=…',
      path: `${log}?delivery_id=${attempts[0]?.delivery_id}`,
    },
    {
      name: 'GET webhook/{w}/event/{id}',
      path: webhookEventPath(organizationId, busy, nextAttempt()),
    },
    {
      name: 'POST webhook/{w}/event/{id}/redeliver',
      path: async () => redeliverPath(organizationId, busy, nextAttempt()),
      method: 'POST',
    },
  ];
}

/** Counts all that a busy webhook lost; what is started finds nothing, or the past would be sent. */
async function recoverCalls(api: Api, { organizationId, busy }: Installation): Promise<Call[]> {
  const path = recoverPath(organizationId, busy);
  const since = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();
  const nothing = { since: since(1000) };
  const { id } = recoveryStartedSchema.parse(await api.call('POST', path, nothing));
  return [
    {
      name: 'POST webhook/{w}/recover, dry run',
      path,
      method: 'POST',
      body: { since: since(30 * 86_400_000), dry_run: true },
    },
    { name: 'POST webhook/{w}/recover', path, method: 'POST', body: nothing },
    { name: 'GET webhook/{w}/recover/{id}', path: recoveryPath(organizationId, busy, id) },
  ];
}

/** Gives one of these after the other. */
function inTurn(values: readonly string[]): () => string {
  let next = 0;
  return () => values[next++ % values.length] ?? '';
}

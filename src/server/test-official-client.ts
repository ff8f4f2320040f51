import {
  Configuration,
  EnvironmentModeEnum,
  EnvironmentsApi,
  OrganizationMainCallsApi,
  OrganizationWebhookApi,
  OrganizationWebhookEventEnum,
  OrganizationWebhookKindEnum,
  ProjectsApi,
  type OrganizationWebhookCreateRequest,
} from 'qovery-typescript-axios';
import { onTestFinished } from 'vitest';

import { apiPrefix } from '../contract/api-paths';
import { assemble } from './assemble';
import { readSettings } from './env';
import { startListening } from './listen';
import { createLog } from './log';
import { holdToDocument } from './openapi/test-document';
import { temporaryFolder } from './temporary-folder';

/*
 * For tests: the wire contract as somebody else's code has it, the official client of the Qovery API,
 * against the whole server, really listening. Every answer is held against our document, and that is
 * held against the types of the client (`openapi/qovery-client.test.ts`).
 */

export const adminToken = 'the-token-of-the-official-client';
export const missing = '99999999-9999-4999-8999-999999999999';

/** A webhook with all that the client can say of one. */
export const request: OrganizationWebhookCreateRequest = {
  kind: OrganizationWebhookKindEnum.STANDARD,
  target_url: 'https://example.org/hook',
  target_secret: 'a secret',
  description: 'for the tests',
  enabled: true,
  events: [OrganizationWebhookEventEnum.SUCCESSFUL],
  project_names_filter: ['product*'],
  environment_types_filter: [EnvironmentModeEnum.PRODUCTION],
};
const { target_secret: _, ...seen } = request;
/** What is answered of it. */
export const visible = seen;

/** What the client hands over of an answer. */
export interface Response<T> {
  status: number;
  headers: object;
  data: T;
  config: { method?: string | undefined; url?: string | undefined };
}

/** The answer to a call of the client, held against the document. */
export async function held<T>(call: Promise<Response<T>>): Promise<Response<T>> {
  const response = await call;
  const { status, data, config } = response;
  const { method = '', url = '' } = config;
  const headers = new Headers(Object.entries(response.headers).map(([k, v]) => [k, String(v)]));
  const text = data === '' ? '' : JSON.stringify(data);
  holdToDocument({ method: method.toUpperCase(), url, status, headers, text });
  return response;
}

/** Who calls: with a token of either kind, or nobody. */
type Caller = Pick<
  ConstructorParameters<typeof Configuration>[0] & object,
  'apiKey' | 'accessToken'
>;

/** The clients of the API for a caller. */
function clientsOf(origin: string, caller: Caller, headers: Record<string, string> = {}) {
  const configuration = new Configuration({
    basePath: origin + apiPrefix,
    baseOptions: { validateStatus: () => true, headers },
    ...caller,
  });
  return {
    organizations: new OrganizationMainCallsApi(configuration),
    projects: new ProjectsApi(configuration),
    environments: new EnvironmentsApi(configuration),
    webhooks: new OrganizationWebhookApi(configuration),
  };
}

/** Starts the server on a new installation, with the clients of its administrator. */
export async function startServer() {
  const settings = readSettings({
    PORT: '0',
    DATA_DIR: temporaryFolder(),
    ADMIN_TOKEN: adminToken,
    ORGANIZATION_NAME: 'Acme',
  });
  const assembled = await assemble(settings, createLog('silent'));
  const listening = await startListening(assembled.app.fetch, settings, 5000);
  onTestFinished(async () => {
    await listening.stop();
    await assembled.close();
  });
  const origin = `http://127.0.0.1:${listening.port}`;
  const clients = clientsOf(origin, { apiKey: `Token ${adminToken}` });
  const { data } = await held(clients.organizations.listOrganization());
  return {
    ...clients,
    origin,
    stopWork: assembled.stopWork,
    /** The one organization. */
    organizationId: data.results?.[0]?.id ?? '',
    clientsOf: (caller: Caller, headers?: Record<string, string>) =>
      clientsOf(origin, caller, headers),
  };
}

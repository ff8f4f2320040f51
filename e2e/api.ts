import { randomUUID } from 'node:crypto';

import { expect } from '@playwright/test';

import {
  deploymentEventsPath,
  organizationsPath,
  signInCodePath,
  webhookEventsPath,
  webhookPath,
  webhooksPath,
} from '../src/contract/api-paths';
import { acceptedEventSchema, type AcceptedEvent } from '../src/contract/deployment-event';
import { organizationListSchema, type Organization } from '../src/contract/organization';
import { buildBody } from '../src/contract/payload';
import { sampleDeploymentEvent } from '../src/contract/sample-event';
import { signInCodeSchema } from '../src/contract/session';
import {
  webhookListSchema,
  webhookSchema,
  type Webhook,
  type WebhookRequest,
} from '../src/contract/webhook';
import { webhookEventListSchema, type WebhookEvent } from '../src/contract/webhook-event';
import type { RunningUpstream } from './running-upstream';

/** A deployment event that succeeded in production; a test changes what it is about. */
const plainEvent = {
  event_type: 'DEPLOYMENT_SUCCESSFUL',
  project: { name: 'shop' },
  environment: { name: 'live', mode: 'PRODUCTION' },
};

interface Options {
  /** What calls are made by, if not by `fetch` itself. */
  ask?: (url: string, init: RequestInit) => Promise<Response>;
  /** The stand-in for the Qovery API, if the webhooks are there. */
  standIn?: RunningUpstream;
}

/** The API as a program uses it, with the administrator's token: to arrange and to look up. */
export class Api {
  readonly #url: string;
  readonly #token: string;
  readonly #ask: NonNullable<Options['ask']>;
  readonly #standIn: RunningUpstream | undefined;
  #organization: Organization | null = null;

  constructor(
    { url, adminToken }: { url: string; adminToken: string },
    { ask = fetch, standIn }: Options = {},
  ) {
    this.#url = url;
    this.#token = adminToken;
    this.#ask = ask;
    this.#standIn = standIn;
  }

  /** The one organization of a new installation. */
  async organization(): Promise<Organization> {
    if (this.#organization) return this.#organization;
    const { results } = organizationListSchema.parse(await this.call('GET', organizationsPath()));
    const [first] = results;
    if (!first) throw new Error('There is no organization.');
    this.#organization = first;
    return first;
  }

  async listWebhooks(): Promise<Webhook[]> {
    const path = webhooksPath((await this.organization()).id);
    return webhookListSchema.parse(await this.call('GET', path)).results;
  }

  /** Creates a webhook for all events, without filters, unless told otherwise. */
  async createWebhook(
    request: Pick<WebhookRequest, 'target_url'> & Partial<WebhookRequest>,
  ): Promise<Webhook> {
    const path = webhooksPath((await this.organization()).id);
    const body = {
      kind: 'STANDARD',
      events: [
        'DEPLOYMENT_STARTED',
        'DEPLOYMENT_SUCCESSFUL',
        'DEPLOYMENT_FAILURE',
        'DEPLOYMENT_CANCELLED',
      ],
      ...request,
    };
    return webhookSchema.parse(await this.call('POST', path, body));
  }

  /** Replaces a webhook, as somebody else would who edits it at the same time. */
  async editWebhook(id: string, request: WebhookRequest): Promise<Webhook> {
    const path = webhookPath((await this.organization()).id, id);
    return webhookSchema.parse(await this.call('PUT', path, request));
  }

  async deleteWebhook(id: string): Promise<void> {
    await this.call('DELETE', webhookPath((await this.organization()).id, id));
  }

  /** Posts a deployment event, by default a success of the project "shop" in production. */
  async postEvent(event: Record<string, unknown> = {}): Promise<AcceptedEvent> {
    const path = deploymentEventsPath((await this.organization()).id);
    return acceptedEventSchema.parse(await this.call('POST', path, { ...plainEvent, ...event }));
  }

  /** Makes projects known: the embedded API learns of them by their events, a Qovery API has them. */
  async makeProjects(names: readonly string[]): Promise<void> {
    if (!this.#standIn) {
      for (const name of names) await this.postEvent({ project: { name } });
      return;
    }
    const { id } = await this.organization();
    const created_at = new Date().toISOString();
    const rows = names.map((name) => ({
      id: randomUUID(),
      created_at,
      name,
      organization: { id },
      associated_environments_count: 0,
    }));
    await this.#standIn.control({ put: { projects: { [id]: rows } } });
  }

  /**
   * Makes a delivery of a webhook, of `plainEvent`, and waits until it stands in the log. The embedded
   * API sends it to the receiver, which answers as it is told, by default with 204; a Qovery API is
   * told so.
   */
  async makeDelivery({ id, target_url }: Webhook): Promise<void> {
    if (this.#standIn) return this.#putDelivery(this.#standIn, id, target_url);
    const count = async () =>
      (await this.listAttempts(id)).filter(({ attempt }) => attempt !== 0).length;
    const before = await count();
    await this.postEvent();
    await expect.poll(count).toBe(before + 1);
  }

  async #putDelivery(standIn: RunningUpstream, id: string, target_url: string): Promise<void> {
    const { contents } = await standIn.control();
    const created_at = new Date().toISOString();
    const { id: organization } = await this.organization();
    const sample = sampleDeploymentEvent('DEPLOYMENT_SUCCESSFUL', {
      organization: { id: organization, name: '' },
      project_name: plainEvent.project.name,
      created_at,
    });
    const event = { ...sample, environment: { ...sample.environment, ...plainEvent.environment } };
    const row = {
      id: randomUUID(),
      created_at,
      kind: 'STANDARD',
      matched_event: event.event_type,
      target_url_used: target_url,
      request: JSON.parse(buildBody('STANDARD', event)) as unknown,
      target_response_status_code: 204,
      target_response_body: '',
    };
    const rows = [row, ...(contents.events[id] ?? [])];
    await standIn.control({ put: { events: { ...contents.events, [id]: rows } } });
  }

  /** A webhook's attempts, newest first. */
  async listAttempts(webhookId: string): Promise<WebhookEvent[]> {
    const path = webhookEventsPath((await this.organization()).id, webhookId);
    return webhookEventListSchema.parse(await this.call('GET', path)).results;
  }

  /** Waits until all that is on its way to a webhook has been tried, so that its log has no new rows. */
  async waitUntilTried({ id }: Pick<Webhook, 'id'>): Promise<void> {
    const path = webhookEventsPath((await this.organization()).id, id);
    const pending = async () =>
      webhookEventListSchema.parse(await this.call('GET', `${path}?status=pending&limit=1`))
        .results;
    await expect.poll(pending).toEqual([]);
  }

  /** The code of a sign-in link. */
  async issueSignInCode(): Promise<string> {
    return signInCodeSchema.parse(await this.call('POST', signInCodePath())).code;
  }

  /** Any call; gives the parsed answer, null if it has no body. Throws unless the answer is 2xx. */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await this.#ask(this.#url + path, {
      method,
      headers: {
        authorization: `Token ${this.#token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : (JSON.parse(text) as unknown);
  }
}

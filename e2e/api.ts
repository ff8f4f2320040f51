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
import { signInCodeSchema } from '../src/contract/session';
import {
  webhookListSchema,
  webhookSchema,
  type Webhook,
  type WebhookRequest,
} from '../src/contract/webhook';
import { webhookEventListSchema, type WebhookEvent } from '../src/contract/webhook-event';

/** A deployment event that succeeded in production; a test changes what it is about. */
const plainEvent = {
  event_type: 'DEPLOYMENT_SUCCESSFUL',
  project: { name: 'shop' },
  environment: { name: 'live', mode: 'PRODUCTION' },
};

/** The API as a program uses it, with the administrator's token: to arrange and to look up. */
export class Api {
  readonly #url: string;
  readonly #token: string;
  #organization: Organization | null = null;

  constructor({ url, adminToken }: { url: string; adminToken: string }) {
    this.#url = url;
    this.#token = adminToken;
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

  /** A webhook's attempts, newest first. */
  async listAttempts(webhookId: string): Promise<WebhookEvent[]> {
    const path = webhookEventsPath((await this.organization()).id, webhookId);
    return webhookEventListSchema.parse(await this.call('GET', path)).results;
  }

  /** The code of a sign-in link. */
  async issueSignInCode(): Promise<string> {
    return signInCodeSchema.parse(await this.call('POST', signInCodePath())).code;
  }

  /** Any call; gives the parsed answer, null if it has no body. Throws unless the answer is 2xx. */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(this.#url + path, {
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

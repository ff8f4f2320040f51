import type { DeploymentEvent } from '../../contract/deployment-event';
import type { WebhookFilter } from '../../contract/filter';
import type { PastEvent } from '../../contract/past-event';
import { buildBody } from '../../contract/payload';
import { deliveryHeaders, maskDeliveryHeaders } from '../../contract/signature';
import { mayHaveSecret, type Webhook } from '../../contract/webhook';
import { curlCommand, secretInShell } from './curl-command';
import type { WebhookFormValues } from './webhook-form-values';

/** What is to be sent, and how. */
export interface PreviewBody {
  /** The exact text. */
  exact: string;
  bytes: number;
}

/** The body that a webhook of a kind gets for an event. A kind that we do not know is not Slack. */
export function previewBody(kind: string, event: DeploymentEvent): PreviewBody {
  const exact = buildBody(kind === 'SLACK' ? 'SLACK' : 'STANDARD', event);
  return { exact, bytes: new TextEncoder().encode(exact).length };
}

/** An id as deliveries have it, for an event that was not delivered. */
const sampleDeliveryId = '01900000-0000-7000-8000-000000000000';

interface Delivered {
  body: PreviewBody;
  event: DeploymentEvent;
  /** What the API lists of the event; null for sample data. */
  past: PastEvent | null;
  isSigned: boolean;
}

function unmaskedHeaders({ body, event, past, isSigned }: Delivered): Record<string, string> {
  return deliveryHeaders(
    {
      id: past?.delivery_id ?? sampleDeliveryId,
      timestamp: Math.floor(Date.parse(past?.accepted_at ?? event.created_at) / 1000),
      body: body.exact,
      // The console does not have a stored one, and shows none.
      secret: isSigned ? secretInShell : null,
    },
    // Masked, or left out, before anybody sees it.
    () => new Uint8Array(32),
  );
}

/** The headers, a line each, with the secret and the signature masked. */
export function previewHeaders(delivered: Delivered): string {
  return Object.entries(maskDeliveryHeaders(unmaskedHeaders(delivered)))
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** The command that sends the same. */
export function previewCommand(url: string, delivered: Delivered): string {
  return curlCommand(url, unmaskedHeaders(delivered), delivered.body.exact);
}

/** Whether deliveries of the webhook in the form carry a secret. */
export function isSigned({ target_secret }: WebhookFormValues, stored: Webhook | null): boolean {
  const { action, value } = target_secret;
  return action === 'keep'
    ? stored !== null && mayHaveSecret(stored)
    : action === 'set' && value !== '';
}

/** A project name and a mode that a filter takes: a star may stand for nothing. */
export function sampleWithin(filter: WebhookFilter): {
  project_name?: string;
  mode?: string;
} {
  const mode = filter.environment_types_filter[0];
  const project = filter.project_names_filter[0]?.replaceAll('*', '');
  return {
    ...(mode !== undefined && { mode }),
    ...(project && { project_name: project }),
  };
}

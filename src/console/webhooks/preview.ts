import { buildBody } from '../../contract/payload';
import { sampleDeploymentEvent } from '../../contract/sample-event';
import { deliveryHeaders, maskDeliveryHeaders } from '../../contract/signature';
import type { DeploymentEventType, Webhook } from '../../contract/webhook';
import type { WebhookFormValues } from './webhook-form-values';

/** A text as it is sent, and as it is shown. */
interface PreviewText {
  exact: string;
  shown: string;
}

export interface Preview {
  body: PreviewText;
  headers: PreviewText;
  /** The body's size, in words. */
  size: string;
}

/** An id as deliveries have it, for the preview's headers. */
const sampleDeliveryId = '01900000-0000-7000-8000-000000000000';

/**
 * What the webhook in the form would send for an event of a type, with sample data that its filters
 * let through. The secret and the signature are masked.
 */
export function previewOf(
  values: WebhookFormValues,
  stored: Webhook | null,
  eventType: DeploymentEventType,
  organization: { id: string; name: string },
): Preview {
  const event = sampleDeploymentEvent(eventType, {
    organization,
    ...sampleWithin(values),
  });
  const body = buildBody(values.kind === 'SLACK' ? 'SLACK' : 'STANDARD', event);
  const { action, value } = values.target_secret;
  const signed = action === 'keep' ? stored?.target_secret_set : action === 'set' && value !== '';
  const headers = maskDeliveryHeaders(
    deliveryHeaders(
      {
        id: sampleDeliveryId,
        timestamp: Math.floor(Date.parse(event.created_at) / 1000),
        body,
        secret: signed ? 'masked' : null,
      },
      // Masked before anybody sees it.
      () => new Uint8Array(32),
    ),
  );
  const headerLines = Object.entries(headers)
    .map(([name, text]) => `${name}: ${text}`)
    .join('\n');
  const bytes = new TextEncoder().encode(body).length;
  return {
    body: { exact: body, shown: JSON.stringify(JSON.parse(body), null, 2) },
    headers: { exact: headerLines, shown: headerLines },
    size: `${new Intl.NumberFormat('en').format(bytes)} bytes, sent without line breaks by POST.`,
  };
}

/** A project name and a mode that the filters take: a star may stand for nothing. */
function sampleWithin(values: WebhookFormValues): { project_name?: string; mode?: string } {
  const mode = values.environment_types_filter[0];
  const project = values.project_names_filter[0]?.replaceAll('*', '');
  return {
    ...(mode !== undefined && { mode }),
    ...(project && { project_name: project }),
  };
}

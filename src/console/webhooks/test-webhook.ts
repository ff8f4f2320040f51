import { webhookSchema, type Webhook } from '../../contract/webhook';

/** For tests: a webhook as the list has it, disabled unless `change` says otherwise. */
export function testWebhook(id: string, change: Partial<Webhook> = {}): Webhook {
  return {
    ...webhookSchema.parse({ id, created_at: '2026-01-01T00:00:00Z' }),
    target_url: `https://example.org/${id}`,
    events: ['DEPLOYMENT_FAILURE'],
    target_secret_set: false,
    untold: [],
    version: 1,
    ...change,
  };
}

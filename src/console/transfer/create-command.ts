import { apiPrefix, webhooksPath } from '../../contract/api-paths';
import { toWebhookRequest, type Webhook } from '../../contract/webhook';
import { quote } from '../webhooks/curl-command';

/**
 * The command for a POSIX shell that would create a webhook once more, but for its secret: here, or
 * with API_URL and ORGANIZATION_ID elsewhere. It wants a TOKEN.
 */
export function createCommand(origin: string, organizationId: string, webhook: Webhook): string {
  const path = webhooksPath('ORGANIZATION').slice(apiPrefix.length);
  const [before, after] = path.split('ORGANIZATION');
  const api = `\${API_URL:-${origin}${apiPrefix}}`;
  return [
    `curl -X POST "${api}${before}\${ORGANIZATION_ID:-${organizationId}}${after}"`,
    '-H "Authorization: Token $TOKEN"',
    "-H 'Content-Type: application/json'",
    `--data-raw ${quote(JSON.stringify(toWebhookRequest(webhook)))}`,
  ].join(' \\\n  ');
}

import { apiPrefix, webhooksPath } from '../../contract/api-paths';
import type { Webhook } from '../../contract/webhook';
import { quote } from '../webhooks/curl-command';
import { toldRequest } from './webhook-file';

/** As a Qovery API wants it: a JWT, which begins so, is a `Bearer`, an API token a `Token`. */
const kindOfToken = '$(case "$TOKEN" in (eyJ*.*.*) echo Bearer;; (*) echo Token;; esac)';

/**
 * The command for a POSIX shell that would create a webhook once more, but for its secret: here, or
 * with API_URL and ORGANIZATION_ID elsewhere. It wants a TOKEN.
 */
export function createCommand(origin: string, organizationId: string, webhook: Webhook): string {
  const path = webhooksPath('ORGANIZATION').slice(apiPrefix.length);
  const [before, after] = path.split('ORGANIZATION');
  const api = `\${API_URL:-${origin}${apiPrefix}}`;
  const organization = `\${ORGANIZATION_ID:-${encodeURIComponent(organizationId)}}`;
  return [
    `curl -X POST "${api}${before}${organization}${after}"`,
    `-H "Authorization: ${kindOfToken} $TOKEN"`,
    "-H 'Content-Type: application/json'",
    `--data-raw ${quote(JSON.stringify(toldRequest(webhook)))}`,
  ].join(' \\\n  ');
}

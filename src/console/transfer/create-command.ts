import { apiPrefix, webhooksPath } from '../../contract/api-paths';
import type { Webhook } from '../../contract/webhook';
import { quote } from '../webhooks/curl-command';
import { toldRequest } from './webhook-file';

/** As a Qovery API wants it: a JWT, which begins so, is a `Bearer`, an API token a `Token`. */
const kindOfToken = '$(case "${TOKEN-}" in (eyJ*.*.*) echo Bearer;; (*) echo Token;; esac)';

/**
 * The command for a POSIX shell that would create a webhook once more, but for its secret: here, or
 * with API_URL and ORGANIZATION_ID elsewhere. Without a TOKEN the shell says whose it wants, and sends
 * nothing.
 */
export function createCommand(origin: string, organizationId: string, webhook: Webhook): string {
  const path = webhooksPath('ORGANIZATION').slice(apiPrefix.length);
  const [before, after] = path.split('ORGANIZATION');
  const api = `\${API_URL:-${origin}${apiPrefix}}`;
  const organization = `\${ORGANIZATION_ID:-${encodeURIComponent(organizationId)}}`;
  // Between double quotes: a shell that reads it may take a quote in it for one of its own.
  const token = `\${TOKEN:?set it first, to the admin token of ${origin}, or to a token for your API_URL}`;
  return [
    `curl -X POST "${api}${before}${organization}${after}"`,
    `-H "Authorization: ${kindOfToken} ${token}"`,
    "-H 'Content-Type: application/json'",
    `--data-raw ${quote(JSON.stringify(toldRequest(webhook)))}`,
  ].join(' \\\n  ');
}

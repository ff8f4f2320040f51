import { secretHeaders } from '../../contract/signature';
import type { WebhookEvent } from '../../contract/webhook-event';
import { curlCommand, secretInShell } from '../webhooks/curl-command';

type Sent = Pick<WebhookEvent, 'target_url_used' | 'request_headers'>;

/**
 * The command that sends what an attempt has sent, but for what is made of the secret.
 *
 * @param body the exact text.
 */
export function attemptCommand({ target_url_used, request_headers }: Sent, body: string): string {
  const headers = Object.entries(request_headers ?? {}).map(([name, value]) => [
    name,
    secretHeaders.includes(name) ? secretInShell : value,
  ]);
  return curlCommand(target_url_used, Object.fromEntries(headers), body);
}

/** Whether the command wants the secret from the shell that it runs in. */
export function wantsSecret({ request_headers }: Sent): boolean {
  return secretHeaders.some((name) => name in (request_headers ?? {}));
}

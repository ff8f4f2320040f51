import { parseUrl } from '../../contract/target-url';
import type { WebhookEvent } from '../../contract/webhook-event';
import { isSuccess } from '../../contract/webhook-health';
import { attemptResult } from './attempt-words';
import { shownLocation } from './shown-headers';

/*
 * What a failure means and how to mend it, in a line: by what Slack says, by the status, or by the
 * words of the log where there was no answer.
 */

/** Slack's own answers, in plain text (https://api.slack.com/messaging/webhooks#handling_errors). */
const slackAnswers: Record<string, string> = {
  invalid_payload:
    'Slack could not read the message. If the webhook’s kind is Slack, create a new incoming webhook in Slack.',
  no_text:
    'Slack found no text in the message. If the webhook’s kind is Slack, create a new incoming webhook in Slack.',
  invalid_token: 'The URL is not, or no longer, valid. Create a new incoming webhook in Slack.',
  no_active_hooks: 'The incoming webhook was switched off in Slack. Create a new one there.',
  no_service:
    'The incoming webhook was removed or disabled in Slack, or the URL is mistyped. Create a new one there.',
  no_service_id: 'The URL is incomplete. Copy it from Slack again.',
  no_team: 'Slack does not know the workspace. Copy the URL from Slack again.',
  team_disabled: 'The workspace was disabled in Slack.',
  channel_not_found:
    'The channel was deleted. Create an incoming webhook for another channel in Slack.',
  channel_is_archived:
    'The channel is archived. Unarchive it in Slack, or create an incoming webhook for another channel.',
  action_prohibited: 'An administrator of the Slack workspace has forbidden this.',
  posting_to_general_channel_denied: 'Only administrators may post to #general in this workspace.',
  user_not_found: 'Whom the message was for is not in the Slack workspace any more.',
  too_many_attachments: 'The message has more parts than Slack takes.',
  rollup_error: 'Slack failed. Nothing is wrong with the webhook.',
};

const byStatus: Record<number, string> = {
  400: 'The receiver could not read the request. Check that it expects this kind of webhook.',
  401: 'The receiver refused the secret or the signature, or wants other credentials. Check that it has the same secret: Setup help on the webhook’s page says how it is checked.',
  403: 'The receiver does not let this in. Check its secret, and its firewall or access rules.',
  404: 'There is nothing at this URL. Check its path, and that the receiver is deployed.',
  405: 'The receiver takes no POST at this URL. Check its path.',
  408: 'The receiver gave up waiting for the request. See the load of it and of a proxy before it.',
  409: 'The receiver says that it has this already, or is busy with it.',
  413: 'The payload is larger than the receiver takes. Raise its limit for request bodies.',
  415: 'The receiver does not take application/json. Check that it is meant for webhooks.',
  421: 'The receiver does not serve this host name. Check the host in the URL.',
  422: 'The receiver read the request and did not accept what it says. Its answer may say why.',
  429: 'The receiver was asked too often. Raise its rate limit for deliveries.',
};

/** By how the words of the log begin. */
const byError: [beginning: string, advice: string][] = [
  ['name not found', 'No host has this name. Check the URL’s spelling, and the DNS record.'],
  ['name look-up failed', 'The host’s name could not be looked up. Check its DNS servers.'],
  [
    'refused: private address',
    'Deliveries do not go to private addresses. Use a public one, or have this one allowed with ALLOWED_PRIVATE_TARGETS.',
  ],
  ['connection refused', 'Nothing listens there. Start the receiver, or check host and port.'],
  ['connection timed out', 'The host does not answer. Check that it is up, and its firewall.'],
  [
    'timed out',
    'The receiver took too long. Let it answer 2xx at once, and do its work afterwards.',
  ],
  ['connection reset', 'The receiver hung up. See its log, and that of a proxy before it.'],
  ['connection closed', 'The receiver hung up. See its log, and that of a proxy before it.'],
  ['host unreachable', 'No way leads from this server to the host. Check address and routes.'],
  ['network unreachable', 'No way leads from this server to the host. Check address and routes.'],
  ['certificate has expired', 'Renew the receiver’s certificate.'],
  ['certificate is not valid yet', 'Check the clocks of the receiver and of this server.'],
  [
    'certificate is for another name',
    'Check the host in the URL, or have the certificate issued for it.',
  ],
  ['certificate is self-signed', 'Use a certificate of a public authority, such as Let’s Encrypt.'],
  [
    'certificate is of an unknown authority',
    'Use a certificate of a public authority, and let the receiver send its whole chain.',
  ],
  ['certificate', 'The receiver’s certificate is not accepted. Have it issued anew.'],
  [
    'TLS handshake failed',
    'TLS is not spoken there. Check the port, and https or http in the URL.',
  ],
  ['invalid HTTP response', 'What answers there does not speak HTTP rightly. Check host and port.'],
  ['not a valid URL', 'Correct the URL of the webhook.'],
  ['not sent: the webhook was deleted', 'It was deleted before its turn came.'],
  ['not sent: the webhook is disabled', 'Enable the webhook, then redeliver or recover.'],
  ['not sent: the event is no longer stored', 'It is older than what this server keeps.'],
  ['not sent: the stored secret', 'Set the secret of the webhook again.'],
  ['too many open connections', 'This server is at its limit of open files. Have it raised.'],
];

type Failed = Pick<
  WebhookEvent,
  | 'attempt'
  | 'error'
  | 'target_response_status_code'
  | 'next_attempt_at'
  | 'kind'
  | 'target_url_used'
  | 'target_response_body'
  | 'response_headers'
  | 'trigger'
>;

/**
 * What to think of a success that may be none: a page for people was answered, as those do that ask to
 * sign in. Null if there is nothing to it.
 */
export function successDoubt(row: Failed): string | null {
  if (attemptResult(row).tone !== 'success') return null;
  const type = row.response_headers?.['content-type'] ?? '';
  if (!/^text\/html\b/i.test(type) || (row.target_response_body ?? '').trim() === '') return null;
  return 'The receiver took it, but answered with a web page. If that is a sign-in or a start page, the URL does not lead to what should take deliveries.';
}

/** What a failure means and how to mend it, in a line; null if there was none. */
export function failureAdvice(row: Failed): string | null {
  if (attemptResult(row).tone !== 'failure') return null;
  const { target_response_status_code: status, error } = row;
  if (!status || isSuccess(status)) {
    const known = byError.find(([beginning]) => error?.startsWith(beginning));
    return known?.[1] ?? 'No answer came. Check that the receiver runs and can be reached.';
  }
  return (
    slackAdvice(row) ??
    redirectAdvice(row) ??
    goneAdvice(row) ??
    byStatus[status] ??
    adviceOfRange(status)
  );
}

function slackAdvice(row: Failed): string | null {
  const { kind, target_url_used, target_response_body, target_response_status_code: status } = row;
  const said = target_response_body?.trim() ?? '';
  const isSlacks = /^hooks\.slack(?:-gov)?\.com$/.test(parseUrl(target_url_used)?.hostname ?? '');
  if (status === 429 && isSlacks) {
    return 'Slack takes about one message a second. If it happens often, narrow the webhook’s filters.';
  }
  if (!Object.hasOwn(slackAnswers, said)) return null;
  if (kind === 'SLACK' && !isSlacks && (said === 'invalid_payload' || said === 'no_text')) {
    return 'The receiver could not read the message, which is as Slack takes it. Check that the URL takes such messages, or choose the kind Standard.';
  }
  if (kind !== 'SLACK' && isSlacks && (said === 'invalid_payload' || said === 'no_text')) {
    return 'This URL takes Slack messages only. Edit the webhook and choose the kind Slack.';
  }
  return kind === 'SLACK' || isSlacks ? (slackAnswers[said] ?? null) : null;
}

/** A test disables nothing, and of an API that knows no attempts it is not known. */
function goneAdvice({ target_response_status_code: status, trigger, attempt }: Failed) {
  if (status !== 410) return null;
  return trigger === 'test' || attempt === null
    ? 'The receiver says that it is gone for good. Change the URL.'
    : 'The receiver says that it is gone for good, which disables the webhook. Change the URL, or enable the webhook again.';
}

function redirectAdvice(row: Failed): string | null {
  const { target_response_status_code: status, response_headers } = row;
  if (status === null || status < 300 || status >= 400) return null;
  const target = shownLocation(response_headers?.['location'] ?? '', row);
  if (target === null) {
    return 'Redirects are not followed. Give the webhook the URL that it ends up at.';
  }
  if (/\b(?:log-?in|sign-?in|sso|oauth2?|auth)\b/i.test(target)) {
    return `It is sent on to what looks like a sign-in page: ${target}. Let the receiver take deliveries without signing in; it can know them by the secret.`;
  }
  return `Redirects are not followed. If you trust where it leads, give the webhook that URL: ${target}`;
}

function adviceOfRange(status: number): string {
  if (status === 502 || status === 503 || status === 504) {
    return 'The receiver, or a proxy before it, is down or overloaded. Check that it runs.';
  }
  if (status >= 500) return 'The receiver itself failed. Its own log says why.';
  return 'The receiver did not accept this. Its answer may say why.';
}

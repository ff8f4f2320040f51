import type { ReactNode } from 'react';
import type { z } from 'zod/mini';

import { displayUrl } from '../../contract/display-url';
import { storedResponseBytes, type webhookEventDetailSchema } from '../../contract/webhook-event';
import { CopyButton } from '../ui/copy-button';
import { Notice } from '../ui/notice';
import { RelativeTime } from '../ui/relative-time';
import { curlNeeds } from '../webhooks/curl-command';
import { attemptCommand, wantsSecret } from './attempt-curl';
import { attemptResult, formatDuration, placeWords } from './attempt-words';
import { failureAdvice, successDoubt } from './failure-advice';
import { MessageText } from './message-text';
import { ResultBadge } from './result-badge';
import { shownResponseHeaders } from './shown-headers';

export type Attempt = z.output<typeof webhookEventDetailSchema>;

interface AttemptInFullProps {
  attempt: Attempt;
  /** Buttons, beside the result. */
  actions?: ReactNode;
  /** Between the result and what to do about it. */
  before?: ReactNode;
  /** Between that and the texts. */
  children?: ReactNode;
}

/** What was answered, what was sent, and what to do about it. */
export function AttemptInFull({ attempt, actions, before, children }: AttemptInFullProps) {
  const advice = failureAdvice(attempt) ?? successDoubt(attempt);
  const place = placeWords(attempt);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <ResultBadge result={attemptResult(attempt)} />
        <span className="text-muted wrap-anywhere">
          {place !== '' && `${place} · `}
          <RelativeTime iso={attempt.created_at} />
          {attempt.duration_ms !== null && ` · took ${formatDuration(attempt.duration_ms)}`}
        </span>
        {actions && <div className="ml-auto flex flex-wrap gap-2">{actions}</div>}
      </div>
      {before}
      {advice && <Notice tone="warning">{advice}</Notice>}
      {children}
      <div className="grid items-start gap-x-6 gap-y-5 lg:grid-cols-2">
        <MessageText
          title="Response"
          first={responseLine(attempt)}
          headers={shownResponseHeaders(attempt)}
          body={attempt.target_response_body}
          kept={storedResponseBytes}
        />
        <div className="min-w-0">
          <MessageText
            title="Request"
            first={requestLine(attempt)}
            headers={attempt.request_headers}
            body={attempt.request_body}
          />
          {attempt.request_body !== null && attempt.request_headers !== null && (
            <CopyCurl attempt={attempt} body={attempt.request_body} />
          )}
        </div>
      </div>
    </>
  );
}

function requestLine({ target_url_used: url, kind }: Attempt): string {
  return `POST ${url === '' ? '(URL not told)' : displayUrl(url, kind)}`;
}

function responseLine(attempt: Attempt): string {
  const { target_response_status_code: status, error } = attempt;
  if (attempt.attempt === 0) return 'Not sent yet';
  if (!status) return error ?? (status === null ? 'Not told' : 'No response');
  return error === null || error.startsWith(`answered ${status}`)
    ? String(status)
    : `${status}, then ${error}`;
}

function CopyCurl({ attempt, body }: { attempt: Attempt; body: string }) {
  const needs = curlNeeds(attempt.target_url_used, wantsSecret(attempt));
  return (
    <p className="mt-1 flex items-center gap-1 text-muted">
      <CopyButton label="Copy as curl" text={attemptCommand(attempt, body)} />
      <span>
        Copy as curl
        {needs !== null && `: set ${needs} first. It carries no signature.`}
      </span>
    </p>
  );
}

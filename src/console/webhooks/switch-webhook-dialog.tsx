import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';

import { displayUrl } from '../../contract/display-url';
import { mayHaveSecret, secretMustBeGiven, type Webhook } from '../../contract/webhook';
import { ApiError } from '../api-client';
import { keepsSecret, keepsSecretOf, useFeature } from '../capabilities-queries';
import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { usePageTitle } from '../ui/page-title';
import { enabledParameter, useCloseDialog } from '../use-close-dialog';
import { useWritesOff } from '../write-access';
import { webhooksQuery } from './queries';
import { SecretInput } from './secret-input';
import { newerWords, useSwitchWithSecret } from './use-switch-with-secret';
import { SecretAtRisk } from './toggle-webhook';
import { dropsSecret, secretMissing } from './wording';

/**
 * Before a webhook with a secret is switched on an API that would drop it: asks for the secret. Where
 * there is nothing to ask, it goes by itself and changes nothing.
 */
export function SwitchWebhookDialog() {
  const { organizationId = '', webhookId = '' } = useParams();
  const [params] = useSearchParams();
  const wanted = params.get(enabledParameter);
  // Another webhook may take this one's place: by Undo of the toast that lies over it.
  return (
    <SwitchWebhook
      key={`${organizationId} ${webhookId} ${wanted}`}
      organizationId={organizationId}
      webhookId={webhookId}
      enabled={wanted === 'true'}
    />
  );
}

interface SwitchWebhookProps {
  organizationId: string;
  webhookId: string;
  enabled: boolean;
}

function SwitchWebhook({ organizationId, webhookId, enabled }: SwitchWebhookProps) {
  const close = useCloseDialog();
  const { data } = useQuery(webhooksQuery(organizationId));
  const feature = useFeature(keepsSecret) === true;
  const [asked, setAsked] = useState<Webhook | null>(null);
  const row = data?.results.find(({ id }) => id === webhookId);
  const asks = row && mayHaveSecret(row) && !keepsSecretOf(row, feature);
  if (!asked && asks && row.enabled !== enabled) setAsked(row);
  const isNeedless = data !== undefined && !asked;

  useEffect(() => {
    if (isNeedless) close();
  });

  return (
    asked && (
      <SecretQuestion
        organizationId={organizationId}
        webhook={asked}
        enabled={enabled}
        onClose={close}
      />
    )
  );
}

interface SecretQuestionProps {
  organizationId: string;
  /** As it was when the question came up. */
  webhook: Webhook;
  enabled: boolean;
  onClose: () => void;
}

function SecretQuestion({ organizationId, enabled, onClose, ...props }: SecretQuestionProps) {
  // What one has seen when one answers: the secret is for this URL.
  const [webhook, setWebhook] = useState(props.webhook);
  const does = enabled ? 'Enable' : 'Disable';
  usePageTitle(`${does} webhook`, 'dialog');
  const { save, isPending, error } = useSwitchWithSecret(organizationId, webhook, enabled, {
    onClose,
    onNewer(newer) {
      setWebhook(newer);
      setRisk(newerWords(newer, webhook, does));
      if (!secretMustBeGiven(newer, webhook.target_url)) return;
      setSecret('');
      input.current?.focus();
    },
  });
  const off = useWritesOff(organizationId);
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<string>();
  const [risk, setRisk] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const hasSecret = mayHaveSecret(webhook);
  const isGone = error instanceof ApiError && error.status === 404;

  function type(typed: string) {
    setSecret(typed);
    setProblem(undefined);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (off !== undefined || isGone) return;
    // What else it may be is for the API to say: it has taken it before.
    const isMissing = hasSecret && secret === '';
    setProblem(isMissing ? secretMissing : undefined);
    if (isMissing) input.current?.focus();
    else save(hasSecret ? secret : '');
  }

  return (
    <Dialog title={`${does} webhook`} onClose={isPending ? () => undefined : onClose}>
      <form noValidate onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="min-h-0 space-y-3 overflow-y-auto px-5 py-4">
          <p className="font-medium wrap-anywhere">
            {displayUrl(webhook.target_url, webhook.kind)}
          </p>
          {hasSecret && (
            <Field label="Secret" hint={dropsSecret} error={problem} required>
              {(control) => (
                <SecretInput
                  control={control}
                  value={secret}
                  onChange={type}
                  inputRef={input}
                  focused
                />
              )}
            </Field>
          )}
          {error && (
            <Notice tone="danger">
              {error instanceof SecretAtRisk
                ? risk
                : errorMessage(error, 'change the webhook').detail}
            </Notice>
          )}
        </div>
        <footer className="flex flex-wrap justify-end gap-2 border-t border-line bg-sunken px-5 py-3 max-sm:*:flex-1">
          <Button disabled={isPending} onClick={onClose}>
            {isGone ? 'Close' : 'Cancel'}
          </Button>
          {!isGone && (
            <Answers
              does={does}
              off={off}
              isPending={isPending}
              onWithout={hasSecret ? () => save('') : null}
            />
          )}
        </footer>
      </form>
    </Dialog>
  );
}

interface AnswersProps {
  does: string;
  off: string | undefined;
  isPending: boolean;
  /** Null if there is no secret to go on without. */
  onWithout: (() => void) | null;
}

function Answers({ does, off, isPending, onWithout }: AnswersProps) {
  return (
    <>
      {onWithout && (
        <Button disabled={isPending} off={off} onClick={onWithout}>
          {does} without the secret
        </Button>
      )}
      <Button type="submit" look="primary" busy={isPending} off={off}>
        {does}
      </Button>
    </>
  );
}

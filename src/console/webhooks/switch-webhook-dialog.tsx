import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';

import { displayUrl } from '../../contract/display-url';
import { mayHaveSecret, type Webhook } from '../../contract/webhook';
import { ApiError } from '../api-client';
import { keepsSecret, keepsSecretOf, useFeature } from '../capabilities-queries';
import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { usePageTitle } from '../ui/page-title';
import type { Toast } from '../ui/toast-store';
import { enabledParameter, useCloseDialog } from '../use-close-dialog';
import { useIsMounted } from '../use-is-mounted';
import { useWritesOff } from '../write-access';
import { webhooksQuery } from './queries';
import { SecretInput } from './secret-input';
import { SecretAtRisk, toggleOptions, toldOf, type Toggle } from './toggle-webhook';
import { useAskForSecret } from './use-flip';
import { dropsSecret } from './wording';

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
  /** As it was when the question came up: the secret is for this URL. */
  webhook: Webhook;
  enabled: boolean;
  onClose: () => void;
}

function SecretQuestion({ organizationId, webhook, enabled, onClose }: SecretQuestionProps) {
  const does = enabled ? 'Enable' : 'Disable';
  usePageTitle(`${does} webhook`, 'dialog');
  const { save, isPending, error } = useSwitch(organizationId, webhook, enabled, onClose);
  const off = useWritesOff(organizationId);
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const isGone = error instanceof ApiError && error.status === 404;

  function type(typed: string) {
    setSecret(typed);
    setProblem(undefined);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (off !== undefined || isGone) return;
    // What else it may be is for the API to say: it has taken it before.
    setProblem(secret === '' ? 'The secret is missing.' : undefined);
    if (secret !== '') save(secret);
    else input.current?.focus();
  }

  return (
    <Dialog title={`${does} webhook`} onClose={isPending ? () => undefined : onClose}>
      <form noValidate onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="min-h-0 space-y-3 overflow-y-auto px-5 py-4">
          <p className="font-medium wrap-anywhere">
            {displayUrl(webhook.target_url, webhook.kind)}
          </p>
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
          {error && <Notice tone="danger">{wordsOf(error)}</Notice>}
        </div>
        <footer className="flex flex-wrap justify-end gap-2 border-t border-line bg-sunken px-5 py-3 max-sm:*:flex-1">
          <Button disabled={isPending} onClick={onClose}>
            {isGone ? 'Close' : 'Cancel'}
          </Button>
          {!isGone && (
            <Answers does={does} off={off} isPending={isPending} onWithout={() => save('')} />
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
  onWithout: () => void;
}

function Answers({ does, off, isPending, onWithout }: AnswersProps) {
  return (
    <>
      <Button disabled={isPending} off={off} onClick={onWithout}>
        Go on without the secret
      </Button>
      <Button type="submit" look="primary" busy={isPending} off={off}>
        {does}
      </Button>
    </>
  );
}

/** Switches the webhook with its secret, and closes the question once that is saved. */
function useSwitch(
  organizationId: string,
  webhook: Webhook,
  enabled: boolean,
  onClose: () => void,
) {
  const client = useQueryClient();
  const ask = useAskForSecret(organizationId);
  const told = toldOf(client, organizationId, ask);
  const change = useMutation({
    ...toggleOptions(client, organizationId, webhook.id),
    meta: {
      writesIn: organizationId,
      does: 'change the webhook',
      subject: displayUrl(webhook.target_url, webhook.kind),
      isShown: useIsMounted(),
      succeeded: (saved: Webhook, { secret }: Toggle) =>
        secret?.value === '' && webhook.target_secret_set ? withoutSecretToast(saved) : told(saved),
    },
  });
  return {
    ...change,
    save: (value: string) =>
      change.mutate({ enabled, secret: { value, seen: webhook } }, { onSuccess: onClose }),
  };
}

function withoutSecretToast({ id, target_url, kind, enabled }: Webhook): Toast {
  return {
    tone: 'warning',
    title: enabled ? 'Enabled without the secret' : 'Disabled without the secret',
    subject: displayUrl(target_url, kind),
    detail: 'Deliveries carry none until one is set again.',
    about: id,
  };
}

function wordsOf(error: Error): string {
  if (error instanceof SecretAtRisk) return `${error.message} Close this and look at it first.`;
  return errorMessage(error, 'change the webhook').detail;
}

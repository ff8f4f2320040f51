import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';

import { displayUrl } from '../../contract/display-url';
import { secretProblem } from '../../contract/secret';
import type { Webhook } from '../../contract/webhook';
import { keepsSecret, useFeature } from '../capabilities-queries';
import { errorMessage } from '../error-message';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { usePageTitle } from '../ui/page-title';
import { enabledParameter, useCloseDialog } from '../use-close-dialog';
import { useIsMounted } from '../use-is-mounted';
import { webhooksQuery } from './queries';
import { SecretInput } from './secret-input';
import { SecretAtRisk, toggleOptions, toldOf } from './toggle-webhook';
import { useAskForSecret } from './use-flip';
import { dropsSecret } from './wording';

/**
 * Before a webhook with a secret is switched on an API that would drop it: asks for the secret. Where
 * there is nothing to ask, it goes by itself and changes nothing.
 */
export function SwitchWebhookDialog() {
  const { organizationId = '', webhookId = '' } = useParams();
  const [params] = useSearchParams();
  const enabled = params.get(enabledParameter) === 'true';
  const close = useCloseDialog();
  const { data } = useQuery(webhooksQuery(organizationId));
  const keeps = useFeature(keepsSecret) === true;
  const [asked, setAsked] = useState<Webhook | null>(null);
  const row = data?.results.find(({ id }) => id === webhookId);
  if (!asked && row?.target_secret_set && row.enabled !== enabled) setAsked(row);
  const isNeedless = keeps || (data !== undefined && !asked);

  useEffect(() => {
    if (isNeedless) close();
  });

  return (
    asked &&
    !keeps && (
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
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<string>();
  const input = useRef<HTMLInputElement>(null);

  function type(typed: string) {
    setSecret(typed);
    setProblem(undefined);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const wrong =
      secret === '' ? 'Enter the secret again, or go on without it.' : secretProblem(secret);
    setProblem(wrong ?? undefined);
    if (wrong === null) save(secret);
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
            Cancel
          </Button>
          <Button disabled={isPending} onClick={() => save('')}>
            Go on without the secret
          </Button>
          <Button type="submit" look="primary" busy={isPending}>
            {does}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** Switches the webhook with its secret, and closes the question once that is saved. */
function useSwitch(
  organizationId: string,
  { id, target_url, kind }: Webhook,
  enabled: boolean,
  onClose: () => void,
) {
  const client = useQueryClient();
  const ask = useAskForSecret(organizationId);
  const change = useMutation({
    ...toggleOptions(client, organizationId, id),
    meta: {
      writesIn: organizationId,
      does: 'change the webhook',
      subject: displayUrl(target_url, kind),
      isShown: useIsMounted(),
      succeeded: toldOf(client, organizationId, ask),
    },
  });
  return {
    ...change,
    save: (value: string) =>
      change.mutate({ enabled, secret: { value, url: target_url } }, { onSuccess: onClose }),
  };
}

function wordsOf(error: Error): string {
  if (error instanceof SecretAtRisk) return `${error.message} Close this and look at it first.`;
  return errorMessage(error, 'change the webhook').detail;
}

import { useMutation, useQueryClient } from '@tanstack/react-query';

import { displayUrl } from '../../contract/display-url';
import { mayHaveSecret, secretMustBeGiven, type Webhook } from '../../contract/webhook';
import { showToast, type Toast } from '../ui/toast-store';
import { useIsMounted } from '../use-is-mounted';
import { SecretAtRisk, toggleOptions, toldOf, type Toggle } from './toggle-webhook';
import { useAskForSecret } from './use-flip';

/** Switches the webhook with its secret, and closes the question once that is saved. */
export function useSwitchWithSecret(
  organizationId: string,
  webhook: Webhook,
  enabled: boolean,
  { onClose, onNewer }: { onClose: () => void; onNewer: (newer: Webhook) => void },
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
      change.mutate(
        { enabled, secret: { value, seen: webhook } },
        {
          onSuccess: onClose,
          onError: (error) => {
            if (!(error instanceof SecretAtRisk)) return;
            if (error.theirs.enabled !== enabled) return onNewer(error.theirs);
            showToast(switchedAlreadyToast(error.theirs));
            onClose();
          },
        },
      ),
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

function switchedAlreadyToast({ id, target_url, kind, enabled }: Webhook): Toast {
  return {
    tone: 'neutral',
    title: enabled ? 'Enabled already' : 'Disabled already',
    subject: displayUrl(target_url, kind),
    detail: 'Somebody else has done it meanwhile.',
    about: id,
  };
}

/** Says what was changed elsewhere while one answered, and what the same answer would do now. */
export function newerWords(newer: Webhook, seen: Webhook, does: string): string {
  if (!mayHaveSecret(newer)) {
    return 'Somebody else has removed the secret meanwhile.';
  }
  if (secretMustBeGiven(newer, seen.target_url)) {
    return 'Somebody else has changed the URL meanwhile. Enter the secret of the one above.';
  }
  return `Somebody else has saved the webhook meanwhile, perhaps with another secret. ${does} again sets the one that stands here.`;
}

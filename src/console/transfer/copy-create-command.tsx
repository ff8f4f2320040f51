import { Copy } from 'lucide-react';

import type { Webhook } from '../../contract/webhook';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy-text';
import { showToast } from '../ui/toast-store';
import { createCommand } from './create-command';

interface CopyCreateCommandProps {
  organizationId: string;
  webhook: Webhook;
}

/** Takes one webhook along: the command that would create it here or elsewhere. */
export function CopyCreateCommand({ organizationId, webhook }: CopyCreateCommandProps) {
  async function copy() {
    const command = createCommand(window.location.origin, organizationId, webhook);
    const isCopied = await copyText(command);
    showToast(
      isCopied
        ? {
            tone: 'success',
            title: 'Copied the curl that would create it',
            detail:
              'Its secret is not in it. Set TOKEN first; for elsewhere also API_URL (such as https://api.qovery.com) and ORGANIZATION_ID.',
          }
        : { tone: 'error', title: 'Could not copy', detail: 'The browser forbids it.' },
    );
  }
  return (
    <Button icon={Copy} title="Copy the curl that would create it" onClick={() => void copy()}>
      Copy as curl
    </Button>
  );
}

import type { Webhook } from '../../contract/webhook';
import { CopyButton } from '../ui/copy-button';
import { createCommand } from './create-command';

interface CopyCreateCommandProps {
  organizationId: string;
  webhook: Webhook;
}

/** Takes one webhook along: the command that would create it here or elsewhere. */
export function CopyCreateCommand({ organizationId, webhook }: CopyCreateCommandProps) {
  return (
    <div className="-mt-2 flex items-start gap-1 text-muted">
      <CopyButton
        label="Copy as the curl that would create it"
        text={createCommand(window.location.origin, organizationId, webhook)}
      />
      <div className="min-w-0 py-2">
        <p>
          Copy as the curl that would create it, without its secret. For here, set TOKEN to this
          server’s admin token first.
        </p>
        <p>
          For elsewhere, set TOKEN to one of there, and API_URL (such as https://api.qovery.com) and
          ORGANIZATION_ID as well.
        </p>
      </div>
    </div>
  );
}

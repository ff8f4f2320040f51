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
    <p className="-mt-2 flex items-center gap-1 text-muted">
      <CopyButton
        label="Copy as the curl that would create it"
        text={createCommand(window.location.origin, organizationId, webhook)}
      />
      <span>Copy as the curl that would create it: set TOKEN first. The secret is not in it.</span>
    </p>
  );
}

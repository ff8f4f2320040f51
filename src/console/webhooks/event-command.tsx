import { deploymentEventsPath } from '../../contract/api-paths';
import { CopyButton } from '../ui/copy-button';

/** The ready command that posts a deployment event to this organization. */
export function EventCommand({ organizationId }: { organizationId: string }) {
  const command = eventCommand(window.location.origin, organizationId);
  return (
    <div className="text-left">
      <p className="text-muted">
        Whatever deploys posts its events to the API, with the administrator’s token. This command
        reads the token from the server’s data folder; run it where the server was started, with
        DATA_DIR as it was set there, or set TOKEN to the token first.
      </p>
      <div className="mt-2 flex items-start gap-1 rounded-lg border border-line bg-sunken py-1 pr-1 pl-3">
        <pre
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways, also by keys
          tabIndex={0}
          aria-label="Command that posts a deployment event"
          className="min-w-0 flex-1 overflow-x-auto py-2 font-mono text-xs leading-5"
        >
          {command}
        </pre>
        <CopyButton label="Copy the command" text={command} />
      </div>
    </div>
  );
}

function eventCommand(origin: string, organizationId: string): string {
  const event = {
    event_type: 'DEPLOYMENT_SUCCESSFUL',
    project: { name: 'storefront' },
    environment: { name: 'main', mode: 'PRODUCTION' },
  };
  return [
    `curl -X POST '${origin}${deploymentEventsPath(organizationId)}'`,
    '  -H "Authorization: Token ${TOKEN:-$(cat "${DATA_DIR:-data}/admin-token")}"',
    `  -H 'Content-Type: application/json'`,
    `  -d '${JSON.stringify(event)}'`,
  ].join(' \\\n');
}

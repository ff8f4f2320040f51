import { Webhook } from 'lucide-react';

import { useFeature } from '../capabilities-queries';
import { MessagePanel } from '../ui/message-panel';
import { EventCommand } from './event-command';
import { TransferLink } from './transfer-link';

/** The list before there is anything in it: what a webhook is, and how to begin. */
export function FirstUse({ organizationId }: { organizationId: string }) {
  const takesEvents = useFeature('event-intake') === true;
  return (
    <div className="rounded-xl border border-line bg-surface shadow-card">
      <MessagePanel icon={Webhook} title="No webhooks yet">
        A webhook sends a message to a URL of yours whenever a deployment starts, succeeds, fails or
        is cancelled: to a Slack channel, or as JSON to a tool of your own. Set up the first one
        with <strong className="font-medium whitespace-nowrap text-ink">Add new</strong>, or bring
        those of another organization: <TransferLink organizationId={organizationId} />.
      </MessagePanel>
      {takesEvents && (
        <div className="border-t border-line px-4 py-5 sm:px-6">
          <h2 className="mb-1 font-medium">Then try it with a deployment event</h2>
          <EventCommand organizationId={organizationId} />
        </div>
      )}
    </div>
  );
}

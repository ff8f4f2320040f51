import { Component, type ReactNode } from 'react';
import { Bug } from 'lucide-react';

import { homePath } from '../page-paths';
import { Button } from '../ui/button';
import { MessagePanel } from '../ui/message-panel';

interface ErrorBoundaryProps {
  children: ReactNode;
  /** What stands there instead of what broke. */
  instead?: ReactNode;
  /** Whether it lies in a page whose header and navigation go on working. */
  within?: boolean;
}

/** What stands there if a part of the console itself breaks, instead of an empty page. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    if (this.props.instead !== undefined) return this.props.instead;
    return this.props.within ? (
      <Broken />
    ) : (
      <main>
        <Broken />
      </main>
    );
  }
}

/** Ways back that load everything anew: nothing that is still there can be relied on. */
function Broken() {
  return (
    <MessagePanel
      heading="h1"
      icon={Bug}
      tone="danger"
      title="Something went wrong in the console"
      actions={
        <>
          <Button look="primary" onClick={() => window.location.reload()}>
            Reload the page
          </Button>
          <Button onClick={() => window.location.assign(homePath)}>Go to the webhooks</Button>
        </>
      }
    >
      This is a mistake in the console, not in what you did. What is saved is safe.
    </MessagePanel>
  );
}

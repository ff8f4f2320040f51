import { Component, type ReactNode } from 'react';
import { Bug } from 'lucide-react';

import { Button } from '../ui/button';
import { MessagePanel } from '../ui/message-panel';

/** What stands there if the console itself breaks, instead of an empty page. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main>
        <MessagePanel
          heading="h1"
          icon={Bug}
          tone="danger"
          title="The console has broken"
          actions={<Button onClick={() => window.location.reload()}>Reload the page</Button>}
        >
          This is a mistake in the console, not in what you did. What is saved is safe.
        </MessagePanel>
      </main>
    );
  }
}

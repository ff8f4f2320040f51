import { Component, type ReactNode } from 'react';
import { Bug } from 'lucide-react';

import { Button } from '../ui/button';
import { MessagePanel } from '../ui/message-panel';

interface ErrorBoundaryProps {
  children: ReactNode;
  /** What stands there instead of what broke. */
  instead?: ReactNode;
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

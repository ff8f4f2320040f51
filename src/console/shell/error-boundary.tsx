import { Component, type ReactNode } from 'react';
import { Bug } from 'lucide-react';

import { homePath } from '../page-paths';
import { Button } from '../ui/button';
import { MessagePanel } from '../ui/message-panel';
import { NotLoadedError } from '../ui/preloadable';

interface ErrorBoundaryProps {
  children: ReactNode;
  /**
   * What stands there if its code could not be loaded. With it, all other mistakes are for the
   * boundary around this one.
   */
  ifNotLoaded?: ReactNode;
  /** Whether it lies in a page whose header and navigation go on working. */
  within?: boolean;
}

/** What stands there if a part of the console itself breaks, instead of an empty page. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { thrown: unknown[] }> {
  /** What was thrown, which may be anything: at most one. */
  override state = { thrown: [] as unknown[] };

  static getDerivedStateFromError(error: unknown) {
    return { thrown: [error] };
  }

  override render() {
    const { children, ifNotLoaded, within } = this.props;
    if (this.state.thrown.length === 0) return children;
    const [error] = this.state.thrown;
    if (ifNotLoaded !== undefined) {
      if (error instanceof NotLoadedError) return ifNotLoaded;
      throw error;
    }
    return within ? (
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

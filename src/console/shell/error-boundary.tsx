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
  /** What broke is tried again when this is another: where one is. */
  place?: string;
  /** Whether it lies in a page whose header and navigation go on working. */
  within?: boolean;
}

interface ErrorBoundaryState {
  /** What was thrown, which may be anything: at most one. */
  thrown: unknown[];
  place: string | undefined;
}

/** What stands there if a part of the console itself breaks, instead of an empty page. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { thrown: [], place: this.props.place };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { thrown: [error] };
  }

  static getDerivedStateFromProps({ place }: ErrorBoundaryProps, state: ErrorBoundaryState) {
    return place === state.place ? null : { thrown: [], place };
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

import { Compass, ServerCrash } from 'lucide-react';
import type { ReactNode } from 'react';

import { ApiError } from '../api-client';
import { errorMessage } from '../error-message';
import { homePath } from '../page-paths';
import { Button, LinkButton } from '../ui/button';
import { MessagePanel } from '../ui/message-panel';
import { Notice } from '../ui/notice';

interface CannotLoadProps {
  error: Error;
  /** The button that tries again. */
  retry: ReactNode;
}

/** The list's place if nothing of it could be loaded. */
export function CannotLoad({ error, retry }: CannotLoadProps) {
  const { title, detail } = errorMessage(error, 'load the webhooks');
  return (
    <div className="rounded-xl border border-line bg-surface shadow-card">
      {error instanceof ApiError && error.status === 404 ? (
        <MessagePanel
          icon={Compass}
          title="There is no such organization"
          actions={<LinkButton to={homePath}>Go to your organization</LinkButton>}
        >
          The address may be mistyped, or you do not belong to it.
        </MessagePanel>
      ) : (
        <MessagePanel icon={ServerCrash} tone="danger" title={title} actions={retry}>
          {detail}
        </MessagePanel>
      )}
    </div>
  );
}

/** Over a list of an API that could not be asked what it can do: what hangs on that is left out. */
export function FeaturesUnknown({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <Notice tone="warning">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p>
          <strong className="font-medium">Health and past events are left out.</strong>{' '}
          {errorMessage(error, 'ask the API for them').detail}
        </p>
        <Button onClick={retry}>Try again</Button>
      </div>
    </Notice>
  );
}

/** Over a list that could be loaded before, and now could not. */
export function OutOfDate({ error, retry }: CannotLoadProps) {
  return (
    <Notice tone="danger">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p>
          <strong className="font-medium">What you see may be out of date.</strong>{' '}
          {errorMessage(error, 'load the webhooks').detail}
        </p>
        {retry}
      </div>
    </Notice>
  );
}

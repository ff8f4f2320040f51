import type { UseQueryResult } from '@tanstack/react-query';
import { LoaderCircle, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

import { errorMessage } from '../error-message';

interface OutcomeLineProps {
  icon: LucideIcon;
  iconClass?: string;
  children: ReactNode;
}

/** One thing that comes of the filters in the form. */
export function OutcomeLine({ icon: Icon, iconClass = 'text-muted', children }: OutcomeLineProps) {
  return (
    <div className="flex gap-2.5 px-3 py-2.5 text-sm">
      <Icon aria-hidden className={`mt-px size-4 shrink-0 ${iconClass}`} />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}

export function OutcomeLoading({ children }: { children: ReactNode }) {
  return (
    <OutcomeLine icon={LoaderCircle} iconClass="animate-spin text-muted">
      <p className="text-muted">{children}</p>
    </OutcomeLine>
  );
}

/** @param what what failed, as the rest of "Could not …". */
export function OutcomeFailed({ query, what }: { query: UseQueryResult; what: string }) {
  const { title, detail } = errorMessage(query.error, what);
  return (
    <OutcomeLine icon={TriangleAlert} iconClass="text-warning">
      <p>
        {title}. <span className="text-muted">{detail}</span>{' '}
        <button
          type="button"
          aria-disabled={query.isFetching || undefined}
          onClick={() => void query.refetch()}
          className="font-medium text-accent-text hover:underline aria-disabled:opacity-60"
        >
          Try again
        </button>
      </p>
    </OutcomeLine>
  );
}

import { ArrowLeft } from 'lucide-react';
import { Link } from 'react-router-dom';

import { webhooksPage } from '../page-paths';

/** Over the heading of a page that one comes to from the list. */
export function BackToList({ organizationId }: { organizationId: string }) {
  return (
    <Link
      to={webhooksPage(organizationId)}
      className="mb-2 -ml-1 inline-flex min-h-7 items-center gap-1 rounded-md px-1 text-muted hover:text-ink"
    >
      <ArrowLeft aria-hidden className="size-4" />
      All webhooks
    </Link>
  );
}

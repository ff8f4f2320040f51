import { Link } from 'react-router-dom';

import { transferPage } from '../page-paths';
import { TransferPage } from '../preloaded-pages';

/** Leads to import and export. */
export function TransferLink({ organizationId }: { organizationId: string }) {
  return (
    <Link
      {...TransferPage.whenApproached}
      to={transferPage(organizationId)}
      className="rounded-md font-medium text-accent-text hover:underline"
    >
      Import or export
    </Link>
  );
}

import { useNavigate, useParams } from 'react-router-dom';

import { webhooksPage } from '../page-paths';
import { Dialog } from '../ui/dialog';
import { Skeleton } from '../ui/skeleton';

/** The form's dialog while what it needs is on its way, in the form's own shape. */
export function DialogLoading({ title }: { title: string }) {
  const { organizationId = '' } = useParams();
  const navigate = useNavigate();
  return (
    <Dialog title={title} size="large" onClose={() => void navigate(webhooksPage(organizationId))}>
      <div aria-busy="true" aria-label="Loading" role="status" className="space-y-6 p-5">
        {['w-1/3', 'w-2/5', 'w-1/4', 'w-1/2'].map((width) => (
          <div key={width} className="max-w-xl space-y-2">
            <Skeleton className={`h-4 ${width}`} />
            <Skeleton className="h-9 w-full" />
          </div>
        ))}
      </div>
    </Dialog>
  );
}

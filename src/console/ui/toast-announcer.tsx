import { useEffect, useState } from 'react';

import type { ShownToast } from './toast-store';

/** Screen readers pass over what is in a region that has only just appeared, with a dialog maybe. */
const settling = 100;

/** The newest toast that has been said, wherever the regions stood then. */
let lastSaid = 0;

/** Says each toast aloud, once: errors at once, the others when there is a pause. */
export function ToastAnnouncer({ toasts }: { toasts: readonly ShownToast[] }) {
  const [here, setHere] = useState<{ first: number; last: number } | null>(null);
  const newest = toasts.at(-1)?.id ?? 0;

  useEffect(() => {
    if (newest <= lastSaid) return;
    const timer = setTimeout(() => {
      const first = lastSaid + 1;
      lastSaid = newest;
      setHere((before) => ({ first: before?.first ?? first, last: newest }));
    }, settling);
    return () => clearTimeout(timer);
  }, [newest]);

  const said = here ? toasts.filter(({ id }) => id >= here.first && id <= here.last) : [];
  return (
    <>
      <div role="status" aria-atomic="false" className="sr-only">
        {said.filter(({ tone }) => tone !== 'error').map(sentence)}
      </div>
      <div role="alert" aria-atomic="false" className="sr-only">
        {said.filter(({ tone }) => tone === 'error').map(sentence)}
      </div>
    </>
  );
}

function sentence({ id, title, subject, detail, action }: ShownToast) {
  return (
    <p key={id}>
      {title}. {subject} {detail} {action && `${action.label}: press F6.`}
    </p>
  );
}

import { Check, CircleQuestionMark, Clock, X } from 'lucide-react';

import type { AttemptResult } from './attempt-words';

const looks = {
  success: { icon: Check, className: 'bg-success-soft text-success', says: 'Succeeded: ' },
  failure: { icon: X, className: 'bg-danger-soft text-danger', says: 'Failed: ' },
  unknown: { icon: CircleQuestionMark, className: 'bg-sunken text-muted', says: 'Result ' },
  waiting: { icon: Clock, className: 'bg-sunken text-muted', says: '' },
};

/** How an attempt went: by icon, words and colour. */
export function ResultBadge({ result: { tone, words } }: { result: AttemptResult }) {
  const { icon: Icon, className, says } = looks[tone];
  return (
    <span
      className={`inline-flex max-w-full items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium ${className}`}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only">{says}</span>
      <span className="truncate" title={words}>
        {words}
      </span>
    </span>
  );
}

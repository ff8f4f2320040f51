import { Braces, Hash } from 'lucide-react';

import { kindName } from './wording';

/** A webhook's kind with its icon. */
export function KindLabel({ kind }: { kind: string }) {
  const Icon = kind === 'SLACK' ? Hash : Braces;
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className="size-3.5 text-muted" />
      {kindName(kind)}
    </span>
  );
}

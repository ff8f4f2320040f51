import { Braces, Hash } from 'lucide-react';

import { kindName } from './wording';

export function KindIcon({ kind }: { kind: string }) {
  const Icon = kind === 'SLACK' ? Hash : Braces;
  return <Icon aria-hidden className="size-3.5 shrink-0 text-muted" />;
}

/** A webhook's kind with its icon. */
export function KindLabel({ kind }: { kind: string }) {
  return (
    <span className="flex max-w-full items-center gap-1.5" title={kindName(kind)}>
      <KindIcon kind={kind} />
      <span className="truncate">{kindName(kind)}</span>
    </span>
  );
}

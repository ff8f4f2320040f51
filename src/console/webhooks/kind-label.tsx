import { Braces, Hash } from 'lucide-react';

import { kindName } from './wording';

export function KindIcon({ kind }: { kind: string }) {
  const Icon = kind === 'SLACK' ? Hash : Braces;
  return <Icon aria-hidden className="size-3.5 shrink-0 text-muted" />;
}

/** A webhook's kind with its icon. */
export function KindLabel({ kind }: { kind: string }) {
  return (
    <span
      title={kindName(kind)}
      className="block max-w-full truncate [&>svg]:mr-1.5 [&>svg]:inline [&>svg]:align-[-2px]"
    >
      <KindIcon kind={kind} />
      {kindName(kind)}
    </span>
  );
}

import type { ReactNode } from 'react';

interface NewTabLinkProps {
  href: string;
  children: ReactNode;
}

/** A link within text that opens in a tab of its own: what stands on this page, or is typed, stays. */
export function NewTabLink({ href, children }: NewTabLinkProps) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="font-medium text-accent-text underline underline-offset-2"
    >
      {children}
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}

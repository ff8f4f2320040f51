import { useQuery } from '@tanstack/react-query';
import { Check, ChevronsUpDown } from 'lucide-react';
import { useId, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { Link } from 'react-router-dom';

import { errorMessage } from '../error-message';
import { organizationsQuery } from '../organization-queries';
import { webhooksPage } from '../page-paths';
import { Button } from '../ui/button';
import { showToast } from '../ui/toast-store';

/** The organization's name; where there are several, a button that opens the list of them. */
export function OrganizationSwitcher({ organizationId }: { organizationId: string }) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const { data, error, isFetching, refetch } = useQuery(organizationsQuery());
  if (error && !data) {
    const words = (cause: Error) => errorMessage(cause, 'load your organizations');
    const { title, detail } = words(error);
    return (
      <Button
        busy={isFetching}
        title={`${title}. ${detail}`}
        onClick={() => {
          // Only with a mouse one comes to read a title.
          void refetch().then(
            ({ error: again }) => again && showToast({ tone: 'error', ...words(again) }),
          );
        }}
      >
        Organizations: try again
      </Button>
    );
  }
  const organizations = data?.results ?? [];
  const current = organizations.find((each) => each.id === organizationId);
  if (organizations.length < 2) {
    return (
      current && (
        <span
          title={current.name}
          className="min-w-0 truncate font-medium before:mr-3 before:text-line-strong before:content-['/']"
        >
          {current.name}
        </span>
      )
    );
  }
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        onClick={(event) => {
          if (list.current) toggle(event, list.current);
        }}
        title={current?.name}
        className="control flex min-w-0 items-center gap-2 font-medium [anchor-name:--organization]"
      >
        <span className="sr-only">Organization: </span>
        <span className="truncate">{current?.name ?? 'Choose one'}</span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
      </button>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys as a second way between its links */}
      <nav
        id={id}
        ref={list}
        popover="auto"
        aria-label="Organizations"
        onKeyDown={moveByArrows}
        className="inset-auto top-14 left-2 max-h-[min(26.25rem,calc(100dvh-4.5rem))] w-[min(22.5rem,calc(100vw-1rem))] overflow-y-auto rounded-xl border border-line bg-raised p-1.5 text-ink shadow-float [position-anchor:--organization] sm:left-[anchor(left)]"
      >
        {organizations.map(({ id: each, name }) => (
          <Link
            key={each}
            to={webhooksPage(each)}
            aria-current={each === organizationId ? 'page' : undefined}
            onClick={() => list.current?.hidePopover()}
            className="flex min-h-9 items-center gap-2 rounded-lg px-2.5 py-1.5 wrap-anywhere hover:bg-hover aria-[current]:font-medium"
          >
            <span className="min-w-0 flex-1">{name}</span>
            {each === organizationId && (
              <Check aria-hidden className="size-4 shrink-0 text-accent-text" />
            )}
          </Link>
        ))}
      </nav>
    </>
  );
}

/**
 * Opens or closes the list. What opens it moves the focus there and then: by itself the browser tells
 * of it a moment later, and a key that follows at once would get lost.
 */
function toggle(event: MouseEvent, list: HTMLElement) {
  event.preventDefault();
  const isOpen = list.togglePopover();
  if (isOpen)
    (list.querySelector<HTMLElement>('[aria-current]') ?? list.querySelector('a'))?.focus();
}

function moveByArrows(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const links = [...event.currentTarget.querySelectorAll('a')];
  const at = links.findIndex((link) => link === document.activeElement);
  links.at((at + step) % links.length)?.focus();
}

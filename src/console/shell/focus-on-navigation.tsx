import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router-dom';

import { homePath } from '../page-paths';
import { openDialogs } from '../ui/open-dialogs';
import { pageOf } from './page-of';

/**
 * Moves the focus to the heading of a page that one has come to, as a new document would: without it
 * a screen reader says nothing. Dialogs over a page are no pages, and see to the focus themselves.
 */
export function FocusOnNavigation() {
  const page = pageOf(useLocation().pathname);
  const before = useRef(page);

  useEffect(() => {
    const last = before.current;
    before.current = page;
    // The root only leads on to a page: one has not come from anywhere.
    if (last === page || last === homePath || openDialogs.top()) return;
    const heading = document.querySelector<HTMLElement>('main h1');
    if (heading) heading.tabIndex = -1;
    (heading ?? document.querySelector('main'))?.focus();
  }, [page]);

  return null;
}

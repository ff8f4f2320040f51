import { useEffect, useRef } from 'react';
import { matchPath, useLocation } from 'react-router-dom';

import {
  deliveriesPage,
  homePath,
  newWebhookPage,
  transferPage,
  webhookPage,
  webhooksPage,
} from '../page-paths';
import { openDialogs } from '../ui/open-dialogs';

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

/** The path of the page that a path shows, maybe under a dialog. */
function pageOf(pathname: string): string {
  const pages = [
    deliveriesPage(':organizationId'),
    transferPage(':organizationId'),
    webhookPage(':organizationId', ':webhookId'),
  ];
  const isAdd = matchPath(newWebhookPage(':organizationId'), pathname) !== null;
  if (!isAdd && pages.some((page) => matchPath(page, pathname))) return pathname;
  return matchPath(`${webhooksPage(':organizationId')}/*`, pathname)?.pathnameBase ?? pathname;
}

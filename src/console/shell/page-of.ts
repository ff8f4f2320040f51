import { matchPath } from 'react-router-dom';

import { deliveriesPage, newWebhookPage, webhookPage, webhooksPage } from '../page-paths';

/** The path of the page that a path shows, maybe under a dialog. */
export function pageOf(pathname: string): string {
  const pages = [deliveriesPage(':organizationId'), webhookPage(':organizationId', ':webhookId')];
  const isAdd = matchPath(newWebhookPage(':organizationId'), pathname) !== null;
  if (!isAdd && pages.some((page) => matchPath(page, pathname))) return pathname;
  return matchPath(`${webhooksPage(':organizationId')}/*`, pathname)?.pathnameBase ?? pathname;
}

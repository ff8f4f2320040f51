import type { Page, Request } from '@playwright/test';

import { deferred } from './deferred';

/**
 * Holds back what the page asks of a URL, until the function that it gives is called.
 *
 * @param isHeld which of the requests; without it, all.
 */
export async function holdBack(
  page: Page,
  url: string,
  isHeld: (request: Request) => boolean = () => true,
): Promise<() => void> {
  const { promise: released, resolve: release } = deferred();
  await page.route(url, async (route) => {
    if (isHeld(route.request())) await released;
    await route.fallback();
  });
  return release;
}

/** For `holdBack`: what changes something. */
export function isWrite(request: Request): boolean {
  return request.method() !== 'GET';
}

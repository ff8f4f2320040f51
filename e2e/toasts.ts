import type { Locator, Page } from '@playwright/test';

/** Where the toasts are. */
export function toasts(page: Page): Locator {
  return page.getByRole('region', { name: 'Notifications' });
}

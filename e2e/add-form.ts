import { expect, type Locator, type Page } from '@playwright/test';

/** The form for a new webhook. */
export const addForm = (page: Page): Locator => page.getByRole('dialog', { name: 'Add webhook' });

/** Opens it from the list, and waits until it takes what is typed. */
export async function openAddForm(page: Page): Promise<Locator> {
  await page.goto('/');
  await page.getByRole('link', { name: 'Add new' }).click();
  await expect(addForm(page).getByRole('textbox', { name: 'URL' })).toBeFocused();
  return addForm(page);
}

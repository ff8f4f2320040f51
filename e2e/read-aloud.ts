import type { Page } from '@playwright/test';

/**
 * Listens as a screen reader does: it reads out what changes within a status that it knew before, not
 * one that appears together with its text.
 *
 * @returns gives what was read out so far.
 */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  const heard = await page.evaluateHandle(() => {
    const texts: string[] = [];
    let known = new Set<Element>();
    const look = () => {
      const all = [...document.querySelectorAll('[role="status"]')];
      known = new Set(all.filter((region) => region.checkVisibility()));
    };
    const observer = new MutationObserver((changes) => {
      const regions = changes.map(({ target }) => {
        const element = target instanceof Element ? target : target.parentElement;
        return element?.closest('[role="status"]');
      });
      for (const region of new Set(regions)) {
        if (region && known.has(region) && region.textContent) texts.push(region.textContent);
      }
      look();
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
    return texts;
  });
  return () => heard.jsonValue();
}

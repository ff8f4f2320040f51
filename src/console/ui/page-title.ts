import { useEffect } from 'react';

interface Title {
  text: string;
  /** 0 for a page, 1 for a dialog over it. */
  level: number;
}

let titles: readonly Title[] = [];

function show(next: readonly Title[]) {
  titles = next;
  const top = titles.toSorted((a, b) => a.level - b.level).at(-1);
  document.title = top ? `${top.text} · Webhook console` : 'Webhook console';
}

/**
 * The title of the tab, as long as the calling component is there. A dialog's goes over its page's,
 * whichever of them appeared first.
 */
export function usePageTitle(text: string, of: 'page' | 'dialog' = 'page') {
  useEffect(() => {
    const title = { text, level: of === 'dialog' ? 1 : 0 };
    show([...titles, title]);
    return () => show(titles.filter((each) => each !== title));
  }, [text, of]);
}

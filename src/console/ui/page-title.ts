import { useEffect } from 'react';

/** The title of the tab, as long as the calling component is there; a dialog's goes over its page's. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = `${title} · Webhook console`;
    return () => {
      document.title = before;
    };
  }, [title]);
}

import { useCallback, useSyncExternalStore } from 'react';

/** So many rows beyond the edges of the window are drawn, so that a fast scroll shows no gap. */
const beyond = 8;

interface Rows {
  count: number;
  /** In pixels, the same for all. */
  height: number;
  /** Where the first of them begins on the page, in pixels. */
  offset: number;
}

/**
 * Which rows of a long list the window shows. All rows are of one height: nothing has to be measured
 * or remembered of them, however many there are.
 */
export function useRowWindow({ count, height, offset }: Rows): { first: number; last: number } {
  const read = useCallback(() => {
    const above = Math.floor((window.scrollY - offset) / height) - beyond;
    const first = Math.max(0, Math.min(above, count - 1));
    const last = Math.ceil((window.scrollY + window.innerHeight - offset) / height) + beyond;
    return `${first} ${Math.max(first, Math.min(last, count - 1))}`;
  }, [count, height, offset]);
  const [first = 0, last = 0] = useSyncExternalStore(subscribeToView, read).split(' ').map(Number);
  return { first, last };
}

/** Tells when the window may show another part of the page. */
export function subscribeToView(listener: () => void): () => void {
  window.addEventListener('scroll', listener, { passive: true });
  window.addEventListener('resize', listener);
  return () => {
    window.removeEventListener('scroll', listener);
    window.removeEventListener('resize', listener);
  };
}

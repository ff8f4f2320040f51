import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';

import { newestLocation } from '../newest-location';
import { readListView, shownSearch, writeListView, type ListView } from './list-view';

/** How long typing has to pause before the address follows it: browsers limit how often it may. */
const pause = 200;

/**
 * The list's view, which is part of the address: it is replaced there, also while a dialog is open.
 * `view.q` is what stands in the search field; the address follows a moment later, but not with a URL
 * that is a secret.
 */
export function useListView() {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  /** What was typed and is not in the address yet. */
  const [typed, setTyped] = useState<string | null>(null);
  const written = useMemo(() => readListView(params), [params]);
  if (typed !== null && typed === written.q) setTyped(null);
  const view = useMemo(
    () => (typed === null ? written : { ...written, q: typed }),
    [typed, written],
  );

  /** Not only what is drawn: two changes may come before the first of them is. */
  const latest = useRef({ typed, navigate });
  useLayoutEffect(() => {
    latest.current = { typed, navigate };
  });

  const search = useCallback((q: string) => {
    latest.current.typed = q;
    setTyped(q);
  }, []);

  /** Changes the view in the address, along with what was typed. */
  const change = useCallback(
    (change: Partial<ListView>) => {
      const { typed, navigate } = latest.current;
      const all = typed === null ? change : { q: typed, ...change };
      if (all.q !== undefined) search(all.q);
      const { state, ...to } = newestLocation();
      const isSecret = all.q !== undefined && shownSearch(all.q) !== all.q.trim();
      const written = isSecret ? { ...all, q: '' } : all;
      const params = writeListView(new URLSearchParams(to.search), written);
      void navigate({ ...to, search: params.toString() }, { replace: true, state });
    },
    [search],
  );

  /** Brings what was typed into the address without waiting. */
  const settle = useCallback(() => {
    if (latest.current.typed !== null) change({});
  }, [change]);

  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(settle, pause);
    return () => clearTimeout(timer);
  }, [typed, settle]);

  return { view, change, search, settle };
}

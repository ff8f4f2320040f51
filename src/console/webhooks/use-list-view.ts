import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';

import { readListView, writeListView, type ListView } from './list-view';

/** How long typing has to pause before the address follows it: browsers limit how often it may. */
const pause = 200;

/**
 * The list's view, which is part of the address: it is replaced there, also while a dialog is open.
 * `view.q` is what stands in the search field; the address follows a moment later.
 */
export function useListView() {
  const [params, setParams] = useSearchParams();
  const { state } = useLocation();
  /** What was typed and is not in the address yet. */
  const [typed, setTyped] = useState<string | null>(null);
  const written = useMemo(() => readListView(params), [params]);
  if (typed !== null && typed === written.q) setTyped(null);
  const view = useMemo(
    () => (typed === null ? written : { ...written, q: typed }),
    [typed, written],
  );

  const latest = useRef({ typed, state, setParams });
  useLayoutEffect(() => {
    latest.current = { typed, state, setParams };
  });

  /** Changes the view in the address, along with what was typed. */
  const change = useCallback((change: Partial<ListView>) => {
    const { typed, state, setParams } = latest.current;
    const all = typed === null ? change : { q: typed, ...change };
    if (all.q !== undefined) setTyped(all.q);
    setParams((params) => writeListView(params, all), { replace: true, state });
  }, []);

  /** Brings what was typed into the address without waiting. */
  const settle = useCallback(() => {
    if (latest.current.typed !== null) change({});
  }, [change]);

  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(settle, pause);
    return () => clearTimeout(timer);
  }, [typed, settle]);

  return { view, change, search: setTyped, settle };
}

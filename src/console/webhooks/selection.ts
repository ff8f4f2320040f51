import { useState, useSyncExternalStore } from 'react';

/**
 * Which webhooks of the list are selected. A store of its own, asked by each row for itself: with
 * 10,000 rows one checkbox must not draw the list again. A selected webhook that has left the list
 * stays in here and counts for nothing: whoever acts on the selection asks what is there for it.
 */
export interface Selection {
  has: (id: string) => boolean;
  /** How many of these are selected. */
  countOf: (webhooks: readonly { id: string }[]) => number;
  /**
   * Selects a webhook, or no longer. With `range` also all between it and the one that was clicked
   * before, in the order in which they are shown, as far as that one is shown.
   */
  set: (id: string, selected: boolean, range?: boolean) => void;
  setAll: (ids: Iterable<string>, selected: boolean) => void;
  clear: () => void;
  /** Tells what is shown, in order: what a range goes over. */
  show: (ids: readonly { id: string }[]) => void;
  /** Where the last click was; null after none. */
  last: () => string | null;
  /** Changes with every change, for `useSyncExternalStore`. */
  version: () => number;
  subscribe: (listener: () => void) => () => void;
}

export function createSelection(): Selection {
  const selected = new Set<string>();
  const listeners = new Set<() => void>();
  let shown: readonly { id: string }[] = [];
  let last: string | null = null;
  let version = 0;

  function put(ids: Iterable<string>, wanted: boolean) {
    for (const id of ids) {
      if (wanted) selected.add(id);
      else selected.delete(id);
    }
    version += 1;
    for (const listener of listeners) listener();
  }

  function rangeTo(id: string): string[] {
    const from = shown.findIndex((each) => each.id === last);
    const to = shown.findIndex((each) => each.id === id);
    if (from < 0 || to < 0) return [id];
    return shown.slice(Math.min(from, to), Math.max(from, to) + 1).map((each) => each.id);
  }

  return {
    has: (id) => selected.has(id),
    countOf(webhooks) {
      if (selected.size === 0) return 0;
      return webhooks.reduce((count, { id }) => count + Number(selected.has(id)), 0);
    },
    set(id, wanted, range = false) {
      const ids = range ? rangeTo(id) : [id];
      last = id;
      put(ids, wanted);
    },
    setAll: put,
    clear: () => put([...selected], false),
    show(next) {
      shown = next;
    },
    last: () => last,
    version: () => version,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A selection that lasts as long as the calling component. */
export function useSelection(): Selection {
  return useState(createSelection)[0];
}

/** Whether one webhook is selected; draws the caller again only when that changes. */
export function useIsSelected(selection: Selection, id: string): boolean {
  return useSyncExternalStore(selection.subscribe, () => selection.has(id));
}

/** How many of these are selected; draws the caller again only when the number changes. */
export function useSelectedCount(
  selection: Selection,
  webhooks: readonly { id: string }[],
): number {
  return useSyncExternalStore(selection.subscribe, () => selection.countOf(webhooks));
}

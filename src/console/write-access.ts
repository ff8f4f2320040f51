import { useSyncExternalStore } from 'react';

/*
 * In which organizations the API has refused a write (403). No list of roles tells beforehand who may
 * write, so the API's answer decides: the controls that would only be refused again are off, until
 * the session is read again and with it perhaps another role.
 */

let refused: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function update(next: ReadonlySet<string>) {
  if (next.size === refused.size) return;
  refused = next;
  for (const listener of listeners) listener();
}

/** The API has refused a write in this organization. */
export function noteRefusal(organizationId: string): void {
  update(new Set([...refused, organizationId]));
}

/**
 * What has been refused so far, as the session is asked for. Once it has been read, the function that
 * this gives forgets it: what may be written is to be found out anew.
 */
export function refusalsSoFar(): () => void {
  const before = refused;
  return () => update(new Set([...refused].filter((id) => !before.has(id))));
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Why the controls that write in an organization are off; undefined if they are not. */
export function useWritesOff(organizationId: string): string | undefined {
  const isOff = useSyncExternalStore(subscribe, () => refused.has(organizationId));
  return isOff
    ? 'The API has refused changes in this organization. Reload the page to try again.'
    : undefined;
}

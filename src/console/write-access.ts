import { useSyncExternalStore } from 'react';

/*
 * In which organizations the API has refused a write (403). No list of roles tells beforehand who may
 * write, so the API's answer decides: the controls that would only be refused again are off, until
 * the session is read again and with it perhaps another role.
 */

/** By organization: the number of its last refusal. */
let refused: ReadonlyMap<string, number> = new Map();
let refusals = 0;
const listeners = new Set<() => void>();

function update(next: ReadonlyMap<string, number>) {
  refused = next;
  for (const listener of listeners) listener();
}

/** The API has refused a write in this organization. */
export function noteRefusal(organizationId: string): void {
  refusals += 1;
  update(new Map([...refused, [organizationId, refusals]]));
}

/** Whether what the API has refused stands anywhere. */
export function isAnyRefused(): boolean {
  return refused.size > 0;
}

/**
 * To be called as the session is asked for. Gives what to call once it has been read: that forgets
 * what was refused before it was asked for, and nothing that was refused since.
 */
export function forgetsEarlierRefusals(): () => void {
  const before = refusals;
  return () => update(new Map([...refused].filter(([, number]) => number > before)));
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

import type { BulkRun } from './bulk-runner';

/**
 * A page that is closed while a run goes on would leave the rest undone, and nobody would hear of it:
 * the browser asks first, wherever in the console one is.
 */
export function askBeforeUnload<T>(run: BulkRun<T>): void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  window.addEventListener('beforeunload', ask);
  void run.ended.then(() => window.removeEventListener('beforeunload', ask));
}

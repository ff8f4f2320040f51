import type { Webhook } from '../../contract/webhook';
import { whenIdle } from '../when-idle';
import { haystackOf } from './list-view';

const slice = 400;

/**
 * Prepares all rows for the search, some at a time whenever the page is idle: done all at once, the
 * first key would wait for it. Gives what calls it off.
 */
export function warmUpSearch(webhooks: readonly Webhook[]): () => void {
  let next = 0;
  let callOff = whenIdle(goOn);
  function goOn() {
    for (const webhook of webhooks.slice(next, next + slice)) haystackOf(webhook);
    next += slice;
    if (next < webhooks.length) callOff = whenIdle(goOn);
  }
  return () => callOff();
}

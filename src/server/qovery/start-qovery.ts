import type { RunningBackEnd } from '../back-end';
import { isLoopback } from '../env';
import type { Log } from '../log';
import { qoveryRoutes } from './qovery-routes';
import type { QoverySettings } from './qovery-settings';
import { createUpstream } from './upstream';
import { upstreamLimits } from './upstream-limits';

/** A Qovery API in place of the embedded one: what it has no call for does not work, and nothing is delivered. */
export function startQovery(
  log: Log,
  settings: QoverySettings,
  limits = upstreamLimits,
): RunningBackEnd {
  const { protocol, hostname } = new URL(settings.url);
  if (protocol === 'http:' && !isLoopback(hostname.replace(/^\[|\]$/g, ''))) {
    log.warn('QOVERY_API_URL is http: whoever is on the way can read the token.');
  }
  const upstream = createUpstream(settings, log, limits);
  return {
    features: [],
    // Qovery describes it, and what is ours in the document is not there.
    isDescribed: false,
    problem: () => null,
    routes: qoveryRoutes({ upstream, token: settings.token, log }),
    // Requests in progress end with their connections, or by their time.
    stopWork: async () => {},
    close: () => upstream.close(),
  };
}

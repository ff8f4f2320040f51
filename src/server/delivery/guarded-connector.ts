import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';

import { buildConnector } from 'undici';

import type { Cidr } from '../env';
import { boundReading } from './bounded-reading';
import {
  isRefusedAddress,
  RefusedTargetError,
  resolveTarget,
  systemNames,
  type LookUp,
} from './target-guard';

/** How connections are made. */
export interface ConnectorOptions {
  /** Private addresses that may be reached. */
  allowed: readonly Cidr[];
  /** Milliseconds from the look-up to the end of the TLS handshake. */
  timeout: number;
  lookUp?: LookUp | undefined;
  /** Certificate authorities to trust instead of the system's. */
  ca?: string | undefined;
}

/**
 * Makes connections only to addresses that have passed the guard: a name is looked up once, and what
 * is dialled is what was checked, while TLS (SNI and certificate) and `Host` keep the name. A name
 * with several addresses gets them tried in turn, since `localhost` is both ::1 and 127.0.0.1.
 */
export function guardedConnector(options: ConnectorOptions): buildConnector.connector {
  const { allowed, timeout, lookUp = systemNames, ca } = options;
  const connect = buildConnector({
    timeout,
    lookup: guardedLookUp(allowed, lookUp),
    autoSelectFamily: true,
    // Node's 250 ms would give up on a distant address that only needs longer.
    autoSelectFamilyAttemptTimeout: Math.max(10, Math.min(2000, Math.floor(timeout / 4))),
    ...(ca !== undefined && { ca }),
  });
  return (target, callback) => {
    // Addresses are dialled without a look-up.
    if (isIP(target.hostname) !== 0 && isRefusedAddress(target.hostname, allowed)) {
      queueMicrotask(() => callback(new RefusedTargetError(), null));
      return;
    }
    connect(target, (...result) => {
      const [, socket] = result;
      if (socket) boundReading(socket);
      callback(...result);
    });
  };
}

function guardedLookUp(allowed: readonly Cidr[], lookUp: LookUp): LookupFunction {
  const resolve = callbackify((hostname: string) => resolveTarget(hostname, allowed, lookUp));
  return (hostname, { all }, callback) => {
    resolve(hostname, (error, addresses) => {
      const [first] = error ? [] : addresses;
      if (!first) return callback(error, []);
      if (all) return callback(null, [...addresses]);
      callback(null, first.address, first.family);
    });
  };
}

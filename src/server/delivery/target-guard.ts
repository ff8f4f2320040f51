import { lookup as systemLookUp } from 'node:dns/promises';
import { isIP } from 'node:net';

import ipaddr from 'ipaddr.js';

import type { Cidr } from '../env';
import { ExchangeError } from '../failure-words';
import { boundedLookUp, mostLookUps } from './bounded-look-up';

/** An address that a name stands for. */
export interface Address {
  address: string;
  family: number;
}

/** All addresses of a name; rejects as `dns.lookup` does. */
export type LookUp = (hostname: string) => Promise<readonly Address[]>;

/** Why a target cannot be dialled; the message is what the log says. */
class TargetError extends ExchangeError {
  override readonly name = 'TargetError';
}

/** A target that must not be dialled. */
export class RefusedTargetError extends TargetError {
  constructor() {
    super('refused: private address');
  }
}

/**
 * The names of this machine's resolver: its hosts file counts, as for any other program. Bounded for
 * the whole process, since its threads are.
 */
export const systemNames: LookUp = boundedLookUp(
  (hostname) => systemLookUp(hostname, { all: true }),
  mostLookUps(process.env['UV_THREADPOOL_SIZE']),
);

const range = (cidr: string): Cidr => ipaddr.parseCIDR(cidr);

/** All that is or may become public, https://www.iana.org/assignments/ipv6-address-space. */
const globalV6 = range('2000::/3');

/**
 * The parts of `globalV6` that no receiver lives in: protocol assignments with Teredo, benchmarks and
 * ORCHID, documentation, 6to4. https://www.iana.org/assignments/iana-ipv6-special-registry.
 */
const specialV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'].map((cidr) =>
  range(cidr),
);

/** IPv4 behind a translator of the network's own (RFC 6052); the last 32 bits are the IPv4 address. */
const translatedV4 = range('64:ff9b::/96');

/**
 * Whether deliveries must not go to an address: everything that is not globally reachable (private,
 * loopback, link-local, multicast, documentation, reserved, and all forms in which IPv6 can wrap such
 * an IPv4 address), unless it is in an allowed range. Something that is no address is refused.
 */
export function isRefusedAddress(address: string, allowed: readonly Cidr[]): boolean {
  const parsed = parseAddress(address);
  if (!parsed) return true;
  return !isGlobal(parsed) && !allowed.some((cidr) => isInRange(parsed, cidr));
}

/** IPv4-mapped addresses count as what they are dialled as, IPv4. Null: no address. */
function parseAddress(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const family = isIP(address);
  if (family === 0) return null;
  // ipaddr.js takes `::10.0.0.1` for a mapped address, which it is not; `::a00:1` it reads rightly.
  const compatible = family === 6 && /^::[\d.]+$/.test(address);
  return ipaddr.process(
    compatible ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address,
  );
}

function isGlobal(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast';
  if (isInRange(address, translatedV4)) {
    return isGlobal(new ipaddr.IPv4(address.toByteArray().slice(12)));
  }
  return isInRange(address, globalV6) && !specialV6.some((cidr) => isInRange(address, cidr));
}

function isInRange(address: ipaddr.IPv4 | ipaddr.IPv6, [first, bits]: Cidr): boolean {
  return address.kind() === first.kind() && address.match(first, bits);
}

/**
 * The addresses that may be dialled for a host name, in the resolver's order.
 *
 * @param hostname a name or an address, also in the brackets of a URL.
 * @throws {TargetError} if there is none, a {@link RefusedTargetError} if any of them is refused: a name
 * that also stands for a private address is not to be trusted with its public one.
 */
export async function resolveTarget(
  hostname: string,
  allowed: readonly Cidr[],
  lookUp: LookUp = systemNames,
): Promise<readonly Address[]> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  const addresses = family === 0 ? await addressesOf(host, lookUp) : [{ address: host, family }];
  if (addresses.some(({ address }) => isRefusedAddress(address, allowed))) {
    throw new RefusedTargetError();
  }
  return addresses;
}

async function addressesOf(name: string, lookUp: LookUp): Promise<readonly Address[]> {
  let addresses: readonly Address[];
  try {
    addresses = await lookUp(name);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const isUnknown = code === 'ENOTFOUND' || code === 'ENODATA';
    throw new TargetError(isUnknown ? 'name not found' : 'name look-up failed', { cause: error });
  }
  if (addresses.length === 0) throw new TargetError('name not found');
  return addresses;
}

/**
 * Whether deliveries to a URL would be refused, as things are now; `false` also if that cannot be
 * told within the time given.
 *
 * @param timeout in milliseconds.
 */
export async function isRefused(
  url: string,
  allowed: readonly Cidr[],
  timeout: number,
  lookUp: LookUp = systemNames,
): Promise<boolean> {
  if (!URL.canParse(url)) return false;
  const resolution = resolveTarget(new URL(url).hostname, allowed, lookUp).then(
    () => false,
    (error: unknown) => error instanceof RefusedTargetError,
  );
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeout);
  });
  try {
    return await Promise.race([resolution, patience]);
  } finally {
    clearTimeout(timer);
  }
}

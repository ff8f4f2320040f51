import { isIP } from 'node:net';
import { resolve } from 'node:path';

import ipaddr from 'ipaddr.js';

import { requireAdminToken } from './admin-token';
import { parseDuration } from './duration';
import { readQoverySettings, type QoverySettings } from './qovery/qovery-settings';
import { StartError } from './start-error';

/** A range of addresses: its first address and the length of the prefix in bits. */
export type Cidr = [ipaddr.IPv4 | ipaddr.IPv6, number];

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What the environment says about this installation; durations in milliseconds. */
export interface Settings {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** The origin that browsers use, if it is another than where we listen. */
  publicUrl: string | null;
  /** Absolute. */
  dataDir: string;
  organizationName: string;
  /** Null: the one in `DATA_DIR/admin-token`. */
  adminToken: string | null;
  /** 32 bytes. Null: the one in `DATA_DIR/secret-key`. */
  secretKey: Buffer | null;
  allowedPrivateTargets: readonly Cidr[];
  /** Waits between the attempts of a delivery. */
  retrySchedule: readonly number[];
  /** One attempt, connect to last byte. */
  deliveryTimeout: number;
  /** How long events, deliveries and attempts are kept, from the acceptance on. */
  retention: number;
  /** The API that answers instead of the embedded one, or null. */
  qovery: QoverySettings | null;
  logLevel: LogLevel;
}

type Environment = Readonly<Record<string, string | undefined>>;

const longestTimeout = 600_000;
const longestWait = 365 * 86_400_000;
/** So that what has ended can still be looked at. */
const shortestRetention = 60_000;
const longestRetention = 10 * 365 * 86_400_000;

/**
 * Reads all settings. An empty variable counts as unset, but for `ALLOWED_PRIVATE_TARGETS`, which it
 * empties.
 *
 * @throws {StartError} naming the first variable with a bad value and what it should be.
 */
export function readSettings(env: Environment): Settings {
  const host = readHost(env);
  const publicUrl = readPublicUrl(env);
  return {
    host,
    port: readPort(env),
    publicUrl,
    dataDir: resolve(env.DATA_DIR || 'data'),
    organizationName: readOrganizationName(env),
    adminToken: readAdminToken(env),
    secretKey: readSecretKey(env),
    allowedPrivateTargets: readAllowedPrivateTargets(env, host, publicUrl),
    retrySchedule: readRetrySchedule(env),
    deliveryTimeout: readDeliveryTimeout(env),
    retention: readRetention(env),
    qovery: readQoverySettings(env),
    logLevel: readLogLevel(env),
  };
}

/** A value is never quoted: it may be a secret in the wrong place. */
function refuse(name: string, expected: string): never {
  throw new StartError(`${name} must be ${expected}.`);
}

function readHost(env: Environment): string {
  const host = env.HOST || '127.0.0.1';
  if (isIP(host) === 0 && !/^[a-z\d](?:[a-z\d.-]*[a-z\d])?$/i.test(host)) {
    refuse('HOST', 'an address or a host name, such as 127.0.0.1');
  }
  return host;
}

function readPort(env: Environment): number {
  const text = env.PORT || '8080';
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) refuse('PORT', 'a number from 0 to 65535');
  return port;
}

function readPublicUrl(env: Environment): string | null {
  if (!env.PUBLIC_URL) return null;
  const expected = 'an http or https address without a path, such as https://hooks.example.org';
  if (!URL.canParse(env.PUBLIC_URL)) refuse('PUBLIC_URL', expected);
  const url = new URL(env.PUBLIC_URL);
  const isPlain = url.pathname === '/' && url.search === '' && url.hash === '';
  if (!/^https?:$/.test(url.protocol) || !isPlain || url.username !== '' || url.password !== '') {
    refuse('PUBLIC_URL', expected);
  }
  return url.origin;
}

function readOrganizationName(env: Environment): string {
  const name = (env.ORGANIZATION_NAME ?? '').trim() || 'My organization';
  if ([...name].length > 250) refuse('ORGANIZATION_NAME', 'at most 250 characters long');
  return name;
}

function readAdminToken(env: Environment): string | null {
  if (!env.ADMIN_TOKEN) return null;
  return requireAdminToken(env.ADMIN_TOKEN, 'ADMIN_TOKEN');
}

function readSecretKey(env: Environment): Buffer | null {
  if (!env.SECRET_KEY) return null;
  const key = decodeSecretKey(env.SECRET_KEY);
  if (!key) refuse('SECRET_KEY', 'the base64 of 32 bytes (openssl rand -base64 32 makes one)');
  return key;
}

/** The key that a base64 text stands for, or null if that is not 32 bytes. */
export function decodeSecretKey(text: string): Buffer | null {
  if (!/^[\w+/-]{43}=?$/.test(text.trim())) return null;
  const key = Buffer.from(text.trim(), 'base64');
  return key.length === 32 ? key : null;
}

const loopback = ['127.0.0.0/8', '::1/128'];

function readAllowedPrivateTargets(
  env: Environment,
  host: string,
  publicUrl: string | null,
): readonly Cidr[] {
  const text = env.ALLOWED_PRIVATE_TARGETS;
  if (text === undefined) {
    return publicUrl === null && isLoopback(host) ? loopback.map((cidr) => parseCidr(cidr)) : [];
  }
  return text
    .split(',')
    .map((cidr) => cidr.trim())
    .filter((cidr) => cidr !== '')
    .map((cidr) => parseCidr(cidr));
}

function parseCidr(text: string): Cidr {
  // ipaddr.js would also take 10/8 and 0x0a.0.0.0/8, which people read differently.
  const [address = '', bits = ''] = text.split('/');
  if (isIP(address) === 0 || !/^\d+$/.test(bits) || !ipaddr.isValidCIDR(text)) {
    refuse(
      'ALLOWED_PRIVATE_TARGETS',
      'a comma-separated list of address ranges, such as 10.0.0.0/8,fd00::/8',
    );
  }
  return ipaddr.parseCIDR(text);
}

/** Whether nobody but this machine reaches a server that listens there. */
export function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true;
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback';
}

function readRetrySchedule(env: Environment): readonly number[] {
  const parts = (env.RETRY_SCHEDULE || '5s,5m,30m,2h,5h,10h,10h').split(',');
  return parts.map((part) => {
    const wait = parseDuration(part);
    if (wait === null || wait > longestWait || parts.length > 100) {
      refuse(
        'RETRY_SCHEDULE',
        'at most 100 durations with commas between, each at most 365d, such as 5s,5m,30m',
      );
    }
    return wait;
  });
}

function readDeliveryTimeout(env: Environment): number {
  const timeout = parseDuration(env.DELIVERY_TIMEOUT || '15s');
  if (timeout === null || timeout < 1 || timeout > longestTimeout) {
    refuse('DELIVERY_TIMEOUT', 'a duration of more than 0 and at most 10m, such as 15s');
  }
  return timeout;
}

function readRetention(env: Environment): number {
  const retention = parseDuration(env.RETENTION || '30d');
  if (retention === null || retention < shortestRetention || retention > longestRetention) {
    refuse('RETENTION', 'a duration of at least 1m and at most 3650d, such as 30d');
  }
  return retention;
}

function readLogLevel(env: Environment): LogLevel {
  const text = env.LOG_LEVEL || 'info';
  const level = logLevels.find((name) => name === text);
  if (!level) refuse('LOG_LEVEL', `one of ${logLevels.join(', ')}`);
  return level;
}

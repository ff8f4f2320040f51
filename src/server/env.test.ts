import { describe, expect, it } from 'vitest';

import { readSettings } from './env';
import { StartError } from './start-error';

const cidrs = (env: Record<string, string>) =>
  readSettings(env).allowedPrivateTargets.map(([address, bits]) => `${address.toString()}/${bits}`);

describe('readSettings', () => {
  it('has a default for everything', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      publicUrl: null,
      organizationName: 'My organization',
      adminToken: null,
      secretKey: null,
      deliveryTimeout: 15_000,
      retention: 2_592_000_000,
      qovery: null,
      logLevel: 'info',
    });
    expect(settings.dataDir).toMatch(/\/data$/);
    expect(settings.retrySchedule).toEqual([
      5000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000,
    ]);
  });

  it('takes an empty variable for an unset one', () => {
    expect(readSettings({ PORT: '', HOST: '', LOG_LEVEL: '' })).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      logLevel: 'info',
    });
  });

  it.each([
    ['127.0.0.1', undefined, ['127.0.0.0/8', '::1/128']],
    ['127.8.8.8', undefined, ['127.0.0.0/8', '::1/128']],
    ['::1', undefined, ['127.0.0.0/8', '::1/128']],
    ['localhost', undefined, ['127.0.0.0/8', '::1/128']],
    ['0.0.0.0', undefined, []],
    ['::', undefined, []],
    ['10.0.0.1', undefined, []],
    ['127.0.0.1', 'https://hooks.example.org', []],
  ])('lets deliveries reach loopback by itself: HOST %s, PUBLIC_URL %s', (host, url, expected) => {
    expect(cidrs({ HOST: host, ...(url !== undefined && { PUBLIC_URL: url }) })).toEqual(expected);
  });

  it('takes ranges as they are named, and none when the variable is empty', () => {
    expect(cidrs({ ALLOWED_PRIVATE_TARGETS: '10.0.0.0/8, fd00::/8,' })).toEqual([
      '10.0.0.0/8',
      'fd00::/8',
    ]);
    expect(cidrs({ ALLOWED_PRIVATE_TARGETS: '' })).toEqual([]);
  });

  it('keeps only the origin of PUBLIC_URL', () => {
    expect(readSettings({ PUBLIC_URL: 'https://Hooks.example.org:443/' }).publicUrl).toBe(
      'https://hooks.example.org',
    );
  });

  it('takes a secret key in base64', () => {
    const key = Buffer.alloc(32, 7);
    expect(readSettings({ SECRET_KEY: key.toString('base64') }).secretKey).toEqual(key);
  });

  it.each([
    ['PORT', '65535', 'port', 65_535],
    ['PORT', '0', 'port', 0],
    ['DELIVERY_TIMEOUT', '10m', 'deliveryTimeout', 600_000],
    ['DELIVERY_TIMEOUT', '250ms', 'deliveryTimeout', 250],
    ['RETENTION', '1m', 'retention', 60_000],
    ['RETENTION', '3650d', 'retention', 315_360_000_000],
    ['RETRY_SCHEDULE', '1.5s, 365d', 'retrySchedule', [1500, 31_536_000_000]],
    ['ORGANIZATION_NAME', 'é'.repeat(250), 'organizationName', 'é'.repeat(250)],
    ['LOG_LEVEL', 'silent', 'logLevel', 'silent'],
  ] as const)('takes %s=%s', (name, value, member, expected) => {
    expect(readSettings({ [name]: value })[member]).toEqual(expected);
  });

  it.each([
    ['HOST', 'not a host'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', 'http'],
    ['PUBLIC_URL', 'hooks.example.org'],
    ['PUBLIC_URL', 'ftp://hooks.example.org'],
    ['PUBLIC_URL', 'https://hooks.example.org/console'],
    ['PUBLIC_URL', 'https://user@hooks.example.org'],
    ['ORGANIZATION_NAME', 'x'.repeat(251)],
    ['ADMIN_TOKEN', 'with space'],
    ['ADMIN_TOKEN', 'ümlaut'],
    ['SECRET_KEY', 'short'],
    ['SECRET_KEY', Buffer.alloc(31).toString('base64')],
    ['SECRET_KEY', Buffer.alloc(33).toString('base64')],
    ['ALLOWED_PRIVATE_TARGETS', '10.0.0.0'],
    ['ALLOWED_PRIVATE_TARGETS', '10.0.0.0/33'],
    ['ALLOWED_PRIVATE_TARGETS', '10/8'],
    ['ALLOWED_PRIVATE_TARGETS', 'localhost/8'],
    ['RETRY_SCHEDULE', '5s,,5m'],
    ['RETRY_SCHEDULE', '5 minutes'],
    ['RETRY_SCHEDULE', '366d'],
    ['RETRY_SCHEDULE', Array(101).fill('1s').join(',')],
    ['DELIVERY_TIMEOUT', '0s'],
    ['DELIVERY_TIMEOUT', '11m'],
    ['DELIVERY_TIMEOUT', '15'],
    ['RETENTION', '59s'],
    ['RETENTION', '3651d'],
    ['RETENTION', '30 days'],
    ['RETENTION', 'forever'],
    ['LOG_LEVEL', 'verbose'],
  ])('stops at %s=%s with a line that names the variable and not the value', (name, value) => {
    const read = () => readSettings({ [name]: value });
    expect(read).toThrow(StartError);
    expect(read).toThrow(new RegExp(`^${name} must be [^\\n]+\\.$`));
    if (name === 'SECRET_KEY' || name === 'ADMIN_TOKEN') expect(read).not.toThrow(value);
  });

  it('says that a timeout must be more than 0', () => {
    expect(() => readSettings({ DELIVERY_TIMEOUT: '0s' })).toThrow(/more than 0 and at most 10m/);
  });
});

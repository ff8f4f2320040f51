import ipaddr from 'ipaddr.js';
import { describe, expect, it, test } from 'vitest';

import {
  isRefused,
  isRefusedAddress,
  resolveTarget,
  systemNames,
  type Address,
  type LookUp,
} from './target-guard';
import { publicHosts, refusedHosts } from './test-hosts';

const cidr = (text: string) => ipaddr.parseCIDR(text);

const noLookUp: LookUp = async (hostname) => {
  throw new Error(`looked up ${hostname}`);
};

const answers =
  (...addresses: string[]): LookUp =>
  async () =>
    addresses.map((address): Address => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('hosts as people and attackers spell them, after the URL parser', () => {
  test.each(refusedHosts)('refuses %s', async (host) => {
    expect(await isRefused(`https://${host}/hook`, [], 60_000, noLookUp)).toBe(true);
  });

  test.each(publicHosts)('lets %s through', async (host) => {
    expect(await isRefused(`https://${host}/hook`, [], 60_000, noLookUp)).toBe(false);
  });
});

describe('allowed ranges', () => {
  const allowed = [cidr('10.1.0.0/16'), cidr('fd00::/8')];

  test.each(['10.1.2.3', '::ffff:10.1.2.3', 'fd00::1'])('%s is in one', (address) => {
    expect(isRefusedAddress(address, allowed)).toBe(false);
  });

  test.each(['10.2.0.1', '127.0.0.1', 'fc00::1', '::8.8.8.8', '::10.1.2.3', '64:ff9b::10.1.2.3'])(
    '%s is in none',
    (address) => {
      expect(isRefusedAddress(address, allowed)).toBe(true);
    },
  );

  it('do not shut out the rest', () => {
    expect(isRefusedAddress('8.8.8.8', allowed)).toBe(false);
  });
});

describe('names', () => {
  const resolve = (lookUp: LookUp) => resolveTarget('receiver.test', [], lookUp);

  it('give their addresses in order', async () => {
    const addresses = await resolve(answers('2606:4700::1', '8.8.8.8'));
    expect(addresses.map(({ address }) => address)).toEqual(['2606:4700::1', '8.8.8.8']);
  });

  test.each([[['127.0.0.1']], [['8.8.8.8', '10.0.0.1']], [['::1', '2606:4700::1']]])(
    'are refused if any address is: %j',
    async (addresses) => {
      await expect(resolve(answers(...addresses))).rejects.toThrow('refused: private address');
      expect(await isRefused('http://receiver.test', [], 60_000, answers(...addresses))).toBe(true);
    },
  );

  test.each([
    ['ENOTFOUND', 'name not found'],
    ['EAI_AGAIN', 'name look-up failed'],
  ])('that fail with %s are said to be "%s"', async (code, words) => {
    const failing: LookUp = async () => {
      throw Object.assign(new Error(code), { code });
    };
    await expect(resolve(failing)).rejects.toThrow(words);
    expect(await isRefused('http://receiver.test', [], 60_000, failing)).toBe(false);
  });

  it('without an address are not found', async () => {
    await expect(resolve(answers())).rejects.toThrow('name not found');
  });

  it('are those of the system', async () => {
    await expect(resolveTarget('localhost', [], systemNames)).rejects.toThrow(
      'refused: private address',
    );
    const loopback = [cidr('127.0.0.0/8'), cidr('::1/128')];
    expect(await resolveTarget('localhost', loopback, systemNames)).not.toHaveLength(0);
  });

  it('that take too long to look up are given up on', async () => {
    const never: LookUp = () => new Promise(() => {});
    expect(await isRefused('http://receiver.test', [], 1, never)).toBe(false);
  });

  it('of no valid URL are not looked up', async () => {
    expect(await isRefused('http://', [], 60_000, noLookUp)).toBe(false);
  });
});

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

const cidr = (text: string) => ipaddr.parseCIDR(text);

const noLookUp: LookUp = async (hostname) => {
  throw new Error(`looked up ${hostname}`);
};

const answers =
  (...addresses: string[]): LookUp =>
  async () =>
    addresses.map((address): Address => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('hosts as people and attackers spell them, after the URL parser', () => {
  test.each([
    // loopback in every form of inet_aton
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '127.255.255.254',
    '127.0.0.1.',
    '2130706433',
    '0x7f000001',
    '0x7F.1',
    '0x7f.0x0.0x0.0x1',
    '0177.0.0.1',
    '017700000001',
    '00000177.0.0.1',
    '%31%32%37.0.0.1',
    // digits and dots of other scripts
    '①②⑦.⓪.⓪.①',
    '１２７。０。０。１',
    '𝟏𝟐𝟕.𝟎.𝟎.𝟏',
    '127\u00ad.0.0.1',
    // unspecified and "this network"
    '0.0.0.0',
    '0',
    '0.1.2.3',
    // private, link-local, carrier-grade NAT
    '10.0.0.1',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '0xa9fea9fe',
    '100.64.0.1',
    '100.127.255.255',
    // protocol assignments, documentation, relay, benchmark
    '192.0.0.8',
    '192.0.2.1',
    '192.88.99.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.7',
    // multicast, reserved, broadcast
    '224.0.0.1',
    '239.255.255.250',
    '240.0.0.1',
    '255.255.255.255',
    // IPv6: unspecified, loopback, unique local, link-local, site-local, multicast, discard
    '[::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[0000:0000:0000:0000:0000:0000:0000:0001]',
    '[fc00::1]',
    '[fd12:3456::1]',
    '[fe80::1]',
    '[febf::1]',
    '[fec0::1]',
    '[ff02::1]',
    '[100::1]',
    // documentation, benchmark, ORCHID, Teredo, 6to4, segment routing
    '[2001:db8::1]',
    '[3fff::1]',
    '[2001:2::1]',
    '[2001:20::1]',
    '[2001:0:7f00:1::]',
    '[2002:7f00:1::]',
    '[2002:808:808::]',
    '[5f00::1]',
    // IPv4 within IPv6: mapped, compatible, translated
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:a00:1]',
    '[::127.0.0.1]',
    '[::7f00:1]',
    '[::8.8.8.8]',
    '[::ffff:0:127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b::a9fe:a9fe]',
    '[64:ff9b:1::8.8.8.8]',
  ])('refuses %s', async (host) => {
    expect(await isRefused(`https://${host}/hook`, [], 60_000, noLookUp)).toBe(true);
  });

  test.each([
    '8.8.8.8',
    '1.1.1.1.',
    '0x08080808',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '169.253.0.1',
    '198.17.0.1',
    '198.20.0.1',
    '223.255.255.255',
    '[2606:4700:4700::1111]',
    '[2a00:1450:4001::1]',
    '[::ffff:8.8.8.8]',
    '[64:ff9b::8.8.8.8]',
  ])('lets %s through', async (host) => {
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

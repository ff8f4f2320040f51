import { networkInterfaces } from 'node:os';

import ipaddr from 'ipaddr.js';
import { describe, expect, it, test } from 'vitest';

import type { LookUp } from './target-guard';
import { prepareDeliveries, type Deliveries } from './test-deliveries';
import { refusedHosts } from './test-hosts';
import { startReceiver, type Receiver } from './test-receiver';
import { resolveTo } from './test-sender';

/* Through the worker: what is stored with a webhook, and what the log says. */

const refused = { status_code: 0, error: 'refused: private address', response_headers: null };

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

const allow = (...ranges: string[]) => ({
  allowedPrivateTargets: ranges.map((range) => ipaddr.parseCIDR(range)),
});

/** Names, and the addresses that they stand for. */
const names: Record<string, string[]> = {
  'loopback.test': ['127.0.0.1'],
  'loopback.test.': ['127.0.0.1'],
  localhost: ['127.0.0.1', '::1'],
  'six.test': ['::1'],
  'unspecified.test': ['0.0.0.0'],
  'unspecified-six.test': ['::'],
  'mapped.test': ['::ffff:127.0.0.1'],
  'mapped-in-hex.test': ['::ffff:7f00:1'],
  'compatible.test': ['::127.0.0.1'],
  'translated.test': ['64:ff9b::7f00:1'],
  '6to4.test': ['2002:7f00:1::'],
  'scoped.test': ['fe80::1%lo'],
  'metadata.test': ['169.254.169.254'],
  'private.test': ['10.0.0.1'],
  'shared.test': ['100.64.0.1'],
  'mixed.test': ['8.8.8.8', '127.0.0.1'],
  'mixed-the-other-way.test': ['127.0.0.1', '8.8.8.8'],
  'mixed-families.test': ['2606:4700::1111', '127.0.0.1'],
  'half-allowed.test': ['127.0.0.2', '127.0.0.1'],
  'half-allowed-six.test': ['127.0.0.2', '::1'],
  'no-address.test': ['127.0.0.1 '],
};

const spelledNames = [
  'LOOPBACK.test',
  'lo%6fpback.test',
  'ｌｏｏｐｂａｃｋ.test',
  'loopback。test',
];

const lookUpNames: LookUp = (hostname) => {
  const addresses = names[hostname];
  if (!addresses) throw new Error(`${hostname} was looked up`);
  return resolveTo(...addresses)(hostname);
};

/** What nobody may reach: the same port of all loopback addresses that were not allowed. */
async function startForbidden(): Promise<{ port: number; connections: () => number }> {
  const first = await startReceiver();
  const all: Receiver[] = [first];
  if (hasIpv6) all.push(await startReceiver(undefined, first.port, '::1'));
  return {
    port: first.port,
    connections: () => all.reduce((sum, receiver) => sum + receiver.connections(), 0),
  };
}

/** Accepts an event for a webhook at each URL; gives the log's rows of each once it was tried. */
async function tryAll(deliveries: Deliveries, urls: readonly string[]) {
  const webhooks = await Promise.all(urls.map((url) => deliveries.addWebhook(url)));
  const ids = await deliveries.accept(webhooks);
  const worker = deliveries.start({ ...allow('127.0.0.2/32'), lookUp: lookUpNames });
  await Promise.all(ids.map((id) => deliveries.hasTried(id, 1)));
  await worker.stop();
  return Promise.all(ids.map((id) => deliveries.attempts(id)));
}

it('forbidden targets are not reached, however they are spelled, and the log says so', async () => {
  const hosts = [...refusedHosts, ...Object.keys(names), ...spelledNames];
  expect(hosts.length).toBeGreaterThan(60);
  const forbidden = await startForbidden();
  const urls = hosts.flatMap((host) => [
    `http://${host}:${forbidden.port}/hook`,
    `https://${host}:${forbidden.port}/hook`,
  ]);
  const logs = await tryAll(await prepareDeliveries(), urls);
  for (const [index, rows] of logs.entries()) {
    expect(rows, urls[index]).toMatchObject([{ ...refused, target_url_used: urls[index] }]);
  }
  expect(forbidden.connections()).toBe(0);
});

it('names of this machine are refused as well', async () => {
  const forbidden = await startForbidden();
  const deliveries = await prepareDeliveries();
  const webhook = await deliveries.addWebhook(`http://localhost:${forbidden.port}`);
  const [id = ''] = await deliveries.accept([webhook]);
  deliveries.start(allow('127.0.0.2/32'));
  await deliveries.hasTried(id, 1);
  expect(await deliveries.attempts(id)).toMatchObject([refused]);
  expect(forbidden.connections()).toBe(0);
});

it('a name that changes its answer leads to what was checked, and is checked for each connection', async () => {
  const forbidden = await startForbidden();
  const allowed = await startReceiver(
    // A connection that is kept needs no look-up.
    (_request, response) => void response.writeHead(500, { connection: 'close' }).end(),
    forbidden.port,
    '127.0.0.2',
  );
  let lookUps = 0;
  const lookUp: LookUp = async () => {
    lookUps += 1;
    return [{ address: lookUps === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }];
  };
  const deliveries = await prepareDeliveries();
  const webhook = await deliveries.addWebhook(`http://rebinding.test:${forbidden.port}`);
  const [id = ''] = await deliveries.accept([webhook]);
  const worker = deliveries.start({ ...allow('127.0.0.2/32'), lookUp });
  await deliveries.hasTried(id, 1);
  deliveries.clock.now += 10_000;
  worker.wake();
  await deliveries.hasTried(id, 2);
  expect(await deliveries.attempts(id)).toMatchObject([{ status_code: 500 }, refused]);
  expect(lookUps).toBe(2);
  expect(allowed.received).toHaveLength(1);
  expect(forbidden.connections()).toBe(0);
});

test.each([301, 302, 303, 307, 308])('a redirect (%i) leads nowhere', async (status) => {
  const forbidden = await startForbidden();
  const urls = ['127.0.0.1', 'localhost', 'loopback.test', '[::1]', '0x7f.1'].map(
    (host) => `http://${host}:${forbidden.port}/inner`,
  );
  const receiver = await startReceiver(
    ({ path }, response) => {
      response.writeHead(status, { location: urls[Number(path.slice(1))] }).end('elsewhere');
    },
    0,
    '127.0.0.2',
  );
  const logs = await tryAll(
    await prepareDeliveries(),
    urls.map((_url, index) => `${receiver.url}/${index}`),
  );
  const error = `answered ${status}; redirects are not followed`;
  for (const rows of logs) {
    expect(rows).toMatchObject([{ status_code: status, error, response_body: 'elsewhere' }]);
  }
  expect(receiver.received).toHaveLength(urls.length);
  expect(forbidden.connections()).toBe(0);
});

describe('ranges that are allowed', () => {
  async function statuses(hosts: readonly string[], host: string, ...ranges: string[]) {
    const receiver = await startReceiver(undefined, 0, host);
    const deliveries = await prepareDeliveries();
    const urls = hosts.map((spelling) => `http://${spelling}:${receiver.port}`);
    const webhooks = await Promise.all(urls.map((url) => deliveries.addWebhook(url)));
    const ids = await deliveries.accept(webhooks);
    deliveries.start({ ...allow(...ranges), lookUp: lookUpNames });
    await Promise.all(ids.map((id) => deliveries.hasTried(id, 1)));
    const rows = await Promise.all(ids.map((id) => deliveries.attempts(id)));
    return rows.map(([row]) => row?.error ?? row?.status_code);
  }

  it('are reached, their neighbours not', async () => {
    const hosts = ['127.0.0.2', '127.2', '0x7f000002', '2130706434', '[::ffff:127.0.0.2]'];
    const neighbours = [
      '127.0.0.1',
      'loopback.test',
      'half-allowed.test',
      '[::1]',
      '[::127.0.0.2]',
    ];
    expect(await statuses([...hosts, ...neighbours], '127.0.0.2', '127.0.0.2/32')).toEqual([
      ...hosts.map(() => 200),
      ...neighbours.map(() => refused.error),
    ]);
  });

  it.skipIf(!hasIpv6)('may be of IPv6', async () => {
    const hosts = ['[::1]', '[0:0:0:0:0:0:0:1]', 'six.test'];
    const neighbours = ['127.0.0.1', '[::ffff:127.0.0.1]', '[::2]', 'localhost'];
    expect(await statuses([...hosts, ...neighbours], '::1', '::1/128')).toEqual([
      ...hosts.map(() => 200),
      ...neighbours.map(() => refused.error),
    ]);
  });
});

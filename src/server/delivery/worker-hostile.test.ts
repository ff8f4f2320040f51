import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';

import { expect, it } from 'vitest';

import { testCertificate, testKey } from './test-certificates';
import { prepareDeliveries } from './test-deliveries';
import { hostileTimeout, rudeReceivers, slowReceivers, type HostileReceiver } from './test-hostile';
import { listen, startReceiver, startTcpReceiver, type Receiver } from './test-receiver';

/** What the system keeps for both sides of a connection on loopback is less. */
const mostPushed = 32 * 1024 * 1024;

interface Started extends Omit<HostileReceiver, 'converse'> {
  url: string;
  receiver: Receiver;
  /** How many bytes the receiver got rid of on each connection. */
  pushed: () => number[];
}

async function start({ converse, ...hostile }: HostileReceiver): Promise<Started> {
  const sockets: Socket[] = [];
  const receiver = await startTcpReceiver((socket) => {
    sockets.push(socket);
    if (hostile.isEarly) converse(socket);
    else socket.once('data', () => converse(socket));
  });
  const pushed = () => sockets.map(({ bytesWritten }) => bytesWritten);
  return { ...hostile, url: receiver.url, receiver, pushed };
}

/** The same, asked for TLS. */
async function startForTls(hostile: HostileReceiver): Promise<Started> {
  const started = await start(hostile);
  return { ...started, url: started.url.replace('http:', 'https:') };
}

async function startSelfSigned(): Promise<Started> {
  const receiver = await listen(() =>
    createHttpsServer({ key: testKey, cert: testCertificate }, (_request, response) => {
      response.end();
    }),
  );
  return {
    how: 'a certificate of its own',
    url: receiver.url.replace('http:', 'https:'),
    receiver,
    pushed: () => [],
    status_code: 0,
    error: 'certificate is self-signed',
  };
}

const handshakes: readonly HostileReceiver[] = [
  {
    how: 'plain HTTP instead of TLS',
    converse: (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
    status_code: 0,
    error: 'TLS handshake failed',
  },
  {
    how: 'a handshake that hangs',
    converse: () => {},
    status_code: 0,
    error: 'timed out after 3 s',
  },
];

it('hostile receivers all at once: each is in the log, and bound in what it can do', async () => {
  const all = await Promise.all([
    ...[...rudeReceivers, ...slowReceivers].map(start),
    ...handshakes.map(startForTls),
    startSelfSigned(),
  ]);
  const good = await startReceiver();
  const deliveries = await prepareDeliveries();
  const urls = [...all.map(({ url }) => url), good.url];
  const webhooks = await Promise.all(urls.map((url) => deliveries.addWebhook(url)));
  const ids = await deliveries.accept(webhooks);
  deliveries.start({ deliveryTimeout: hostileTimeout });
  await Promise.all(ids.map((id) => deliveries.hasTried(id, 1)));
  expect(good.received).toHaveLength(1);

  for (const [index, { how, status_code, error, pushed }] of all.entries()) {
    const [row, ...more] = await deliveries.attempts(ids[index] ?? '');
    expect({ how, more, status_code: row?.status_code, error: row?.error }).toEqual({
      how,
      more: [],
      status_code,
      error,
    });
    expect(row?.response_body?.length ?? 0, how).toBeLessThanOrEqual(16_384);
    for (const bytes of pushed()) expect(bytes, how).toBeLessThan(mostPushed);
  }

  // None of them has earned that its connection is kept.
  await Promise.all(all.map(({ receiver }) => receiver.hasNoConnections()));
}, 30_000);

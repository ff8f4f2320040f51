import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';

import ipaddr from 'ipaddr.js';
import { describe, expect, it, test } from 'vitest';

import type { LookUp } from './target-guard';
import { expiredCertificate, testCertificate, testKey } from './test-certificates';
import { listen, reading, startReceiver, startTcpReceiver } from './test-receiver';
import { attemptTo, createTestSender, resolveTo, sendTo, startAnswering } from './test-sender';

describe('TLS', () => {
  const startTls = (cert: string) =>
    listen((note) =>
      createHttpsServer(
        { key: testKey, cert },
        reading((_request, response) => void response.end('ok'), note),
      ),
    );
  const lookUp = resolveTo('127.0.0.1');

  it('checks the certificate against the name, though an address is dialled', async () => {
    const receiver = await startTls(testCertificate);
    const options = { lookUp, ca: testCertificate };
    expect(await sendTo(`https://receiver.test:${receiver.port}/a`, options)).toMatchObject({
      status_code: 200,
    });
    expect(receiver.received[0]?.headers.host).toBe(`receiver.test:${receiver.port}`);
    expect(await sendTo(`https://other.test:${receiver.port}`, options)).toMatchObject({
      status_code: 0,
      error: 'certificate is for another name',
    });
  });

  test.each([
    ['certificate is self-signed', testCertificate, undefined],
    ['certificate has expired', expiredCertificate, expiredCertificate],
  ])('fails: %s', async (error, certificate, ca) => {
    const receiver = await startTls(certificate);
    const url = `https://receiver.test:${receiver.port}`;
    expect(await sendTo(url, { lookUp, ca })).toMatchObject({ status_code: 0, error });
    expect(receiver.received).toEqual([]);
  });

  it('fails with a receiver that speaks plain HTTP', async () => {
    const receiver = await startReceiver();
    const url = `https://receiver.test:${receiver.port}`;
    expect(await sendTo(url, { lookUp })).toMatchObject({ error: 'TLS handshake failed' });
  });
});

describe('the guard', () => {
  const refused = { status_code: 0, error: 'refused: private address' };

  test.each(['127.0.0.1', '127.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '0.0.0.0', '0'])(
    'keeps http://%s from being reached',
    async (host) => {
      const receiver = await startReceiver();
      const result = await sendTo(`http://${host}:${receiver.port}`, { allowed: [] });
      expect(result).toMatchObject(refused);
      expect(receiver.connections()).toBe(0);
    },
  );

  test.each([[['127.0.0.1']], [['127.0.0.1', '127.0.0.2']], [['127.0.0.2', '::1']]])(
    'keeps a name that stands for %j from being reached',
    async (addresses) => {
      const receiver = await startReceiver();
      const options = {
        allowed: [ipaddr.parseCIDR('127.0.0.2/32')],
        lookUp: resolveTo(...addresses),
      };
      expect(await sendTo(`http://receiver.test:${receiver.port}`, options)).toMatchObject(refused);
      expect(receiver.connections()).toBe(0);
    },
  );

  it('dials what it has checked, though the name changes its answer', async () => {
    const forbidden = await startReceiver();
    let lookUps = 0;
    const lookUp: LookUp = async () => {
      lookUps += 1;
      return [{ address: lookUps === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }];
    };
    const options = { allowed: [ipaddr.parseCIDR('127.0.0.2/32')], lookUp, timeout: 2000 };
    // Only the address differs: the allowed one has nobody on this port.
    const sender = createTestSender(options);
    const url = `http://receiver.test:${forbidden.port}`;
    const first = await sender.send(attemptTo(url));
    expect(first.status_code).toBe(0);
    expect(first.error).toMatch(/^(?:connection|timed out)/);
    expect(await sender.send(attemptTo(url))).toMatchObject(refused);
    expect(lookUps).toBe(2);
    expect(forbidden.connections()).toBe(0);
  });

  it('tries the addresses of a name in turn', async () => {
    const receiver = await startReceiver();
    const options = {
      allowed: [ipaddr.parseCIDR('127.0.0.0/8')],
      lookUp: resolveTo('127.0.0.2', '127.0.0.1'),
    };
    const url = `http://receiver.test:${receiver.port}`;
    expect(await sendTo(url, options)).toMatchObject({ status_code: 200 });
  });

  it('says what a look-up said', async () => {
    const lookUp: LookUp = async () => {
      throw Object.assign(new Error('x'), { code: 'ENOTFOUND' });
    };
    expect(await sendTo('http://receiver.test', { lookUp })).toMatchObject({
      error: 'name not found',
    });
  });
});

describe('connections', () => {
  it('are used again', async () => {
    const receiver = await startReceiver();
    const sender = createTestSender();
    for (let count = 0; count < 6; count += 1) await sender.send(attemptTo(receiver.url));
    expect(receiver.received).toHaveLength(6);
    // The first is not free again yet when the second request follows at once.
    expect(receiver.connections()).toBeLessThanOrEqual(2);
  });

  test.each<[string, (socket: Socket) => void]>([
    ['closed', (socket) => socket.end()],
    ['reset', (socket) => socket.resetAndDestroy()],
  ])('that the receiver has %s meanwhile fail no attempt', async (_how, drop) => {
    const sockets: Socket[] = [];
    const receiver = await startTcpReceiver((socket) => {
      sockets.push(socket);
      socket.on('data', () => socket.write('HTTP/1.1 204 No Content\r\n\r\n'));
    });
    const sender = createTestSender();
    for (let count = 1; count <= 4; count += 1) {
      const result = await sender.send(attemptTo(receiver.url));
      expect(result).toMatchObject({ status_code: 204, error: null });
      expect(sockets).toHaveLength(count);
      const [socket] = sockets.slice(-1);
      if (socket) {
        drop(socket);
        await once(socket, 'close');
      }
    }
  });

  test.each<[string, (socket: Socket) => void]>([
    ['closed', (socket) => socket.end()],
    ['reset', (socket) => socket.resetAndDestroy()],
  ])('that are %s when the request was read are not made again', async (_how, drop) => {
    let requests = 0;
    const receiver = await startTcpReceiver((socket) => {
      socket.once('data', () => {
        requests += 1;
        socket.write('HTTP/1.1 204 No Content\r\n\r\n');
        socket.once('data', () => {
          requests += 1;
          drop(socket);
        });
      });
    });
    const sender = createTestSender();
    await sender.send(attemptTo(receiver.url));
    expect(await sender.send(attemptTo(receiver.url))).toMatchObject({
      status_code: 0,
      error: expect.stringMatching(/^connection /),
    });
    expect(requests).toBe(2);
    expect(receiver.connections()).toBe(1);
  });

  it('that fail when new are not made twice', async () => {
    const receiver = await startAnswering((socket) => socket.resetAndDestroy());
    await sendTo(receiver.url);
    expect(receiver.connections()).toBe(1);
  });

  it('by TLS that the receiver drops fail the attempt', async () => {
    const drops: Socket[] = [];
    const receiver = await listen((note) => {
      const server = createHttpsServer(
        { key: testKey, cert: testCertificate },
        reading((request, response) => {
          if (request.path === '/drop') drops.at(-1)?.destroy();
          else response.end();
        }, note),
      );
      server.on('secureConnection', (socket: Socket) => drops.push(socket));
      return server;
    });
    const sender = createTestSender({ lookUp: resolveTo('127.0.0.1'), ca: testCertificate });
    const url = `https://receiver.test:${receiver.port}`;
    expect(await sender.send(attemptTo(`${url}/drop`))).toMatchObject({
      error: 'connection closed without a response',
    });
    expect(receiver.connections()).toBe(1);
    expect(await sender.send(attemptTo(url))).toMatchObject({ status_code: 200 });
    // Also on a used connection nothing is sent twice.
    expect(await sender.send(attemptTo(`${url}/drop`))).toMatchObject({
      error: 'connection closed without a response',
    });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/drop', '/', '/drop']);
  });
});

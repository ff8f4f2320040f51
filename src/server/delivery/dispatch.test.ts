import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';

import ipaddr from 'ipaddr.js';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished, test } from 'vitest';

import { createAttemptSender, type OutgoingAttempt } from './dispatch';
import type { ConnectorOptions } from './guarded-connector';
import type { LookUp } from './target-guard';
import { expiredCertificate, testCertificate, testKey } from './test-certificates';
import { listen, reading, startReceiver, startTcpReceiver } from './test-receiver';

const loopback = [ipaddr.parseCIDR('127.0.0.1/32')];
const whsec = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`;

function createSender(options: Partial<ConnectorOptions> = {}) {
  const sender = createAttemptSender({ allowed: loopback, timeout: 20_000, ...options });
  onTestFinished(() => sender.close());
  return sender;
}

const attempt = (url: string, change: Partial<OutgoingAttempt> = {}): OutgoingAttempt => ({
  url,
  id: '0190a0b0-0000-7000-8000-000000000000',
  started_at: Date.now(),
  body: '{"a":"ü 🦄"}',
  secret: null,
  ...change,
});

const send = (url: string, options: Partial<ConnectorOptions> = {}) =>
  createSender(options).send(attempt(url));

const resolveTo =
  (...addresses: string[]): LookUp =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

/** A receiver that sends something as soon as a request begins to come in. */
const answering = (converse: (socket: Socket) => void) =>
  startTcpReceiver((socket) => socket.once('data', () => converse(socket)));

describe('a request', () => {
  it('has the body as given, and headers that the official library verifies', async () => {
    const receiver = await startReceiver();
    const outgoing = attempt(`${receiver.url}/hook?a=1&b=%20#part`, { secret: whsec });
    const result = await createSender().send(outgoing);

    expect(result).toMatchObject({ status_code: 200, error: null, response_body: '' });
    const [request] = receiver.received;
    expect(request).toMatchObject({ method: 'POST', path: '/hook?a=1&b=%20', body: outgoing.body });
    expect(request?.headers).toMatchObject({
      host: `127.0.0.1:${receiver.port}`,
      'content-type': 'application/json',
      'webhook-id': outgoing.id,
      'webhook-timestamp': String(Math.floor(outgoing.started_at / 1000)),
      'qovery-secret': whsec,
      'qovery-signature': whsec,
    });
    const headers = request?.headers as Record<string, string>;
    expect(new Webhook(whsec).verify(outgoing.body, headers)).toEqual({ a: 'ü 🦄' });
    expect(() => new Webhook(whsec).verify(`${outgoing.body} `, headers)).toThrow(/signature/);
  });

  it('reports its headers without secret and signature', async () => {
    const receiver = await startReceiver();
    const result = await createSender().send(attempt(receiver.url, { secret: 'quite-secret' }));
    const signature = receiver.received[0]?.headers['webhook-signature'];
    expect(signature).toMatch(/^v1,/);
    expect(JSON.stringify(result)).not.toContain('quite-secret');
    expect(JSON.stringify(result)).not.toContain(signature);
    expect(Object.keys(result.request_headers)).toContain('qovery-secret');
  });

  it('says of a test that it is one, and only then', async () => {
    const receiver = await startReceiver();
    const sender = createSender();
    await sender.send(attempt(receiver.url, { test: true }));
    await sender.send(attempt(receiver.url));
    expect(receiver.received.map(({ headers }) => headers['webhook-test'])).toEqual([
      'true',
      undefined,
    ]);
  });

  it('to something that is no URL is a result', async () => {
    expect(await send('nonsense')).toMatchObject({ status_code: 0, error: 'not a valid URL' });
  });
});

describe('a response', () => {
  it('is reported with status, headers, body and duration', async () => {
    const receiver = await startReceiver((_request, response) => {
      response.writeHead(503, { 'X-Reason': ['a', 'b'] }).end('später\u0000!');
    });
    const result = await send(receiver.url);
    expect(result).toMatchObject({
      status_code: 503,
      error: 'answered 503',
      response_body: 'später\ufffd!',
    });
    expect(result.response_headers).toMatchObject({ 'x-reason': 'a, b' });
    expect(result.duration_ms).toBeGreaterThanOrEqual(0);
  });

  test.each([200, 201, 202, 204, 299])('with status %d is a success', async (status) => {
    const receiver = await startReceiver((_request, response) => {
      response.writeHead(status).end();
    });
    expect(await send(receiver.url)).toMatchObject({ status_code: status, error: null });
  });

  test.each([301, 302, 303, 307, 308])('with status %d is not followed', async (status) => {
    const other = await startReceiver();
    const receiver = await startReceiver((_request, response) => {
      response.writeHead(status, { location: `${other.url}/private` }).end();
    });
    expect(await send(receiver.url)).toMatchObject({
      status_code: status,
      error: `answered ${status}; redirects are not followed`,
    });
    expect(other.connections()).toBe(0);
  });

  it('of exactly 16 KiB is kept whole', async () => {
    const receiver = await startReceiver((_request, response) => {
      response.end('x'.repeat(16_384));
    });
    const { response_body } = await send(receiver.url);
    expect(response_body).toBe('x'.repeat(16_384));
  });

  it('without an end is cut at 16 KiB, whole characters, and the connection dropped', async () => {
    let isClosed = () => {};
    const closed = new Promise<void>((resolve) => {
      isClosed = resolve;
    });
    const receiver = await startReceiver((_request, response) => {
      response.on('close', isClosed);
      const more = () => {
        while (response.write(`.${'ü'.repeat(1000)}`));
      };
      response.on('drain', more);
      more();
    });
    const result = await send(receiver.url);
    expect(result).toMatchObject({ status_code: 200, error: null });
    expect(Buffer.byteLength(result.response_body ?? '')).toBeGreaterThan(16_380);
    expect(Buffer.byteLength(result.response_body ?? '')).toBeLessThanOrEqual(16_384);
    expect(result.response_body).not.toContain('\ufffd');
    await closed;
  });

  it('that is compressed stays as it is', async () => {
    const bomb = Buffer.from('1f8b080000000000000b', 'hex');
    const receiver = await startReceiver((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    const result = await send(receiver.url);
    expect(result).toMatchObject({ status_code: 200, error: null });
    expect(result.response_body).toHaveLength(bomb.length);
  });

  it('that echoes the secret is kept without it', async () => {
    const secret = 'p"ä\\ss/w<rd'.replace('ä', 'a');
    const receiver = await startReceiver(({ headers }, response) => {
      response.setHeader('x-echo', headers['qovery-secret'] ?? '');
      response.end(
        [JSON.stringify(headers), secret, encodeURIComponent(secret)].join('\n').padEnd(9000, '.'),
      );
    });
    const result = await createSender().send(attempt(receiver.url, { secret }));
    expect(result.response_body).toContain('"qovery-secret":"••••••••"');
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
      expect(JSON.stringify(result)).not.toContain(form);
      expect(result.response_body).not.toContain(form);
    }
  });

  it('that is cut within the secret does not show its beginning', async () => {
    const secret = 'abcdefghijklmnop';
    const receiver = await startReceiver((_request, response) => {
      response.end('x'.repeat(16_384 - 10) + secret);
    });
    const result = await createSender().send(attempt(receiver.url, { secret }));
    expect(result.response_body).not.toContain('abcd');
  });

  it('that breaks off after its status counts by its status', async () => {
    const receiver = await answering((socket) => {
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf');
    });
    expect(await send(receiver.url)).toMatchObject({
      status_code: 200,
      error: null,
      response_body: 'half',
    });
  });
});

describe('time', () => {
  const timeout = 150;
  const late = { status_code: 0, error: 'timed out after 150 ms' };

  it('is up when no answer comes', async () => {
    const receiver = await startReceiver(() => {});
    const result = await send(receiver.url, { timeout });
    expect(result).toMatchObject({ ...late, response_headers: null, response_body: null });
    expect(result.duration_ms).toBeGreaterThanOrEqual(timeout - 5);
  });

  test.each([
    ['the status line', ''],
    ['a header', 'HTTP/1.1 200 OK\r\nx-slow: '],
    ['the body', 'HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n'],
  ])('is up when %s comes by single bytes', async (_part, beginning) => {
    const receiver = await answering((socket) => {
      socket.write(beginning);
      const dripping = setInterval(() => socket.write(beginning === '' ? 'H' : 'x'), 20);
      socket.on('close', () => clearInterval(dripping));
    });
    // A status line must be right to be slow: 'HHH…' is refused at once.
    const result = await send(receiver.url, { timeout });
    if (beginning === '') expect(result.error).toBe('invalid HTTP response');
    else expect(result).toMatchObject(late);
  });

  it('is up when a connection is never made', async () => {
    const lookUp: LookUp = () => new Promise(() => {});
    expect(await send('http://receiver.test', { timeout, lookUp })).toMatchObject(late);
  });

  it('is up when a TLS handshake hangs', async () => {
    const receiver = await startTcpReceiver(() => {});
    const url = receiver.url.replace('http:', 'https:');
    expect(await send(url, { timeout })).toMatchObject(late);
  });

  it('is told in seconds', async () => {
    const receiver = await startReceiver(() => {});
    expect((await send(receiver.url, { timeout: 1000 })).error).toBe('timed out after 1 s');
  });

  it('that is up before the look-up ends lets nothing out', async () => {
    const receiver = await startReceiver();
    let answer = (_addresses: { address: string; family: number }[]) => {};
    const lookUp: LookUp = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const sender = createSender({ timeout, lookUp });
    expect(await sender.send(attempt(`http://slow.test:${receiver.port}`))).toMatchObject(late);
    answer([{ address: '127.0.0.1', family: 4 }]);
    // The same pool still works, and what was given up is not sent after all.
    await sender.send(attempt(`${receiver.url}/second`));
    expect(receiver.received.map(({ path }) => path)).toEqual(['/second']);
  });
});

describe('receivers that break the rules', () => {
  test.each<[string, string, (socket: Socket) => void]>([
    ['garbage', 'invalid HTTP response', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
    ['a reset', 'connection reset', (socket) => socket.resetAndDestroy()],
    [
      'closing',
      'connection closed without a response',
      (socket) => {
        socket.end();
      },
    ],
    [
      'half a head',
      'connection closed without a response',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nx-a'),
    ],
    [
      'huge headers',
      'invalid HTTP response: the headers are too large',
      (socket) =>
        socket.write(`HTTP/1.1 200 OK\r\n${`x-a: ${'x'.repeat(1000)}\r\n`.repeat(100)}\r\n`),
    ],
    [
      'one endless header',
      'invalid HTTP response: the headers are too large',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nx-a: ');
        const more = () => {
          while (socket.writable && socket.write('x'.repeat(10_000)));
        };
        socket.on('drain', more);
        more();
      },
    ],
    [
      'a flood of 1xx',
      'invalid HTTP response: no end of informational answers (1xx)',
      (socket) => {
        const more = () => {
          while (socket.writable && socket.write('HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n'));
        };
        socket.on('drain', more);
        more();
      },
    ],
    [
      'a change of protocol',
      'invalid HTTP response',
      (socket) =>
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
        ),
    ],
  ])('by %s: "%s"', async (_how, error, converse) => {
    const receiver = await answering(converse);
    expect(await send(receiver.url)).toMatchObject({ status_code: 0, error });
  });

  it('few informational answers are waited through', async () => {
    const receiver = await answering((socket) => {
      socket.end(
        'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n',
      );
    });
    expect(await send(receiver.url)).toMatchObject({ status_code: 204, error: null });
  });

  it('nobody listens', async () => {
    const { url, close } = await startReceiver();
    await close();
    expect(await send(url)).toMatchObject({ status_code: 0, error: 'connection refused' });
  });
});

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
    expect(await send(`https://receiver.test:${receiver.port}/a`, options)).toMatchObject({
      status_code: 200,
    });
    expect(receiver.received[0]?.headers.host).toBe(`receiver.test:${receiver.port}`);
    expect(await send(`https://other.test:${receiver.port}`, options)).toMatchObject({
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
    expect(await send(url, { lookUp, ca })).toMatchObject({ status_code: 0, error });
    expect(receiver.received).toEqual([]);
  });

  it('fails with a receiver that speaks plain HTTP', async () => {
    const receiver = await startReceiver();
    const url = `https://receiver.test:${receiver.port}`;
    expect(await send(url, { lookUp })).toMatchObject({ error: 'TLS handshake failed' });
  });
});

describe('the guard', () => {
  const refused = { status_code: 0, error: 'refused: private address' };

  test.each(['127.0.0.1', '127.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '0.0.0.0', '0'])(
    'keeps http://%s from being reached',
    async (host) => {
      const receiver = await startReceiver();
      const result = await send(`http://${host}:${receiver.port}`, { allowed: [] });
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
      expect(await send(`http://receiver.test:${receiver.port}`, options)).toMatchObject(refused);
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
    const sender = createSender(options);
    const url = `http://receiver.test:${forbidden.port}`;
    const first = await sender.send(attempt(url));
    expect(first.status_code).toBe(0);
    expect(first.error).toMatch(/^(?:connection|timed out)/);
    expect(await sender.send(attempt(url))).toMatchObject(refused);
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
    expect(await send(url, options)).toMatchObject({ status_code: 200 });
  });

  it('says what a look-up said', async () => {
    const lookUp: LookUp = async () => {
      throw Object.assign(new Error('x'), { code: 'ENOTFOUND' });
    };
    expect(await send('http://receiver.test', { lookUp })).toMatchObject({
      error: 'name not found',
    });
  });
});

describe('connections', () => {
  it('are used again', async () => {
    const receiver = await startReceiver();
    const sender = createSender();
    for (let count = 0; count < 6; count += 1) await sender.send(attempt(receiver.url));
    expect(receiver.received).toHaveLength(6);
    // The first is not free again yet when the second request follows at once.
    expect(receiver.connections()).toBeLessThanOrEqual(2);
  });

  test.each<[string, (socket: Socket) => void]>([
    ['closed', (socket) => socket.end()],
    ['reset', (socket) => socket.resetAndDestroy()],
  ])('that the receiver has %s meanwhile fail no attempt', async (_how, drop) => {
    // Answers the first request of a connection and drops it when a second one begins.
    let answered = 0;
    const receiver = await startTcpReceiver((socket) => {
      socket.once('data', () => {
        answered += 1;
        socket.write('HTTP/1.1 204 No Content\r\n\r\n');
        socket.once('data', () => drop(socket));
      });
    });
    const sender = createSender();
    for (let count = 0; count < 4; count += 1) {
      const result = await sender.send(attempt(receiver.url));
      expect(result).toMatchObject({ status_code: 204, error: null });
    }
    expect(answered).toBe(4);
  });

  it('that fail when new are not made twice', async () => {
    const receiver = await answering((socket) => socket.resetAndDestroy());
    await send(receiver.url);
    expect(receiver.connections()).toBe(1);
  });

  it('by TLS are told apart in the same way', async () => {
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
    const sender = createSender({ lookUp: resolveTo('127.0.0.1'), ca: testCertificate });
    const url = `https://receiver.test:${receiver.port}`;
    expect(await sender.send(attempt(`${url}/drop`))).toMatchObject({
      error: 'connection closed without a response',
    });
    expect(receiver.connections()).toBe(1);
    expect(await sender.send(attempt(url))).toMatchObject({ status_code: 200 });
    // On a used connection the same drop is tried once more, on a new one.
    expect(await sender.send(attempt(`${url}/drop`))).toMatchObject({
      error: 'connection closed without a response',
    });
    expect(receiver.connections()).toBe(3);
  });
});

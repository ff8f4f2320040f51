import { Webhook } from 'standardwebhooks';
import { describe, expect, it, test } from 'vitest';

import { startReceiver } from './test-receiver';
import { attemptTo, createTestSender, sendTo, startAnswering } from './test-sender';

const whsec = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`;

describe('a request', () => {
  it('has the body as given, and headers that the official library verifies', async () => {
    const receiver = await startReceiver();
    const outgoing = attemptTo(`${receiver.url}/hook?a=1&b=%20#part`, { secret: whsec });
    const result = await createTestSender().send(outgoing);

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
    const result = await createTestSender().send(
      attemptTo(receiver.url, { secret: 'quite-secret' }),
    );
    const signature = receiver.received[0]?.headers['webhook-signature'];
    expect(signature).toMatch(/^v1,/);
    expect(JSON.stringify(result)).not.toContain('quite-secret');
    expect(JSON.stringify(result)).not.toContain(signature);
    expect(Object.keys(result.request_headers)).toContain('qovery-secret');
  });

  it('says of a test that it is one, and only then', async () => {
    const receiver = await startReceiver();
    const sender = createTestSender();
    await sender.send(attemptTo(receiver.url, { test: true }));
    await sender.send(attemptTo(receiver.url));
    expect(receiver.received.map(({ headers }) => headers['webhook-test'])).toEqual([
      'true',
      undefined,
    ]);
  });

  it('to something that is no URL is a result', async () => {
    expect(await sendTo('nonsense')).toMatchObject({ status_code: 0, error: 'not a valid URL' });
  });
});

describe('a response', () => {
  it('is reported with status, headers, body and duration', async () => {
    const receiver = await startReceiver((_request, response) => {
      response.writeHead(503, { 'X-Reason': ['a', 'b'] }).end('später\u0000!');
    });
    const result = await sendTo(receiver.url);
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
    expect(await sendTo(receiver.url)).toMatchObject({ status_code: status, error: null });
  });

  test.each([301, 302, 303, 307, 308])('with status %d is not followed', async (status) => {
    const other = await startReceiver();
    const receiver = await startReceiver((_request, response) => {
      response.writeHead(status, { location: `${other.url}/private` }).end();
    });
    expect(await sendTo(receiver.url)).toMatchObject({
      status_code: status,
      error: `answered ${status}; redirects are not followed`,
    });
    expect(other.connections()).toBe(0);
  });

  it('of exactly 16 KiB is kept whole', async () => {
    const receiver = await startReceiver((_request, response) => {
      response.end('x'.repeat(16_384));
    });
    const { response_body } = await sendTo(receiver.url);
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
    const result = await sendTo(receiver.url);
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
    const result = await sendTo(receiver.url);
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
    const result = await createTestSender().send(attemptTo(receiver.url, { secret }));
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
    const result = await createTestSender().send(attemptTo(receiver.url, { secret }));
    expect(result.response_body).not.toContain('abcd');
  });

  it('that breaks off after its status counts by its status', async () => {
    const receiver = await startAnswering((socket) => {
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf');
    });
    expect(await sendTo(receiver.url)).toMatchObject({
      status_code: 200,
      error: null,
      response_body: 'half',
    });
  });
});

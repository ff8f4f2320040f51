import { createServer as createTlsServer } from 'node:tls';

import { describe, expect, it, test } from 'vitest';

import type { LookUp } from './target-guard';
import { testCertificate, testKey } from './test-certificates';
import { rudeReceivers } from './test-hostile';
import { listen, startReceiver, startTcpReceiver } from './test-receiver';
import { resolveTo, sendTo, startAnswering } from './test-sender';

describe('time', () => {
  const timeout = 150;
  const late = { status_code: 0, error: 'timed out after 150 ms' };

  it('is up when no answer comes', async () => {
    const receiver = await startReceiver(() => {});
    const result = await sendTo(receiver.url, { timeout });
    expect(result).toMatchObject({ ...late, response_headers: null, response_body: null });
    expect(result.duration_ms).toBeGreaterThanOrEqual(timeout - 5);
  });

  test.each([
    ['the status line', ''],
    ['a header', 'HTTP/1.1 200 OK\r\nx-slow: '],
    ['the body', 'HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n'],
  ])('is up when %s comes by single bytes', async (_part, beginning) => {
    const receiver = await startAnswering((socket) => {
      socket.write(beginning);
      const dripping = setInterval(() => socket.write(beginning === '' ? 'H' : 'x'), 20);
      socket.on('close', () => clearInterval(dripping));
    });
    // A status line must be right to be slow: 'HHH…' is refused at once.
    const result = await sendTo(receiver.url, { timeout });
    if (beginning === '') expect(result.error).toBe('invalid HTTP response');
    else expect(result).toMatchObject(late);
  });

  it('is up when a connection is never made', async () => {
    const lookUp: LookUp = () => new Promise(() => {});
    expect(await sendTo('http://receiver.test', { timeout, lookUp })).toMatchObject(late);
  });

  it('is up when a TLS handshake hangs', async () => {
    const receiver = await startTcpReceiver(() => {});
    const url = receiver.url.replace('http:', 'https:');
    expect(await sendTo(url, { timeout })).toMatchObject(late);
  });

  it('is told in seconds', async () => {
    const receiver = await startReceiver(() => {});
    expect((await sendTo(receiver.url, { timeout: 1000 })).error).toBe('timed out after 1 s');
  });

  it('that is up before the look-up ends lets nothing out', async () => {
    let sent = '';
    let isClosed = (_sent: string) => {};
    const closed = new Promise<string>((resolve) => {
      isClosed = resolve;
    });
    const receiver = await startTcpReceiver((socket) => {
      socket.on('data', (chunk) => {
        sent += String(chunk);
        socket.destroy();
      });
      socket.on('close', () => isClosed(sent));
    });
    let answer = (_addresses: { address: string; family: number }[]) => {};
    const lookUp: LookUp = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    expect(await sendTo(`http://slow.test:${receiver.port}`, { timeout, lookUp })).toMatchObject(
      late,
    );
    answer([{ address: '127.0.0.1', family: 4 }]);
    expect(await closed).toBe('');
  });
});

describe('receivers that break the rules', () => {
  test.each(rudeReceivers)('by $how', async (hostile) => {
    const { converse, isEarly, status_code, error } = hostile;
    const receiver = await (isEarly ? startTcpReceiver(converse) : startAnswering(converse));
    const result = await sendTo(receiver.url);
    expect(result).toMatchObject({ status_code, error });
    expect(result.response_body?.length ?? 0).toBeLessThanOrEqual(16_384);
  });

  it('by an endless status line within TLS', async () => {
    const receiver = await listen(() =>
      createTlsServer({ key: testKey, cert: testCertificate }, (socket) => {
        const more = () => {
          while (socket.writable && socket.write('HTTP/1.1 200 '.padEnd(10_000, 'x')));
        };
        socket
          .on('error', () => {})
          .once('data', more)
          .on('drain', more);
      }),
    );
    const url = `https://receiver.test:${receiver.port}`;
    const options = { lookUp: resolveTo('127.0.0.1'), ca: testCertificate };
    const error = 'invalid HTTP response: no end of it';
    expect(await sendTo(url, options)).toMatchObject({ status_code: 0, error });
  });

  it('few informational answers are waited through', async () => {
    const receiver = await startAnswering((socket) => {
      socket.end(
        'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n',
      );
    });
    expect(await sendTo(receiver.url)).toMatchObject({ status_code: 204, error: null });
  });

  it('nobody listens', async () => {
    const { url, close } = await startReceiver();
    await close();
    expect(await sendTo(url)).toMatchObject({ status_code: 0, error: 'connection refused' });
  });
});

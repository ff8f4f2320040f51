import type { Socket } from 'node:net';

import { describe, expect, it, test } from 'vitest';

import type { LookUp } from './target-guard';
import { startReceiver, startTcpReceiver } from './test-receiver';
import { sendTo, startAnswering } from './test-sender';

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
    const receiver = await startAnswering(converse);
    expect(await sendTo(receiver.url)).toMatchObject({ status_code: 0, error });
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

import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, Socket } from 'node:net';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { startListening } from './listen';

// Longer than any test may take: who waits for it fails.
const never = 3_600_000;

/** A server that tells of each request that comes, and answers when it is told to. */
async function serve({ grace = never } = {}) {
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let hasCome = () => {};
  const came = new Promise<void>((resolve) => {
    hasCome = resolve;
  });
  const listening = await startListening(
    async ({ method, body }) => {
      hasCome();
      if (method === 'POST') await new Response(body).text();
      await asked;
      return new Response('done');
    },
    { host: '127.0.0.1', port: 0 },
    grace,
  );
  return { listening, answer, came };
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

describe('a server that is stopped', () => {
  it.each([
    ['that says nothing', '', false],
    ['with half a head', 'GET / HTTP/1.1\r\nHost:', false],
    ['with half a body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf', true],
  ])('does not wait for a connection %s', async (_, sent, isRequest) => {
    const { listening, came } = await serve();
    const socket = await open(listening.port);
    socket.write(sent);
    if (isRequest) await came;
    const ended = once(socket.resume(), 'close');
    await listening.stop();
    await ended;
  });

  it('finishes a request that has come whole, and then lets go of its connection', async () => {
    const { listening, answer, came } = await serve();
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const sent = request({ port: listening.port, host: '127.0.0.1', agent }).end();
    await came;
    const stopped = listening.stop();
    answer();
    const [response] = (await once(sent, 'response')) as [AsyncIterable<Buffer>];
    const chunks = [];
    for await (const chunk of response) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('done');
    await stopped;
  });

  it('asks each connection to end once, however many requests end meanwhile', async () => {
    const { listening, answer, came } = await serve();
    const ending = vi.spyOn(Socket.prototype, 'destroySoon');
    onTestFinished(() => ending.mockRestore());
    const sockets = await Promise.all(Array.from({ length: 12 }, () => open(listening.port)));
    for (const socket of sockets) socket.resume().write(get);
    await came;
    const stopped = listening.stop();
    answer();
    await stopped;
    expect(new Set(ending.mock.contexts).size).toBe(ending.mock.calls.length);
  });

  it('gives up a request that does not finish', async () => {
    const { listening, came } = await serve({ grace: 20 });
    const socket = await open(listening.port);
    socket.write(get);
    await came;
    const ended = once(socket.resume(), 'close');
    await listening.stop();
    await ended;
  });
});

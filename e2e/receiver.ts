import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A request as it arrived, its body untouched. */
export interface ReceivedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
  /** How long it takes over the answer, in milliseconds, or what it waits for. */
  after?: number | Promise<void>;
}

/**
 * What the receiver does with a request: answers, breaks the connection, breaks it off within the
 * head of an answer, or never answers.
 */
export type Behaviour = Answer | 'reset' | 'half an answer' | 'hang';

interface Waiter {
  isMet: () => boolean;
  resolve: () => void;
}

/** A real HTTP server on loopback that remembers what it was sent. Answers 204 unless told otherwise. */
export class Receiver {
  readonly requests: ReceivedRequest[] = [];
  #behave: (request: ReceivedRequest) => Behaviour = () => ({ status: 204 });
  #server: Server | null = null;
  #port = 0;
  readonly #waiters = new Set<Waiter>();

  /** A receiver that listens on a port chosen by the system. */
  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await receiver.comeBack();
    return receiver;
  }

  /** Its address with a path, such as a webhook's `target_url`. */
  url(path = '/hook'): string {
    return `http://127.0.0.1:${this.#port}${path}`;
  }

  /** What happens to requests from now on. */
  behave(behaviour: Behaviour | ((request: ReceivedRequest) => Behaviour)): void {
    this.#behave = typeof behaviour === 'function' ? behaviour : () => behaviour;
  }

  get isDown(): boolean {
    return this.#server === null;
  }

  /** Stops listening and breaks all connections: connecting is refused until it comes back. */
  async goDown(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = null;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  /** Listens again, on the same port as before. */
  async comeBack(): Promise<void> {
    if (this.#server) return;
    const server = createServer((request, response) => {
      this.#receive(request, response).catch(() => response.destroy());
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  /**
   * The first request that fits, as soon as it is there; past ones count.
   *
   * @throws after `timeout` milliseconds, saying what did arrive.
   */
  async waitFor(
    fits: (request: ReceivedRequest) => boolean = () => true,
    { timeout = 10_000 } = {},
  ): Promise<ReceivedRequest> {
    await this.#until(() => this.requests.some(fits), timeout);
    const found = this.requests.find(fits);
    if (!found) throw new Error('The request is gone.');
    return found;
  }

  /** All requests, as soon as there are that many. Throws as `waitFor` does. */
  async waitForCount(count: number, { timeout = 10_000 } = {}): Promise<ReceivedRequest[]> {
    await this.#until(() => this.requests.length >= count, timeout);
    return this.requests;
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const received = { method, path: url, headers, body: Buffer.concat(chunks) };
    const behaviour = this.#behave(received);
    this.requests.push(received);
    for (const waiter of this.#waiters) if (waiter.isMet()) waiter.resolve();
    if (behaviour === 'hang') return;
    if (behaviour === 'reset') request.socket.resetAndDestroy();
    else if (behaviour === 'half an answer') request.socket.end('HTTP/1.1 200 OK\r\ncontent-');
    else await answer(response, behaviour);
  }

  async #until(isMet: () => boolean, timeout: number): Promise<void> {
    if (isMet()) return;
    await new Promise<void>((resolve, reject) => {
      const waiter = {
        isMet,
        resolve: () => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        const seen = this.requests.map(({ method, path }) => `${method} ${path}`).join(', ');
        reject(new Error(`Waited ${timeout} ms; received: ${seen || 'nothing'}.`));
      }, timeout);
      this.#waiters.add(waiter);
    });
  }
}

async function answer(
  response: ServerResponse,
  { status, headers, body, after }: Answer,
): Promise<void> {
  await (typeof after === 'number' ? delay(after) : after);
  response.writeHead(status, headers).end(body);
}

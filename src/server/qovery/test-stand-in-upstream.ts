import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { Refusal, refusalBody, type Row } from './test-stand-in-rules';
import { StandInState, type Contents } from './test-stand-in-state';

/** A request as it came. */
export interface SeenRequest {
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Whether whoever asked went away before the answer. */
  isAbandoned: boolean;
}

/** What happens to requests instead of, or before, the ordinary answer. */
export interface Behaviour {
  /** Of any method if there is none. */
  method?: string;
  /** A regular expression for the path; of any path if there is none. */
  path?: string;
  /** How often; for ever if there is none. */
  times?: number;
  /** Milliseconds before the answer. */
  after?: number;
  /**
   * Instead of the ordinary answer: this one, these bytes, no answer, half of one, or an end of the
   * connection.
   */
  answer?:
    | { status: number; headers?: Record<string, string>; body?: string }
    | { bytes: string }
    | 'none'
    | 'half'
    | 'reset';
}

/** What a test tells it; members that are absent change nothing. */
export interface Control {
  /** Everything as at the beginning, first. */
  reset?: boolean;
  put?: Partial<Contents>;
  /** In place of those before; the first that fits holds. */
  behaviours?: Behaviour[];
}

const halfAnswer = 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{';

/**
 * For tests: a real HTTP server on loopback that behaves as the public Qovery API does: full
 * replacement on `PUT`, no secrets in answers, nothing that only the embedded API has. A test in the
 * same process calls `control` and reads `requests`; another one posts to `/_control`, and gets
 * `{requests, contents}` there.
 */
export class StandInUpstream {
  requests: SeenRequest[] = [];
  readonly #state = new StandInState();
  #behaviours: Behaviour[] = [];
  readonly #server: Server;
  readonly #authorization: string;

  private constructor(token: string) {
    this.#authorization = `${token.split('.').length === 3 ? 'Bearer' : 'Token'} ${token}`;
    this.#server = createServer((request, response) => {
      this.#receive(request, response).catch(() => response.destroy());
    });
  }

  /**
   * One that listens.
   *
   * @param token what it asks for.
   * @param port 0 lets the system choose.
   */
  static async start(token: string, port = 0): Promise<StandInUpstream> {
    const upstream = new StandInUpstream(token);
    upstream.#server.listen(port, '127.0.0.1');
    await once(upstream.#server, 'listening');
    return upstream;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get contents(): Contents {
    return this.#state.contents;
  }

  control({ reset, put, behaviours }: Control): void {
    if (reset) {
      this.requests = [];
      this.#behaviours = [];
      this.#state.put(new StandInState().contents);
    }
    if (put) this.#state.put(put);
    if (behaviours) this.#behaviours = structuredClone(behaviours);
  }

  /** Ends all connections, and goes on listening. */
  endConnections(): void {
    this.#server.closeAllConnections();
  }

  /** Ends all connections. */
  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { method = '', url: path = '', headers } = request;
    if (path === '/_control') {
      if (method === 'POST') this.control(JSON.parse(body) as Control);
      return send(response, 200, { requests: this.requests, contents: this.contents });
    }
    const seen: SeenRequest = { method, path, headers, body, isAbandoned: false };
    this.requests.push(seen);
    response.once('close', () => (seen.isAbandoned = !response.writableFinished));
    const { after, answer } = this.#behaviourFor(seen) ?? {};
    if (after !== undefined) await delay(after);
    if (answer === undefined) return this.#answer(seen, response);
    if (answer === 'none') return;
    if (answer === 'reset') request.socket.resetAndDestroy();
    else if (answer === 'half') request.socket.write(halfAnswer);
    else if ('bytes' in answer) request.socket.write(answer.bytes);
    else response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  #behaviourFor({ method, path }: SeenRequest): Behaviour | undefined {
    const behaviour = this.#behaviours.find(
      (one) =>
        (one.method ?? method) === method &&
        (one.times ?? 1) > 0 &&
        new RegExp(one.path ?? '').test(path),
    );
    if (behaviour?.times !== undefined) behaviour.times -= 1;
    return behaviour;
  }

  #answer(seen: SeenRequest, response: ServerResponse): void {
    try {
      if (seen.headers.authorization !== this.#authorization) {
        throw new Refusal(401, 'Full authentication is required to access this resource');
      }
      const { status, body } = this.#ask(seen);
      send(response, status, body);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(response, error.status, refusalBody(error, seen.path));
    }
  }

  /** The calls of the document. */
  #ask({ method, path, body }: SeenRequest): { status: number; body?: unknown } {
    const [, root = '', id = '', list = '', webhookId = '', below = ''] = path
      .replace(/\?.*/, '')
      .split('/');
    const state = this.#state;
    const call = `${method} ${[root, id && '*', list, webhookId && '*', below].filter(Boolean).join('/')}`;
    const results = (rows: Row[]) => ({ status: 200, body: { results: rows } });
    switch (call) {
      case 'GET organization':
        return results(state.contents.organizations);
      case 'GET organization/*':
        return { status: 200, body: state.organization(id) };
      case 'GET organization/*/project':
        return results(state.projects(id));
      case 'GET project/*/environment':
        return results(state.environments(id));
      case 'GET organization/*/webhook':
        return results(state.webhooks(id));
      case 'POST organization/*/webhook':
        return { status: 201, body: state.addWebhook(id, parse(body)) };
      case 'GET organization/*/webhook/*':
        return { status: 200, body: state.webhook(id, webhookId) };
      case 'PUT organization/*/webhook/*':
        return { status: 200, body: state.replaceWebhook(id, webhookId, parse(body)) };
      case 'DELETE organization/*/webhook/*':
        state.removeWebhook(id, webhookId);
        return { status: 204 };
      case 'GET organization/*/webhook/*/event':
        return results(state.events(id, webhookId));
      default:
        throw new Refusal(404, 'No static resource');
    }
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal(400, 'JSON parse error');
  }
}

function send(response: ServerResponse, status: number, body?: unknown): void {
  if (body === undefined) response.writeHead(status).end();
  else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

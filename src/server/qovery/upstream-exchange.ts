import type { IncomingHttpHeaders } from 'node:http';

import type { Dispatcher } from 'undici';

import { ExchangeError, timeoutWords } from '../failure-words';
import type { UpstreamLimits } from './upstream-limits';

/** What was answered. */
export interface UpstreamAnswer {
  status: number;
  retryAfter: string | null;
  /** Or why it cannot be read: longer than an answer of that status may be, or in an encoding. */
  body: Buffer | 'too large' | 'encoded';
}

/** There was no whole answer. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';

  /**
   * @param cause what the HTTP client says, or an `ExchangeError` if the whole time was up.
   * @param isSent whether any of the request may have been: not before there is a connection for it.
   */
  constructor(
    override readonly cause: unknown,
    readonly isSent: boolean,
  ) {
    super('no answer');
  }
}

interface Ending {
  limits: UpstreamLimits;
  /** Ends it before its time. */
  signal: AbortSignal | undefined;
}

/**
 * Makes one request and reads its answer. The time that it waits for a connection counts.
 *
 * @throws {Unanswered} if there is no whole answer in time, or `signal` has ended it.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { limits, signal }: Ending,
): Promise<UpstreamAnswer> {
  return new Promise((resolve, reject) => {
    const reader = new AnswerReader(limits, { resolve, reject });
    const timer = setTimeout(() => reader.timeIsUp(), limits.whole);
    const end = () => reader.letGo(new ExchangeError('given up'));
    reader.onOver = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
    };
    signal?.addEventListener('abort', end);
    if (signal?.aborted) return end();
    dispatcher.dispatch(request, reader);
  });
}

interface Outcome {
  resolve: (answer: UpstreamAnswer) => void;
  reject: (error: Unanswered) => void;
}

class AnswerReader implements Dispatcher.DispatchHandler {
  /** Called once, at the end. */
  onOver: () => void = () => {};
  private readonly chunks: Buffer[] = [];
  private length = 0;
  private status = 0;
  private headers: IncomingHttpHeaders = {};
  private isOver = false;
  private controller: Dispatcher.DispatchController | null = null;

  constructor(
    private readonly limits: UpstreamLimits,
    private readonly outcome: Outcome,
  ) {}

  /** There is a connection, and the request goes out. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.isOver) return controller.abort(new ExchangeError('given up'));
    this.controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.status = status;
    this.headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.length += chunk.length;
    if (this.isEncoded()) return this.finish('encoded');
    if (this.length > this.most()) return this.finish('too large');
    // A copy: the chunk is a view into a larger buffer, which it would keep alive.
    this.chunks.push(Buffer.from(chunk));
  }

  onResponseEnd(): void {
    this.finish(Buffer.concat(this.chunks, this.length));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  timeIsUp(): void {
    const words = timeoutWords(this.limits.whole);
    const isSent = this.controller !== null;
    this.letGo(new ExchangeError(isSent ? words : `no connection to it was free, ${words}`));
  }

  letGo(error: ExchangeError): void {
    this.fail(error);
    this.controller?.abort(error);
  }

  private fail(error: Error): void {
    if (this.isOver) return;
    this.end();
    this.outcome.reject(new Unanswered(error, this.controller !== null));
  }

  /** With a body that has come to its end, or whose rest is not waited for. */
  private finish(body: UpstreamAnswer['body']): void {
    if (this.isOver) return;
    this.end();
    const retryAfter: unknown = this.headers['retry-after'];
    this.outcome.resolve({
      status: this.status,
      // Not if there are several.
      retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
      body,
    });
    if (!Buffer.isBuffer(body)) this.controller?.abort(new ExchangeError('read enough'));
  }

  private end(): void {
    this.isOver = true;
    this.onOver();
  }

  private most(): number {
    return this.status < 300 ? this.limits.body : this.limits.errorBody;
  }

  /** We ask for none, but not everybody listens. */
  private isEncoded(): boolean {
    const encoding = String(this.headers['content-encoding'] ?? '');
    return !/^\s*(?:identity)?\s*$/i.test(encoding);
  }
}

import type { IncomingHttpHeaders } from 'node:http';

import type { Dispatcher } from 'undici';

import { storedResponseBytes } from '../../contract/webhook-event';
import { ExchangeError, timeoutWords } from '../failure-words';

/** A receiver that has not come to its answer after so many informational ones never will. */
const mostInformational = 32;

/** What is posted. */
export interface OutgoingRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What came back. */
export interface Exchange {
  /** 0 if no final status line came. */
  status: number;
  headers: IncomingHttpHeaders | null;
  body: Buffer;
  /** Whether there was more of the body than was read. */
  cut: boolean;
  /** Why it did not come to its end, or null. */
  error: Error | null;
}

/**
 * Sends one request and reads the answer up to 16 KiB of its body, as it comes, without decompressing
 * it; then lets go. Never rejects.
 *
 * @param timeout until the last byte, in milliseconds. One clock for the whole exchange: the client's
 *   own would each watch a part.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: OutgoingRequest,
  timeout: number,
): Promise<Exchange> {
  return new Promise((resolve) => {
    const reader = new ResponseReader(resolve, timeout);
    try {
      dispatcher.dispatch(optionsOf(request), reader);
    } catch (error) {
      reader.finish(error instanceof Error ? error : new ExchangeError('connection failed'));
    }
  });
}

/** @throws {TypeError} if it is no URL. */
function optionsOf({ url, headers, body }: OutgoingRequest): Dispatcher.DispatchOptions {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: pathname + search, method: 'POST', headers, body };
}

class ResponseReader implements Dispatcher.DispatchHandler {
  private readonly parts: Buffer[] = [];
  private length = 0;
  private status = 0;
  private headers: IncomingHttpHeaders | null = null;
  private informational = 0;
  private isOver = false;
  private controller: Dispatcher.DispatchController | null = null;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly resolve: (exchange: Exchange) => void,
    timeout: number,
  ) {
    const giveUp = () => this.letGo(new ExchangeError(timeoutWords(timeout)));
    this.timer = setTimeout(giveUp, timeout);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // The time can be up before there is a connection.
    if (this.isOver) controller.abort(new ExchangeError('given up'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status >= 200) {
      this.status = status;
      this.headers = headers;
      return;
    }
    this.informational += 1;
    if (this.informational > mostInformational) {
      this.letGo(new ExchangeError('invalid HTTP response: no end of informational answers (1xx)'));
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const room = storedResponseBytes - this.length;
    // A copy: the chunk is a view into a larger buffer, which it would keep alive.
    this.parts.push(Buffer.from(chunk.subarray(0, room)));
    this.length += Math.min(chunk.length, room);
    if (chunk.length > room) this.letGo(null, true);
  }

  onResponseEnd(): void {
    this.finish(null);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.finish(error);
  }

  private letGo(error: Error | null, cut = false): void {
    this.finish(error, cut);
    this.controller?.abort(error ?? new ExchangeError('read enough'));
  }

  finish(error: Error | null, cut = false): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.timer);
    const body = Buffer.concat(this.parts, this.length);
    this.resolve({ status: this.status, headers: this.headers, body, cut, error });
  }
}

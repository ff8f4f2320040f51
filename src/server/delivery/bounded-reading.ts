import type { Socket } from 'node:net';

import { ExchangeError } from '../failure-words';

/** Many times what an answer takes of which 16 KiB of headers and 16 KiB of the body are read. */
const mostBytes = 1024 * 1024;

/**
 * Ends a connection on which more comes in answer to one request than is ever read. The HTTP client
 * has limits for headers only: a line that does not end, or blank lines, it would read as fast as they
 * come until the time is up, and nobody else would have a turn.
 */
export function boundReading(socket: Socket): void {
  let written = -1;
  let readBefore = 0;
  // Whatever is written is a request: one at a time is on a connection.
  socket.on('readable', () => {
    if (socket.bytesWritten !== written) {
      written = socket.bytesWritten;
      readBefore = socket.bytesRead;
    }
    if (socket.bytesRead - readBefore <= mostBytes) return;
    socket.destroy(new ExchangeError('invalid HTTP response: no end of it'));
  });
}

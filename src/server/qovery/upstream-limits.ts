/** What a call to a Qovery API may take. */
export interface UpstreamLimits {
  /** Until the connection stands, in milliseconds. */
  connect: number;
  /** From the request to the answer's headers, in milliseconds. */
  headers: number;
  /** Without a byte of the answer's body, in milliseconds. */
  pause: number;
  /** All in all, also waiting for a free connection, in milliseconds. */
  whole: number;
  /** At once; further calls wait. */
  connections: number;
  /** Of an answer's body, in bytes. */
  body: number;
  /** Of an error's body, in bytes: what is longer is no sentence for people. */
  errorBody: number;
}

/**
 * Shorter all in all than the minute after which the console gives up, so that it hears why. A list of
 * 10,000 webhooks is about 5 MB.
 */
export const upstreamLimits: UpstreamLimits = {
  connect: 5000,
  headers: 20_000,
  pause: 10_000,
  whole: 30_000,
  connections: 32,
  body: 16 * 1024 * 1024,
  errorBody: 16 * 1024,
};

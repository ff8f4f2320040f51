import { isIPv6 } from 'node:net';

import type { Settings } from './env';

/**
 * The address to open in a browser: `PUBLIC_URL`, or where the server listens. A server that listens
 * everywhere is named by the machine itself.
 *
 * @param port the real one.
 */
export function browserAddress(
  { host, publicUrl }: Pick<Settings, 'host' | 'publicUrl'>,
  port: number,
): string {
  return publicUrl ?? localAddress(host, port);
}

/** The address by which this machine reaches its own server. */
export function localAddress(host: string, port: number): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** The link that signs a browser in; the code is in the fragment, which no log ever sees. */
export function signInLink(address: string, code: string): string {
  return `${address}/sign-in#code=${code}`;
}

/**
 * What a person reads in the terminal once the server is ready.
 *
 * @param fact one more line about how it was started.
 */
export function greeting(url: string, link: string, fact: string): string {
  return [
    '',
    `  Webhook console is at  ${url}`,
    `  Sign in with           ${link}`,
    '                         (once, within 10 minutes; npm run sign-in-link prints another)',
    `  ${fact}`,
    '',
    '',
  ].join('\n');
}

import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/*
 * Hosts that take connections and whatever comes over them, and never answer: a process of its own,
 * one host a port.
 */

/** How many ports to listen on. */
export interface HangTask {
  hosts: number;
}

/** Where it listens. */
export interface Hanging {
  is: 'hanging';
  ports: number[];
}

async function listen(): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

process.on('message', ({ hosts }: HangTask) => {
  void Promise.all(Array.from({ length: hosts }, listen)).then((ports) => {
    process.send?.({ is: 'hanging', ports } satisfies Hanging);
  });
});
process.on('disconnect', () => process.exit());

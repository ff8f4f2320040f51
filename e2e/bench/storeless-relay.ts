import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { Agent, request } from 'undici';

import type { SampleRequest } from './counting-receiver';

/*
 * What events in and bodies out are compared with: the same HTTP in and out, by the same libraries
 * and over as many connections, and nothing stored, matched or signed. A process of its own, as the
 * server is.
 */

/** What it is to do. */
export interface RelayTask {
  /** By the name of a project: the port that its events go to. */
  ports: Record<string, number>;
  connectionsPerPort: number;
  /** What it sends for each event, but for the id. */
  sample: SampleRequest;
}

/** Where it takes events. */
export interface RelayListening {
  is: 'listening';
  url: string;
}

async function listen({ ports, connectionsPerPort, sample }: RelayTask): Promise<void> {
  const dispatcher = new Agent({ connections: connectionsPerPort });
  const send = async (port: number, id: string) => {
    const { body } = await request(`http://127.0.0.1:${port}/`, {
      dispatcher,
      method: 'POST',
      headers: { ...sample.headers, 'webhook-id': id },
      body: sample.body,
    });
    await body.dump();
  };
  const app = new Hono();
  app.post('/deployment-event', async (c) => {
    const event = await c.req.json<{ project: { name: string } }>();
    const id = randomUUID();
    void send(ports[event.project.name] ?? 0, id);
    return c.json({ id: randomUUID(), deliveries: [{ id, webhook_id: id }] }, 202);
  });
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  if (!server.listening) await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const message: RelayListening = {
    is: 'listening',
    url: `http://127.0.0.1:${port}/deployment-event`,
  };
  process.send?.(message);
}

// An error ends the process, and with it the bench.
process.once('message', (task: RelayTask) => void listen(task));
process.on('disconnect', () => process.exit());

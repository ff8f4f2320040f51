import { randomUUID } from 'node:crypto';

import { Agent, request } from 'undici';

import type { SampleRequest } from './counting-receiver';
import { inParallel } from './figures';

/*
 * What deliveries are compared with: the same HTTP client sending the same bytes as fast as it can,
 * with as many requests in flight, and nothing else. A process of its own, as the server is.
 */

/** What it is to send. */
export interface BareLoopTask {
  ports: number[];
  count: number;
  perPort: number;
  sample: SampleRequest;
}

/** Says that all was answered. */
export interface BareLoopDone {
  is: 'done';
}

async function run({ ports, count, perPort, sample }: BareLoopTask): Promise<void> {
  const dispatcher = new Agent({ connections: perPort });
  await inParallel(count, ports.length * perPort, async (index) => {
    const port = ports[index % ports.length] ?? 0;
    const { body } = await request(`http://127.0.0.1:${port}/`, {
      dispatcher,
      method: 'POST',
      headers: { ...sample.headers, 'webhook-id': randomUUID() },
      body: sample.body,
    });
    await body.dump();
  });
  await dispatcher.close();
}

process.once('message', (task: BareLoopTask) => {
  run(task).then(
    () => process.send?.({ is: 'done' } satisfies BareLoopDone),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit());

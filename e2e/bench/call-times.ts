import { Agent, request } from 'undici';

import { type Call, callsTo } from './calls';
import { format, median, report } from './figures';
import type { Installation } from './installation';
import { readProcess } from './watched-server';

/*
 * Every call of the API on a large installation and on a small one, in turn, over a connection that
 * stays open: from the request until the answer is read.
 */

const rounds = 15;
const allowedRatio = 3;
const longTurn = 50;

const dispatcher = new Agent({ connections: 1 });

/** Milliseconds that one call took. Throws unless its answer is 2xx. */
async function time({ server }: Installation, call: Call): Promise<number> {
  const path = typeof call.path === 'string' ? call.path : await call.path();
  const startedAt = performance.now();
  const { statusCode, body } = await request(server.url + path, {
    dispatcher,
    method: call.method ?? 'GET',
    headers: {
      authorization: `Token ${server.adminToken}`,
      ...(call.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
  });
  const text = await body.text();
  const milliseconds = performance.now() - startedAt;
  if (statusCode >= 200 && statusCode < 300) return milliseconds;
  throw new Error(`${call.name}: ${statusCode} ${text.slice(0, 300)}`);
}

/** Prints a line for each call; false if one did not work. */
export async function benchCalls(small: Installation, big: Installation): Promise<boolean> {
  console.log(
    `\nCalls on it and on a small installation: medians of ${rounds}, in turn; wanted: at most ${allowedRatio} times, but for lists of all`,
  );
  const bigCalls = await callsTo(big);
  let isServed = true;
  for (const [index, smallCall] of (await callsTo(small)).entries()) {
    const bigCall = bigCalls[index];
    if (!bigCall) throw new Error('Both installations have the same calls.');
    try {
      await compare(small, smallCall, big, bigCall);
    } catch (error) {
      isServed = false;
      console.log(`  ✗ ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return isServed;
}

async function compare(
  small: Installation,
  smallCall: Call,
  big: Installation,
  bigCall: Call,
): Promise<void> {
  const onSmall: number[] = [];
  const onBig: number[] = [];
  for (const warmUp of [small, big]) await time(warmUp, warmUp === big ? bigCall : smallCall);
  await readProcess(big.server);
  for (let round = 0; round < rounds; round += 1) {
    onSmall.push(await time(small, smallCall));
    onBig.push(await time(big, bigCall));
  }
  const { longestTurn } = await readProcess(big.server);
  const ratio = median(onBig) / median(onSmall);
  const remarks = [
    `${format(median(onBig), 1)} ms to ${format(median(onSmall), 1)} ms`,
    bigCall.isOfAll && 'a list of all',
    !bigCall.isOfAll && ratio > allowedRatio && '← more than wanted',
    longestTurn > longTurn && `← held up the event loop for ${format(longestTurn)} ms`,
  ];
  report(bigCall.name, `${format(ratio, 2)}×`, remarks.filter(Boolean).join('  '));
}

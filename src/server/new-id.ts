import { randomFillSync } from 'node:crypto';

import { v7 } from 'uuid';

const randomBytes = 16;
/** Drawing random bytes takes longer than all the rest, so they are drawn for many ids at once. */
const drawn = new Uint8Array(256 * randomBytes);
let used = drawn.length;

let msecs = 0;
let seq = 0;

/**
 * A new id that sorts after all that this process made before: a UUIDv7, whose counter goes on within
 * a millisecond (RFC 9562, 6.2, method 1).
 */
export function newId(): string {
  const random = drawRandom();
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    // Half of the counter's range is left to count on.
    seq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
  } else {
    seq += 1;
  }
  return v7({ msecs, seq, random });
}

function drawRandom(): Uint8Array {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += randomBytes;
  return drawn.subarray(used - randomBytes, used);
}

import { expect, it } from 'vitest';

import { boundedLookUp, mostLookUps } from './bounded-look-up';
import type { Address } from './target-guard';

/** A resolver that answers when it is told to. */
function holdingResolver(most: number) {
  const asked: string[] = [];
  const held = new Map<string, { answer: () => void; fail: () => void }>();
  const lookUp = boundedLookUp((hostname) => {
    asked.push(hostname);
    return new Promise<readonly Address[]>((resolve, reject) => {
      held.set(hostname, {
        answer: () => resolve([{ address: hostname, family: 4 }]),
        fail: () => reject(new Error(`no ${hostname}`)),
      });
    });
  }, most);
  return { asked, held, lookUp };
}

it('looks up so many names at once, and the others in their order', async () => {
  const { asked, held, lookUp } = holdingResolver(2);
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => lookUp(name));
  expect(asked).toEqual(['a', 'b']);
  held.get('b')?.answer();
  expect(await b).toEqual([{ address: 'b', family: 4 }]);
  await Promise.resolve();
  expect(asked).toEqual(['a', 'b', 'c']);
  held.get('a')?.fail();
  await expect(a).rejects.toThrow('no a');
  await Promise.resolve();
  expect(asked).toEqual(['a', 'b', 'c', 'd']);
  held.get('c')?.answer();
  held.get('d')?.answer();
  await Promise.all([c, d]);
  // All places are free again, and no more than there were.
  void ['e', 'f', 'g'].map((name) => lookUp(name));
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

it('asks once for a name at a time, and anew afterwards', async () => {
  const { asked, held, lookUp } = holdingResolver(2);
  const answers = [lookUp('a'), lookUp('a'), lookUp('a')];
  held.get('a')?.answer();
  for (const answer of answers) expect(await answer).toEqual([{ address: 'a', family: 4 }]);
  void lookUp('a');
  expect(asked).toEqual(['a', 'a']);
});

it.each([
  [undefined, 2],
  ['', 2],
  ['many', 2],
  ['1', 1],
  ['16', 14],
])('with a pool size of %j leaves threads for other work', (poolSize, most) => {
  expect(mostLookUps(poolSize)).toBe(most);
});

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

/** Lets these names resolve once, so that they count as good. */
async function resolveOnce({ held, lookUp }: ReturnType<typeof holdingResolver>, names: string[]) {
  for (const name of names) {
    const answer = lookUp(name);
    held.get(name)?.answer();
    await answer;
  }
}

it('looks up so many good names at once, and the others in their order', async () => {
  const resolver = holdingResolver(2);
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  await resolveOnce(resolver, names);
  const { asked, held, lookUp } = resolver;
  asked.length = 0;
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

it.each([
  [1, 1],
  [2, 1],
  [3, 1],
  [14, 7],
])('of %i places gives %i to names that are not known to resolve', async (most, share) => {
  const resolver = holdingResolver(most);
  const good = Array.from({ length: 20 }, (_, index) => `good${index}`);
  await resolveOnce(resolver, good);
  const { asked, lookUp } = resolver;
  asked.length = 0;
  for (let index = 0; index < 20; index += 1) void lookUp(`dead${index}`);
  expect(asked).toHaveLength(share);
  for (const name of good) void lookUp(name);
  expect(asked).toHaveLength(most);
  expect(asked.slice(share)).toEqual(good.slice(0, most - share));
});

it('puts names that resolved first, and those that did not last', async () => {
  const resolver = holdingResolver(2);
  await resolveOnce(resolver, ['good']);
  const { asked, held, lookUp } = resolver;
  const failed = lookUp('bad');
  held.get('bad')?.fail();
  await expect(failed).rejects.toThrow('no bad');
  asked.length = 0;
  const settled = (name: string) => lookUp(name).catch(() => null);
  const waiting = new Map(['stuck', 'bad', 'new', 'newer'].map((name) => [name, settled(name)]));
  const fading = settled('good');
  expect(asked).toEqual(['stuck', 'good']);
  held.get('good')?.fail();
  await fading;
  for (const name of ['stuck', 'new', 'newer']) {
    held.get(name)?.answer();
    await waiting.get(name);
    await Promise.resolve();
  }
  expect(asked).toEqual(['stuck', 'good', 'new', 'newer', 'bad']);
  // It is good again as soon as it resolves, and another no longer as soon as it does not.
  held.get('bad')?.answer();
  await waiting.get('bad');
  asked.length = 0;
  void ['x', 'good', 'bad'].map((name) => lookUp(name));
  expect(asked).toEqual(['x', 'bad']);
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

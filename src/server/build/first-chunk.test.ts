import { expect, it } from 'vitest';

import { firstChunk } from './first-chunk';

/** Which modules import which statically. */
const importers: Record<string, string[]> = {
  main: [],
  list: ['main', 'row'],
  row: ['list'],
  form: [],
  field: ['form'],
  shared: ['field', 'list'],
};

it.each([
  ['main', 'first'],
  ['list', 'first'],
  ['row', 'first'],
  ['shared', 'first'],
  ['form', null],
  ['field', null],
  ['unknown', null],
])('puts %s where it is loaded: %s', (module, chunk) => {
  const getModuleInfo = (id: string) => {
    const from = importers[id];
    return from ? { isEntry: id === 'main', importers: from } : null;
  };
  expect(firstChunk(module, { getModuleInfo } as never)).toBe(chunk);
});

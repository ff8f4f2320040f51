import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { deploymentEventTypes, environmentModes } from '../../contract/webhook';
import { editedFields, mergeEdits, type EditedField } from './merge-edits';
import { initialValues, type WebhookFormValues } from './webhook-form-values';

const base: WebhookFormValues = {
  ...initialValues(null),
  target_url: 'https://example.org/hook',
  events: ['DEPLOYMENT_STARTED', 'DEPLOYMENT_FAILURE'],
  environment_types_filter: ['PRODUCTION', 'STAGING'],
  project_names_filter: ['api', 'shop-*'],
};
const secret = { none: { action: 'set', value: '' }, kept: { action: 'keep', value: '' } } as const;
const typed = { action: 'set', value: 'typed' } as const;
const removed = { action: 'remove', value: '' } as const;

type Change = Partial<WebhookFormValues>;

function merge(mine: Change, theirs: Change, start: Change = {}) {
  const from = { ...base, ...start };
  return mergeEdits(from, { ...from, ...mine }, { ...from, ...theirs });
}

test('nothing changed stays as it is', () => {
  expect(merge({}, {})).toEqual({ values: base, kept: [], conflicts: [] });
});

describe('one value', () => {
  test.each<[string, Change, Change, Change, EditedField[], EditedField[]]>([
    ['only mine', { description: 'm' }, {}, { description: 'm' }, [], []],
    ['only theirs', {}, { description: 't' }, { description: 't' }, ['description'], []],
    ['both the same', { kind: 'SLACK' }, { kind: 'SLACK' }, { kind: 'SLACK' }, [], []],
    [
      'both, differently',
      { description: 'm' },
      { description: 't' },
      { description: 'm' },
      [],
      ['description'],
    ],
    [
      'different fields',
      { description: 'm' },
      { enabled: false },
      { description: 'm', enabled: false },
      ['enabled'],
      [],
    ],
    [
      'spaces around a URL that they changed',
      { target_url: ' https://example.org/hook ' },
      { target_url: 'https://example.org/t' },
      { target_url: 'https://example.org/t' },
      ['target_url'],
      [],
    ],
  ])('%s', (_, mine, theirs, values, kept, conflicts) => {
    expect(merge(mine, theirs)).toEqual({ values: { ...base, ...values }, kept, conflicts });
  });
});

describe('lists', () => {
  const [started, succeeded, failed, cancelled] = deploymentEventTypes;
  test.each<[string, string[], string[], string[] | 'conflict']>([
    [
      'both added',
      [started, failed, succeeded],
      [started, failed, cancelled],
      [started, failed, cancelled, succeeded],
    ],
    ['one added, one removed', [started, failed, succeeded], [failed], [failed, succeeded]],
    ['both removed the same', [started], [started], [started]],
    ['both removed until nothing is left', [started], [failed], 'conflict'],
    ['the order does not matter', [failed, started], [failed], [failed]],
  ])('events: %s', (_, mine, theirs, expected) => {
    const { values, conflicts } = merge({ events: mine }, { events: theirs });
    if (expected === 'conflict') expect(conflicts).toEqual(['events']);
    else expect({ events: values.events, conflicts }).toEqual({ events: expected, conflicts: [] });
  });

  test.each<[string, string[], string[], string[], string[] | 'conflict']>([
    ['both removed all', ['PRODUCTION', 'STAGING'], ['PRODUCTION'], ['STAGING'], 'conflict'],
    ['both narrowed what took all', [], ['PRODUCTION'], ['STAGING'], 'conflict'],
    ['one took all, one added', ['PRODUCTION'], [], ['PRODUCTION', 'PREVIEW'], 'conflict'],
    ['one added, one took all', ['PRODUCTION'], ['PRODUCTION', 'PREVIEW'], [], 'conflict'],
    ['only one took all', ['PRODUCTION'], ['PRODUCTION'], [], []],
    [
      'both added',
      ['PRODUCTION'],
      ['PRODUCTION', 'STAGING'],
      ['PRODUCTION', 'PREVIEW'],
      ['PRODUCTION', 'PREVIEW', 'STAGING'],
    ],
  ])('environments: %s', (_, before, mine, theirs, expected) => {
    const field = 'environment_types_filter';
    const { values, conflicts } = merge(
      { [field]: mine },
      { [field]: theirs },
      { [field]: before },
    );
    if (expected === 'conflict') {
      expect(conflicts).toEqual([field]);
      expect(values[field]).toEqual(mine);
    } else expect({ list: values[field], conflicts }).toEqual({ list: expected, conflicts: [] });
  });

  test.each<[string, string[], string[], string[] | 'conflict']>([
    [
      'both added',
      ['api', 'shop-*', 'mine'],
      ['api', 'shop-*', 'theirs'],
      ['api', 'shop-*', 'theirs', 'mine'],
    ],
    [
      'the same in another case',
      ['api', 'shop-*', 'WEB'],
      ['api', 'shop-*', 'web', 'x'],
      ['api', 'shop-*', 'WEB', 'x'],
    ],
    [
      'spelled anew, and something added',
      ['API', 'shop-*'],
      ['api', 'shop-*', 'x'],
      ['API', 'shop-*', 'x'],
    ],
    [
      'more than fit',
      ['api', ...Array.from({ length: 60 }, (_, i) => `m${i}`)],
      ['api', ...Array.from({ length: 60 }, (_, i) => `t${i}`)],
      'conflict',
    ],
  ])('projects: %s', (_, mine, theirs, expected) => {
    const field = 'project_names_filter';
    const { values, conflicts } = merge({ [field]: mine }, { [field]: theirs });
    if (expected === 'conflict') expect(conflicts).toEqual([field]);
    else expect({ list: values[field], conflicts }).toEqual({ list: expected, conflicts: [] });
  });
});

describe('the secret', () => {
  const elsewhere = 'https://example.org/elsewhere';
  test.each<[string, WebhookFormValues['target_secret'], Change, Change, unknown, boolean]>([
    ['untouched, theirs set', secret.none, {}, { target_secret: secret.kept }, secret.kept, false],
    [
      'untouched, theirs removed',
      secret.kept,
      {},
      { target_secret: secret.none },
      secret.none,
      false,
    ],
    ['replaced here', secret.kept, { target_secret: typed }, { enabled: false }, typed, false],
    [
      'replaced here, removed there',
      secret.kept,
      { target_secret: typed },
      { target_secret: secret.none },
      typed,
      true,
    ],
    [
      'set on both sides',
      secret.none,
      { target_secret: typed },
      { target_secret: secret.kept },
      typed,
      true,
    ],
    [
      'removed on both sides',
      secret.kept,
      { target_secret: removed },
      { target_secret: secret.none },
      secret.none,
      false,
    ],
    [
      'begun to replace, removed there',
      secret.kept,
      { target_secret: secret.none },
      { target_secret: secret.none },
      secret.none,
      false,
    ],
    [
      'typed for a receiver that they replaced',
      secret.kept,
      { target_secret: typed },
      { target_url: elsewhere },
      typed,
      true,
    ],
    [
      'typed, and they changed the query',
      secret.kept,
      { target_secret: typed },
      { target_url: `${base.target_url}?x` },
      typed,
      false,
    ],
    [
      'none here with a new receiver, set there',
      secret.none,
      { target_url: elsewhere },
      { target_secret: secret.kept },
      removed,
      true,
    ],
  ])('%s', (_, before, mine, theirs, expected, isConflict) => {
    const { values, conflicts } = merge(mine, theirs, { target_secret: before });
    expect(values.target_secret).toEqual(expected);
    expect(conflicts.includes('target_secret')).toBe(isConflict);
  });

  test('one that was typed for another URL is asked for again where theirs cannot be kept', () => {
    const both = { ...base, target_secret: secret.kept };
    const moved = { ...both, target_url: 'https://example.net/moved' };
    const mine = { ...both, target_secret: typed };
    const terms = { isKept: false, mayBeAnother: true };
    const merge = mergeEdits(both, mine, moved, terms);
    expect(merge.conflicts).toEqual(['target_secret']);
    expect(merge.values).toMatchObject({
      target_url: moved.target_url,
      target_secret: secret.kept,
    });
    const here = mergeEdits(both, mine, { ...both, description: 'theirs' }, terms);
    expect(here.values.target_secret).toEqual(typed);
  });

  test('one that others have set is asked for where saving would drop it', () => {
    const theirs = { ...base, target_secret: secret.kept };
    const { values, conflicts } = mergeEdits(base, { ...base, description: 'm' }, theirs, {
      isKept: false,
      mayBeAnother: false,
    });
    expect(conflicts).toEqual(['target_secret']);
    expect(values).toMatchObject({ description: 'm', target_secret: secret.kept });
  });

  test.each<[WebhookFormValues['target_secret'], boolean]>([
    [typed, true],
    [removed, true],
    [secret.kept, false],
  ])(
    'one that others may have replaced is asked about where it would be lost: %j',
    (mine, asked) => {
      const both = { ...base, target_secret: secret.kept };
      const { conflicts } = mergeEdits(both, { ...both, target_secret: mine }, both, {
        isKept: true,
        mayBeAnother: true,
      });
      expect(conflicts).toEqual(asked ? ['target_secret'] : []);
    },
  );
});

const name = fc.string({
  unit: fc.constantFrom('a', 'b', 'C', '*', '-'),
  minLength: 1,
  maxLength: 6,
});
const values: fc.Arbitrary<WebhookFormValues> = fc.record({
  target_url: fc.webUrl(),
  kind: fc.constantFrom('STANDARD', 'SLACK'),
  description: fc.string(),
  target_secret: fc.constantFrom(secret.none, secret.kept),
  events: fc.subarray([...deploymentEventTypes], { minLength: 1 }),
  environment_types_filter: fc.subarray([...environmentModes]),
  project_names_filter: fc.uniqueArray(name, { selector: (text) => text.toLowerCase() }),
  project_names_typed: fc.constant(''),
  enabled: fc.boolean(),
});

/** `from` with these fields as in `to`. */
function withFields(
  from: WebhookFormValues,
  to: WebhookFormValues,
  fields: readonly EditedField[],
) {
  return { ...from, ...Object.fromEntries(fields.map((field) => [field, to[field]])) };
}

test('changes of different fields are always both kept', () => {
  // URL and secret go together: a secret is for one receiver.
  const free = editedFields.filter((field) => field !== 'target_secret');
  fc.assert(
    fc.property(values, values, values, fc.subarray(free), (start, a, b, mineOnly) => {
      const theirsOnly = free.filter((field) => !mineOnly.includes(field));
      const mine = withFields(start, a, mineOnly);
      const theirs = withFields(start, b, theirsOnly);
      const merged = mergeEdits(start, mine, theirs);
      expect(merged.conflicts).toEqual([]);
      expect(merged.values).toEqual(withFields(mine, theirs, theirsOnly));
    }),
  );
});

test('what was merged once merges to the same again', () => {
  fc.assert(
    fc.property(values, values, values, (start, mine, theirs) => {
      const once = mergeEdits(start, mine, theirs);
      expect(mergeEdits(start, once.values, theirs).values).toEqual(once.values);
    }),
  );
});

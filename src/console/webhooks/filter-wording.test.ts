import { expect, test } from 'vitest';

import { compileFilter, type WebhookFilter } from '../../contract/filter';
import { laterProjects, verdictWords } from './filter-wording';

const event = { event_type: 'DEPLOYMENT_STARTED', mode: 'STAGING', project_name: 'billing' };
const open: WebhookFilter = {
  enabled: true,
  events: ['DEPLOYMENT_STARTED'],
  environment_types_filter: [],
  project_names_filter: [],
};

test.each<[Partial<WebhookFilter>, object, string]>([
  [{}, {}, 'would be sent'],
  [{ enabled: false }, {}, 'kept out: the webhook is disabled'],
  [{ events: ['DEPLOYMENT_FAILURE'] }, {}, 'kept out: event is Deployment started'],
  [{ events: [] }, { event_type: 'ROLLBACK' }, 'kept out: event is ROLLBACK'],
  [{ environment_types_filter: ['PRODUCTION'] }, {}, 'kept out: environment type is Staging'],
  [{ environment_types_filter: ['X'] }, { mode: 'CANARY' }, 'kept out: environment type is CANARY'],
  [{ project_names_filter: ['web', 'api*'] }, {}, 'kept out: no project pattern matches “billing”'],
])('%j decides over %j: %s', (filter, change, words) => {
  const about = { ...event, ...change };
  expect(verdictWords(compileFilter({ ...open, ...filter })(about), about)).toBe(words);
});

test.each([
  [[], 'any later one'],
  [['*'], 'any later one'],
  [['api', '**'], 'any later one'],
  [['api', 'billing'], null],
  [['product*'], 'any later project whose name starts with product'],
  [['product**'], 'any later project whose name starts with product'],
  [['*-api'], 'any later project whose name ends with -api'],
  [['*x*'], 'any later project whose name contains x'],
  [['a*b'], 'any later project whose name matches a*b'],
  [['*a*b'], 'any later project whose name matches *a*b'],
  [['a*b*'], 'any later project whose name matches a*b*'],
  [['*a*b*'], 'any later project whose name matches *a*b*'],
  [['web', 'a*', '*b'], 'any later project whose name starts with a or ends with b'],
  [
    ['a*', '*b', '*c*', 'd*e'],
    'any later project whose name starts with a, ends with b, contains c or matches d*e',
  ],
  [
    ['a*', '*b', '*c*', 'd*e', 'f*'],
    'any later project whose name starts with a, ends with b, contains c or matches one of 2 more patterns',
  ],
])('%j takes %s', (patterns, words) => {
  expect(laterProjects(patterns)).toBe(words);
});

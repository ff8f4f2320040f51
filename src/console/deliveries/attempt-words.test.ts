import { expect, test } from 'vitest';

import { buildBody } from '../../contract/payload';
import { sampleDeploymentEvent } from '../../contract/sample-event';
import type { WebhookEvent } from '../../contract/webhook-event';
import { placeWords } from './attempt-words';

const project = { id: 'p', name: 'shop' };
const environment = { id: 'e', name: 'live', mode: 'PRODUCTION' };
const event = sampleDeploymentEvent('DEPLOYMENT_SUCCESSFUL');
const sent = (kind: 'STANDARD' | 'SLACK') =>
  ({ request: JSON.parse(buildBody(kind, event)) }) as Pick<WebhookEvent, 'request'>;
const unknown = { project: null, environment: null, trigger: null, delivery_id: null, request: {} };

test.each([
  ['told by the API', { project, environment }, 'shop / live (Production)'],
  [
    'names from right to left, each for itself',
    { project: { ...project, name: 'חנות' }, environment: { ...environment, name: 'متجر 1' } },
    '\u2068חנות\u2069 / \u2068متجر 1\u2069 (Production)',
  ],
  [
    'a name that would turn what follows round, or break the line',
    { project: { ...project, name: 'shop\u202egnp\n' }, environment },
    'shop\ufffdgnp\ufffd / live (Production)',
  ],
  ['a test', { trigger: 'test' }, 'Test with sample data'],
  ['too old', { delivery_id: 'd' }, 'The event is no longer stored'],
  ['told by nobody', {}, ''],
  ['told in part', { request: { payload: { project } } }, ''],
  ['told by the payload', sent('STANDARD'), 'storefront / main (Production)'],
  ['a message for Slack', sent('SLACK'), ''],
])('where it happened: %s', (_, told, words) => {
  expect(placeWords({ ...unknown, ...told })).toBe(words);
});

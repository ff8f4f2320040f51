import { expect, test } from 'vitest';

import { webhookSchema } from '../../contract/webhook';
import { outcomesOf } from './event-outcome';

const created_at = '2026-01-02T00:00:00Z';
const webhook = {
  ...webhookSchema.parse({ id: 'w', created_at }),
  enabled: true,
  events: ['DEPLOYMENT_FAILURE'],
  environment_types_filter: ['PRODUCTION'],
  project_names_filter: ['shop*'],
};

const event = {
  id: 'e',
  accepted_at: '2026-01-03T00:00:00Z',
  created_at: '2026-01-03T00:00:00Z',
  event_type: 'DEPLOYMENT_FAILURE',
  project: { id: 'p', name: 'shop' },
  environment: { id: 'n', name: 'main', mode: 'PRODUCTION' },
  delivery_id: null,
};
const generic = 'not sent: the webhook was added, changed or disabled at that time';

test.each([
  ['delivered', {}, { delivery_id: 'd', delivery_status: 'succeeded' }, 'delivered'],
  ['failed', {}, { delivery_id: 'd', delivery_status: 'failed' }, 'failed'],
  ['cancelled', {}, { delivery_id: 'd', delivery_status: 'cancelled' }, 'cancelled'],
  ['on its way', {}, { delivery_id: 'd', delivery_status: 'pending' }, 'on its way'],
  // An API may not say how it stands, or in words of its own.
  ['sent', {}, { delivery_id: 'd' }, 'sent'],
  ['sent', {}, { delivery_id: 'd', delivery_status: null }, 'sent'],
  ['sent', {}, { delivery_id: 'd', delivery_status: 'constructor' }, 'sent'],
  // A delivery tells more than filters that may have been changed since.
  ['sent', {}, { delivery_id: 'd', event_type: 'DEPLOYMENT_STARTED' }, 'sent'],
  ['kept out', {}, { event_type: 'DEPLOYMENT_STARTED' }, 'kept out: event is Deployment started'],
  [
    'kept out',
    {},
    { environment: { ...event.environment, mode: 'STAGING' } },
    'kept out: environment type is Staging',
  ],
  [
    'kept out',
    { enabled: false },
    { project: { id: 'p', name: 'web' } },
    'kept out: no project pattern matches “web”',
  ],
  [
    'kept out',
    {},
    { event_type: 'DEPLOYMENT_STARTED', project: { id: 'p', name: 'web' } },
    'kept out: event is Deployment started, and no project pattern matches “web”',
  ],
  ['missed', {}, {}, generic],
  ['missed', { enabled: false }, {}, generic],
  [
    'missed',
    { enabled: false, disabled_at: '2026-01-02T12:00:00Z' },
    {},
    'not sent: the webhook was disabled at that time',
  ],
  ['missed', { enabled: false, disabled_at: '2026-01-04T00:00:00Z' }, {}, generic],
  ['missed', {}, { accepted_at: '2026-01-01T00:00:00Z' }, 'not sent: the webhook was added later'],
])('%#: %s', (what, ofWebhook, ofEvent, words) => {
  const [outcome] = outcomesOf([{ ...event, ...ofEvent }], { ...webhook, ...ofWebhook });
  expect(outcome).toMatchObject({ what, words });
});

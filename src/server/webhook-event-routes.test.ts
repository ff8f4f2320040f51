import { expect, it } from 'vitest';

import { deploymentEventsPath, webhookEventsPath, webhooksPath } from '../contract/api-paths';
import { createTestServer, organizationId } from './test-server';

async function createServerWithEvents(count: number) {
  const server = await createTestServer();
  const { body } = await server.call('POST', webhooksPath(organizationId), {
    body: { kind: 'STANDARD', target_url: 'https://example.org', events: ['DEPLOYMENT_STARTED'] },
  });
  const event = {
    event_type: 'DEPLOYMENT_STARTED',
    project: { name: 'api' },
    environment: { name: 'main', mode: 'STAGING' },
  };
  const deliveries: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const accepted = await server.call('POST', deploymentEventsPath(organizationId), {
      body: event,
    });
    deliveries.unshift(...(accepted.body.deliveries as { id: string }[]).map(({ id }) => id));
  }
  const path = webhookEventsPath(organizationId, String(body.id));
  const list = async (query = '') => {
    const answer = await server.call('GET', path + query);
    expect(answer.status).toBe(200);
    return answer.body.results as Record<string, unknown>[];
  };
  return { call: server.call, path, list, deliveries };
}

it('lists what is on its way, with the body that will be sent', async () => {
  const { list, deliveries } = await createServerWithEvents(1);
  expect(await list()).toEqual([
    expect.objectContaining({
      id: deliveries[0],
      delivery_id: deliveries[0],
      created_at: '2026-01-31T12:00:00.000Z',
      kind: 'STANDARD',
      matched_event: 'DEPLOYMENT_STARTED',
      target_url_used: 'https://example.org',
      request: expect.objectContaining({ payload_type: 'DEPLOYMENT' }),
      target_response_status_code: 0,
      attempt: 0,
      trigger: 'event',
    }),
  ]);
});

it('gives pages, newest first: 50 rows unless another number is asked for', async () => {
  const { list, deliveries } = await createServerWithEvents(52);
  const ids = async (query?: string) => (await list(query)).map(({ id }) => id);
  expect(await ids()).toEqual(deliveries.slice(0, 50));
  expect(await ids('?limit=3')).toEqual(deliveries.slice(0, 3));
  expect(await ids(`?limit=2&before=${deliveries[2]}`)).toEqual(deliveries.slice(3, 5));
  expect(await ids(`?before=${deliveries[2]?.toUpperCase()}&limit=1`)).toEqual([deliveries[3]]);
  expect(await ids('?limit=200')).toEqual(deliveries);
  expect(await ids(`?before=${deliveries.at(-1)}`)).toEqual([]);
});

it.each([
  ['?limit=0', '/limit'],
  ['?limit=201', '/limit'],
  ['?limit=', '/limit'],
  ['?limit=1.5', '/limit'],
  ['?limit=-1', '/limit'],
  ['?limit=many', '/limit'],
  ['?before=', '/before'],
  ['?before=1', '/before'],
])('refuses %s', async (query, pointer) => {
  const { call, path } = await createServerWithEvents(0);
  const { status, body } = await call('GET', path + query);
  expect(status).toBe(400);
  expect(body.errors).toEqual([{ pointer, message: expect.stringContaining(pointer.slice(1)) }]);
});

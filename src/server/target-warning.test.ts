import ipaddr from 'ipaddr.js';
import { expect, it } from 'vitest';

import { webhooksPath } from '../contract/api-paths';
import { refusedHosts } from './delivery/test-hosts';
import { warnAboutTarget } from './target-warning';
import { createTestServer, organizationId } from './test-server';

it('says that deliveries to a private address will be refused, and that it can be allowed', async () => {
  const [warning, ...more] = await warnAboutTarget('http://10.0.0.1/hook', []);
  expect(warning?.pointer).toBe('/target_url');
  expect(warning?.message).toMatch(/private address.*will be refused.*ALLOWED_PRIVATE_TARGETS/);
  expect(more).toEqual([]);
});

it('says nothing of others', async () => {
  expect(await warnAboutTarget('http://8.8.8.8/hook', [])).toEqual([]);
  const allowed = [ipaddr.parseCIDR('10.0.0.0/8')];
  expect(await warnAboutTarget('http://10.0.0.1/hook', allowed)).toEqual([]);
});

it('is said of every spelling, and the webhook is saved all the same', async () => {
  const server = await createTestServer({ warnAboutTarget: (url) => warnAboutTarget(url, []) });
  for (const host of refusedHosts) {
    const { status, body } = await server.call('POST', webhooksPath(organizationId), {
      body: {
        target_url: `https://${host}/hook`,
        kind: 'STANDARD',
        events: ['DEPLOYMENT_STARTED'],
      },
    });
    expect({ host, status }).toEqual({ host, status: 201 });
    expect(body.warnings, host).toMatchObject([{ pointer: '/target_url' }]);
  }
});

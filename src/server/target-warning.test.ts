import ipaddr from 'ipaddr.js';
import { expect, it } from 'vitest';

import { warnAboutTarget } from './target-warning';

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

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { DeploymentEvent } from './deployment-event';
import { buildBody, createdAtOfBody } from './payload';
import { sampleDeploymentEvent } from './sample-event';
import type { SlackMessage } from './slack-message';
import { deploymentEventTypes } from './webhook';

const pretty = (body: string) => `${JSON.stringify(JSON.parse(body), null, 2)}\n`;

describe.each(deploymentEventTypes)('%s', (eventType) => {
  const event = sampleDeploymentEvent(eventType);

  test('STANDARD payload', async () => {
    const body = buildBody('STANDARD', event);
    await expect(pretty(body)).toMatchFileSnapshot(
      `golden/standard-${eventType.toLowerCase()}.json`,
    );
  });

  test('SLACK message', async () => {
    const body = buildBody('SLACK', event);
    await expect(pretty(body)).toMatchFileSnapshot(`golden/slack-${eventType.toLowerCase()}.json`);
  });
});

test('the STANDARD payload has the documented members in the documented order', () => {
  const payload = JSON.parse(buildBody('STANDARD', sampleDeploymentEvent('DEPLOYMENT_STARTED')));
  expect(Object.keys(payload)).toEqual([
    'created_at',
    'event_type',
    'payload_type',
    'payload_id',
    'payload',
  ]);
  expect(Object.keys(payload.payload)).toEqual([
    'id',
    'current_status',
    'desired_status',
    'organization',
    'project',
    'environment',
    'applications',
    'databases',
    'containers',
    'jobs',
    'logs',
  ]);
  expect(payload.payload_id).toBe(payload.payload.id);
});

test("the event's own time stands at the beginning of the STANDARD payload", () => {
  const event = sampleDeploymentEvent('DEPLOYMENT_STARTED');
  for (const created_at of ['2026-01-31T12:00:00.123Z', '+010000-01-01T22:58:59.000Z']) {
    const body = buildBody('STANDARD', { ...event, created_at });
    expect(createdAtOfBody(body.slice(0, 64))).toBe(created_at);
  }
  expect(createdAtOfBody(buildBody('SLACK', event))).toBe(null);
});

describe('the SLACK message', () => {
  const base = sampleDeploymentEvent('DEPLOYMENT_FAILURE');
  const message = (event: DeploymentEvent): SlackMessage => JSON.parse(buildBody('SLACK', event));

  test('escapes what comes from outside', () => {
    const event = { ...base, project: { ...base.project, name: '<!channel> & <https://x|y>' } };
    expect(JSON.stringify(message(event))).not.toMatch(/<!channel>|<https/);
    expect(message(event).text).toContain('&lt;!channel&gt; &amp; &lt;https://x|y&gt;');
  });

  test('gives the time in the reader’s own zone, with UTC where that is not known', () => {
    const event = { ...base, created_at: '2026-01-31T12:00:00.000Z' };
    expect(JSON.stringify(message(event))).toContain(
      '<!date^1769860800^{date_short_pretty} {time_secs}|2026-01-31 12:00:00 UTC>',
    );
  });

  test('counts the services it has no room for', () => {
    const applications = Array.from({ length: 4000 }, (_, i) => ({
      current_status: 'DEPLOYED',
      application: { name: `application-${i}` },
    }));
    const text = JSON.stringify(message({ ...base, applications }).blocks.at(-2));
    const left = Number(/… and (\d+) more/.exec(text)?.[1]);
    const shown = JSON.stringify(message({ ...base, applications })).match(/application-\d+/g);
    expect((shown?.length ?? 0) + left).toBe(4000 + base.databases.length + base.jobs.length);
  });

  test('stays within the limits of Slack, whatever it says', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 250 }),
      fc.constantFrom('&'.repeat(250), '🦄'.repeat(250), '`'.repeat(250)),
    );
    const services = fc.array(fc.record({ current_status: name, container: fc.record({ name }) }), {
      maxLength: 600,
    });
    fc.assert(
      fc.property(name, name, services, (project, environment, containers) => {
        const { text, blocks } = message({
          ...base,
          project: { ...base.project, name: project },
          environment: { ...base.environment, name: environment },
          containers,
        });
        expect(text.length).toBeLessThanOrEqual(3000);
        expect(blocks.length).toBeLessThanOrEqual(50);
        for (const block of blocks) {
          if (block.type === 'header') expect(block.text.text.length).toBeLessThanOrEqual(150);
          else if (block.type === 'context') expect(block.elements.length).toBeLessThanOrEqual(10);
          else {
            expect(block.text?.text.length ?? 1).toBeLessThanOrEqual(3000);
            expect(block.text?.text.length ?? 1).toBeGreaterThan(0);
            for (const { text } of block.fields ?? [])
              expect(text.length).toBeLessThanOrEqual(2000);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

import { describe, expect, test } from 'vitest';

import { fieldErrorsOf } from './api-error';
import { completeDeploymentEvent, deploymentEventRequestSchema } from './deployment-event';
import { sampleDeploymentEvent } from './sample-event';
import { deploymentEventTypes } from './webhook';

const valid = {
  event_type: 'DEPLOYMENT_STARTED',
  project: { name: 'api' },
  environment: { name: 'main', mode: 'PRODUCTION' },
};
const uuid = '0190163d-8694-739b-aea5-966c26f8ad91';

function errorsOf(change: object) {
  const read = deploymentEventRequestSchema.safeParse({ ...valid, ...change });
  return read.success ? [] : fieldErrorsOf(read.error);
}

test.each<[string, object, string, RegExp]>([
  ['no type', { event_type: undefined }, '/event_type', /DEPLOYMENT_STARTED/],
  ['an unknown type', { event_type: 'X' }, '/event_type', /DEPLOYMENT_STARTED/],
  ['no project', { project: undefined }, '/project', /which project/],
  ['a project without a name', { project: {} }, '/project/name', /must be text/],
  ['an empty project name', { project: { name: '' } }, '/project/name', /empty/],
  ['a long project name', { project: { name: 'x'.repeat(251) } }, '/project/name', /250/],
  ['a bad project id', { project: { name: 'a', id: '7' } }, '/project/id', /UUID/],
  ['no environment', { environment: null }, '/environment', /which environment/],
  ['no mode', { environment: { name: 'a' } }, '/environment/mode', /PRODUCTION/],
  [
    'a long environment',
    { environment: { name: 'x'.repeat(251), mode: 'PREVIEW' } },
    '/environment/name',
    /250/,
  ],
  ['a bad id', { id: 'abc' }, '/id', /UUID/],
  ['a time without zone', { created_at: '2026-01-31T12:00:00' }, '/created_at', /zone/],
  ['a day that does not exist', { created_at: '2026-02-30T12:00:00Z' }, '/created_at', /ISO 8601/],
  ['a number as time', { created_at: 5 }, '/created_at', /ISO 8601/],
  ['applications as an object', { applications: {} }, '/applications', /list/],
  ['a service without itself', { jobs: [{}] }, '/jobs/0/job', /which job/],
  [
    'a service without a name',
    { databases: [{ database: {} }] },
    '/databases/0/database/name',
    /name/,
  ],
  ['a long status', { current_status: 'x'.repeat(251) }, '/current_status', /250/],
])('refuses %s', (_, change, pointer, message) => {
  const [error, ...more] = errorsOf(change);
  expect(more).toEqual([]);
  expect(error?.pointer).toBe(pointer);
  expect(error?.message).toMatch(message);
});

test('passes on what services and log lines say, and drops what it does not know at the top', () => {
  const request = deploymentEventRequestSchema.parse({
    ...valid,
    id: uuid.toUpperCase(),
    project: { name: '🦄'.repeat(250), id: null },
    containers: [{ container: { name: 'c', image: 'nginx' }, extra: [1, { a: null }] }],
    logs: ['line', { message: 'm' }, null],
    colour: 'red',
  });
  expect(request.id).toBe(uuid);
  expect(request.containers).toEqual([
    { container: { name: 'c', image: 'nginx' }, extra: [1, { a: null }] },
  ]);
  expect(request.logs).toEqual(['line', { message: 'm' }, null]);
  expect(request).not.toHaveProperty('colour');
});

describe('completeDeploymentEvent', () => {
  const sample = sampleDeploymentEvent('DEPLOYMENT_STARTED');
  const known = {
    id: uuid,
    accepted_at: 1_769_860_800_123,
    organization: sample.organization,
    project: sample.project,
    environment: { ...sample.environment, mode: 'PRODUCTION' },
  } as const;
  const complete = (change: object) =>
    completeDeploymentEvent(deploymentEventRequestSchema.parse({ ...valid, ...change }), known);

  test.each([
    ['DEPLOYMENT_STARTED', 'DEPLOYING'],
    ['DEPLOYMENT_SUCCESSFUL', 'DEPLOYED'],
    ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_ERROR'],
    ['DEPLOYMENT_CANCELLED', 'CANCELED'],
  ])('%s is %s unless it says otherwise', (event_type, current_status) => {
    expect(complete({ event_type })).toMatchObject({ current_status, desired_status: 'DEPLOYED' });
    const said = { current_status: 'BUILDING', desired_status: 'STOPPED' };
    expect(complete({ event_type, ...said })).toMatchObject(said);
  });

  test('its time is its own in UTC, else that of acceptance', () => {
    expect(complete({}).created_at).toBe('2026-01-31T12:00:00.123Z');
    const created_at = '2026-01-31T13:30:00+01:30';
    expect(complete({ created_at }).created_at).toBe('2026-01-31T12:00:00.000Z');
  });
});

test.each(deploymentEventTypes)('the sample of %s is one that the API would take', (eventType) => {
  const sample = sampleDeploymentEvent(eventType);
  const read = deploymentEventRequestSchema.parse(sample);
  expect(read).toMatchObject({ applications: sample.applications, logs: sample.logs });
  expect(sample.applications).toHaveLength(2);
  expect(sample.databases).toHaveLength(1);
  expect(sample.jobs).toHaveLength(1);
  expect(sample.logs.length).toBeGreaterThan(0);
});

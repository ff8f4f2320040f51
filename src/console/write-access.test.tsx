import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { sessionPath } from '../contract/api-paths';
import { callApi } from './api-client';
import { createQueryClient } from './query-client';
import { runMutation } from './run-mutation';
import { sessionQuery } from './session-queries';
import { fakeNetwork, type FakeNetwork } from './webhooks/fake-network';
import { useWritesOff } from './write-access';

const organization = 'o';
const session = { role: 'admin', expires_at: null };

let network: FakeNetwork;
let answered: number;
let client: ReturnType<typeof createQueryClient>;

beforeEach(() => {
  network = fakeNetwork();
  answered = 0;
  client = createQueryClient();
});

afterEach(cleanup);

async function next(request: string) {
  answered += 1;
  const call = await network.call(answered);
  expect(`${call.method} ${call.path}`).toBe(request);
  return call;
}

function Shown() {
  useQuery(sessionQuery());
  return <p>{useWritesOff(organization) === undefined ? 'on' : 'off'}</p>;
}

const show = () =>
  render(
    <QueryClientProvider client={client}>
      <Shown />
    </QueryClientProvider>,
  );

async function refuse() {
  const written = runMutation(
    client,
    {
      meta: { writesIn: organization },
      mutationFn: () => callApi('/write', { method: 'POST' }),
    },
    undefined,
  );
  (await next('POST /write')).answer(403, {});
  await expect(written).rejects.toThrow();
}

const askedForSession = () => next(`GET ${sessionPath()}`);
const comeBack = () => window.dispatchEvent(new Event('visibilitychange'));

test('a session that was asked for before a second refusal does not forget it', async () => {
  show();
  (await askedForSession()).answer(200, session);
  await refuse();
  await screen.findByText('off');
  comeBack();
  const asked = await askedForSession();
  await refuse();
  asked.answer(200, session);
  await waitFor(() => expect(client.isFetching()).toBe(0));
  expect(screen.getByText('off')).toBeDefined();
  comeBack();
  (await askedForSession()).answer(200, session);
  await screen.findByText('on');
});

test('coming back asks for the session also where it was under way during the refusal', async () => {
  show();
  const asked = await askedForSession();
  await refuse();
  asked.answer(200, session);
  await waitFor(() => expect(client.isFetching()).toBe(0));
  expect(screen.getByText('off')).toBeDefined();
  comeBack();
  (await askedForSession()).answer(200, session);
  await screen.findByText('on');
  comeBack();
  expect(network.calls).toHaveLength(answered);
});

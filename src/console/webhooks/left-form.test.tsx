import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { BrowserRouter, Route, Routes } from 'react-router-dom';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { newWebhookPage, webhooksPage } from '../page-paths';
import { createQueryClient } from '../query-client';
import { dismissToast, toastStore } from '../ui/toast-store';
import { fakeNetwork, type FakeNetwork } from './fake-network';
import { AddWebhookDialog } from './webhook-dialogs';

const organization = 'o';
let network: FakeNetwork;

beforeEach(() => {
  sessionStorage.clear();
  for (const { id } of toastStore.get()) dismissToast(id);
  network = fakeNetwork();
  // Dialogs that jsdom knows by name only.
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
});

afterEach(cleanup);

function openForm() {
  window.history.replaceState(null, '', webhooksPage(organization));
  window.history.pushState(null, '', newWebhookPage(organization));
  render(
    <QueryClientProvider client={createQueryClient()}>
      <BrowserRouter>
        <Routes>
          <Route path={webhooksPage(':organizationId')} element={<p>The list</p>} />
          <Route path={newWebhookPage(':organizationId')} element={<AddWebhookDialog />} />
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>,
  );
}

const field = (name: RegExp) => screen.getByRole<HTMLInputElement>('textbox', { name });
const type = (name: RegExp, value: string) => fireEvent.change(field(name), { target: { value } });

/** Creates what is in the form, and leaves it by Back before the API has answered. */
async function createAndLeave() {
  fireEvent.click(screen.getByRole('button', { name: 'Create' }));
  const isCreate = ({ method }: { method: string }) => method === 'POST';
  await waitFor(() => expect(network.calls.filter(isCreate)).toHaveLength(1));
  act(() => window.history.back());
  await screen.findByText('The list');
  return network.calls.find(isCreate);
}

test('a webhook whose creation fails after its form was left: said, and nothing typed is lost', async () => {
  openForm();
  type(/^URL/, 'https://example.org/typed');
  type(/^Description/, 'Also typed');
  const creation = await createAndLeave();
  expect(toastStore.get()).toEqual([]);
  creation?.answer(500, { title: 'Internal error' });
  await waitFor(() =>
    expect(toastStore.get()).toMatchObject([
      {
        tone: 'error',
        title: 'Could not create the webhook',
        action: { label: 'Continue editing' },
      },
    ]),
  );
  act(() => toastStore.get()[0]?.action?.run());
  await screen.findByRole('dialog', { name: 'Add webhook' });
  expect(field(/^URL/).value).toBe('https://example.org/typed');
  expect(field(/^Description/).value).toBe('Also typed');
});

test('a webhook that is created after its form was left: said, and nothing is kept to go on with', async () => {
  openForm();
  type(/^URL/, 'https://example.org/typed');
  const creation = await createAndLeave();
  creation?.answer(201, { id: 'a', created_at: '2026-01-01T00:00:00Z' });
  await waitFor(() => expect(toastStore.get()).toMatchObject([{ title: 'Webhook created' }]));
  expect(sessionStorage).toHaveLength(0);
  expect(window.location.pathname).toBe(webhooksPage(organization));
});

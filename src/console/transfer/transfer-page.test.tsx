import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { afterEach, expect, test, vi } from 'vitest';

import { createQueryClient } from '../query-client';
import { testWebhook } from '../webhooks/test-webhook';
import { TransferPage } from './transfer-page';

afterEach(cleanup);

function openPage(...results: unknown[]) {
  vi.stubGlobal('fetch', async () => Response.json({ results }));
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MemoryRouter>
        <TransferPage />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

test('says how many webhooks an export does not have', async () => {
  openPage(testWebhook('a'), 'odd', { id: 1 });
  await screen.findByRole('button', { name: 'Export 1 webhook' });
  screen.getByText('2 webhooks could not be read and will not be in the file.');
});

test('says nothing of it where all could be read', async () => {
  openPage(testWebhook('a'));
  await screen.findByRole('button', { name: 'Export 1 webhook' });
  expect(screen.queryByText(/could not be read/)).toBeNull();
});

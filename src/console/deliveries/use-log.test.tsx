import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { createQueryClient } from '../query-client';
import { useLog } from './use-log';

/** How often the log was asked for. */
let looks: number;
/** What holds its answer back. */
let held: Promise<void> | null;

beforeEach(() => {
  vi.useFakeTimers();
  looks = 0;
  held = null;
  vi.stubGlobal('fetch', async (path: string) => {
    if (path === '/api/capabilities') return Response.json({ features: ['organization-log'] });
    looks += 1;
    await held;
    return Response.json({ results: [] });
  });
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function setVisibility(state: DocumentVisibilityState) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));

test('asks what is new only while the tab is visible, at once when one comes back, and not after', async () => {
  const client = createQueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const scope = { organizationId: 'o', webhookId: 'w' };
  const { unmount } = renderHook(() => useLog(scope, { status: null, event: null }, true), {
    wrapper,
  });
  await pass(0);
  expect(looks).toBe(1);
  await pass(7);
  expect(looks).toBe(3);
  setVisibility('hidden');
  await pass(60);
  expect(looks).toBe(3);
  setVisibility('visible');
  await pass(0);
  expect(looks).toBe(4);
  // Hidden while it asks.
  let answer: () => void = () => undefined;
  held = new Promise((resolve) => {
    answer = resolve;
  });
  await pass(3);
  expect(looks).toBe(5);
  setVisibility('hidden');
  answer();
  await pass(60);
  expect(looks).toBe(5);
  setVisibility('visible');
  await pass(0);
  expect(looks).toBe(6);
  unmount();
  await pass(60);
  expect(looks).toBe(6);
});

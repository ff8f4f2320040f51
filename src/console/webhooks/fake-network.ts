import { waitFor } from '@testing-library/react';
import { vi } from 'vitest';

/** A request that waits for its answer. */
interface Call {
  method: string;
  path: string;
  body: Record<string, unknown>;
  ifMatch: string | null;
  answer: (status: number, body: unknown) => void;
}

export interface FakeNetwork {
  /** All requests so far. */
  calls: readonly Call[];
  /** The first, second, … request, once it has been made. */
  call: (number: number) => Promise<Call>;
}

/** In place of the network: every request waits until the test answers it. */
export function fakeNetwork(): FakeNetwork {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    return new Promise<Response>((resolve) => {
      calls.push({
        method: init.method ?? 'GET',
        path,
        body: JSON.parse(typeof init.body === 'string' ? init.body : '{}'),
        ifMatch: new Headers(init.headers).get('if-match'),
        answer: (status, body) =>
          resolve(new Response(body === null ? null : JSON.stringify(body), { status })),
      });
    });
  });
  return {
    calls,
    async call(number) {
      await waitFor(() => {
        if (calls.length < number) throw new Error(`There is no call ${number}.`);
      });
      return calls[number - 1] as Call;
    },
  };
}

import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { BrowserRouter, useLocation, useNavigate } from 'react-router-dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { unfiltered } from './list-view';
import { useListView } from './use-list-view';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open(address: string) {
  window.history.replaceState(null, '', address);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <BrowserRouter>{children}</BrowserRouter>
  );
  const { result } = renderHook(
    () => ({ ...useListView(), navigate: useNavigate(), location: useLocation() }),
    { wrapper },
  );
  return result;
}

const address = () => window.location.pathname + window.location.search;

test('two changes before the first is drawn both count', () => {
  const list = open('/list?health=none&kind=SLACK');
  const { change } = list.current;
  act(() => {
    change(unfiltered);
    change({ sort: 'health' });
  });
  expect(address()).toBe('/list?sort=health');
  expect(list.current.view).toMatchObject({ health: null, kind: null, sort: 'health' });
});

test('what was typed is gone once it is cleared, whatever follows at once', () => {
  const list = open('/list');
  const { change, search } = list.current;
  act(() => search('foo'));
  act(() => {
    change(unfiltered);
    change({ sort: 'url' });
  });
  act(() => vi.runAllTimers());
  expect(address()).toBe('/list?sort=url');
  expect(list.current.view.q).toBe('');
});

test('what was typed follows to where one has just gone, and does not lead back', () => {
  const list = open('/list?kind=SLACK');
  const { change, search, navigate, settle } = list.current;
  act(() => {
    search('foo');
    void navigate('/list/new?kind=SLACK', { state: { overPage: true } });
    settle();
  });
  expect(address()).toBe('/list/new?kind=SLACK&q=foo');
  expect(list.current.location.state).toEqual({ overPage: true });
  act(() => change({ q: '' }));
  expect(address()).toBe('/list/new?kind=SLACK');
  expect(list.current.location.state).toEqual({ overPage: true });
});

test('the address follows typing when it pauses', () => {
  const list = open('/list');
  act(() => list.current.search('fo'));
  act(() => list.current.search('foo'));
  expect([address(), list.current.view.q]).toEqual(['/list', 'foo']);
  act(() => vi.advanceTimersByTime(200));
  expect([address(), list.current.view.q]).toEqual(['/list?q=foo', 'foo']);
});

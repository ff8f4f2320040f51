import { expect, it } from 'vitest';

import { browserAddress, greeting, localAddress, signInLink } from './address';

it.each([
  ['127.0.0.1', 'http://127.0.0.1:8080'],
  ['localhost', 'http://localhost:8080'],
  ['0.0.0.0', 'http://127.0.0.1:8080'],
  ['::', 'http://[::1]:8080'],
  ['::1', 'http://[::1]:8080'],
  ['fd00::7', 'http://[fd00::7]:8080'],
])('a server that listens at %s is reached at %s', (host, address) => {
  expect(localAddress(host, 8080)).toBe(address);
  expect(browserAddress({ host, publicUrl: null }, 8080)).toBe(address);
  const publicUrl = 'https://hooks.example.org';
  expect(browserAddress({ host, publicUrl }, 8080)).toBe(publicUrl);
});

it('greets with the address, the link, and a fact', () => {
  const link = signInLink('http://127.0.0.1:8080', 'a-code');
  expect(link).toBe('http://127.0.0.1:8080/sign-in#code=a-code');
  const text = greeting('http://127.0.0.1:8080', link, 'Deliveries reach 10.0.0.0/8');
  expect(text).toMatch(/ http:\/\/127\.0\.0\.1:8080\n/);
  expect(text).toContain(` ${link}\n`);
  expect(text).toContain('\n  Deliveries reach 10.0.0.0/8\n');
});

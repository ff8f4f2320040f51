import type { Socket } from 'node:net';

import ipaddr from 'ipaddr.js';
import { onTestFinished } from 'vitest';

import { createAttemptSender, type AttemptSender, type OutgoingAttempt } from './dispatch';
import type { ConnectorOptions } from './guarded-connector';
import type { LookUp } from './target-guard';
import { startTcpReceiver } from './test-receiver';

/** For tests: a sender that may reach 127.0.0.1 only, gone when the test is over. */
export function createTestSender(options: Partial<ConnectorOptions> = {}): AttemptSender {
  const allowed = [ipaddr.parseCIDR('127.0.0.1/32')];
  const sender = createAttemptSender({ allowed, timeout: 20_000, ...options });
  onTestFinished(() => sender.close());
  return sender;
}

/** An attempt without a secret, but for what is named. */
export const attemptTo = (url: string, change: Partial<OutgoingAttempt> = {}): OutgoingAttempt => ({
  url,
  id: '0190a0b0-0000-7000-8000-000000000000',
  started_at: Date.now(),
  body: '{"a":"ü 🦄"}',
  secret: null,
  ...change,
});

/** Sends one attempt by a sender of its own. */
export const sendTo = (url: string, options: Partial<ConnectorOptions> = {}) =>
  createTestSender(options).send(attemptTo(url));

/** A resolver for which every name stands for these addresses. */
export const resolveTo =
  (...addresses: string[]): LookUp =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

/** A receiver that does something as soon as a request begins to come in. */
export const startAnswering = (converse: (socket: Socket) => void) =>
  startTcpReceiver((socket) => socket.once('data', () => converse(socket)));

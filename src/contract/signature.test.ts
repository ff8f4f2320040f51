import { createHmac } from 'node:crypto';

import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';

import { deliveryHeaders, maskDeliveryHeaders, type HmacSha256 } from './signature';

const hmac: HmacSha256 = (key, message) => createHmac('sha256', key).update(message).digest();
const delivery = { id: '0190-id', timestamp: Math.floor(Date.now() / 1000), body: '{"a":"ü 🦄"}' };
const whsec = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`;

describe('the official library', () => {
  test('verifies a secret of the form whsec_…', () => {
    const headers = deliveryHeaders({ ...delivery, secret: whsec }, hmac);
    expect(new Webhook(whsec).verify(delivery.body, headers)).toEqual({ a: 'ü 🦄' });
  });

  test('verifies any other secret as raw bytes', () => {
    const headers = deliveryHeaders({ ...delivery, secret: 'not base64!' }, hmac);
    const webhook = new Webhook('not base64!', { format: 'raw' });
    expect(webhook.verify(delivery.body, headers)).toEqual({ a: 'ü 🦄' });
  });

  test('refuses another body, id, time or secret', () => {
    const headers = deliveryHeaders({ ...delivery, secret: whsec }, hmac);
    const verify = (change: Record<string, string>, body = delivery.body) =>
      new Webhook(whsec).verify(body, { ...headers, ...change });
    expect(() => verify({}, `${delivery.body} `)).toThrow(/signature/);
    expect(() => verify({ 'webhook-id': 'other' })).toThrow(/signature/);
    expect(() => verify({ 'webhook-timestamp': String(delivery.timestamp + 1) })).toThrow(
      /signature/,
    );
  });
});

test('carries the secret under both names, and neither without one', () => {
  const withSecret = deliveryHeaders({ ...delivery, secret: 's' }, hmac);
  expect(withSecret).toMatchObject({
    'content-type': 'application/json',
    'webhook-id': '0190-id',
    'webhook-timestamp': String(delivery.timestamp),
    'qovery-signature': 's',
    'qovery-secret': 's',
  });
  expect(withSecret['user-agent']).toMatch(/^webhook-console/);
  expect(Object.keys(deliveryHeaders({ ...delivery, secret: null }, hmac)).toSorted()).toEqual([
    'content-type',
    'user-agent',
    'webhook-id',
    'webhook-timestamp',
  ]);
});

test('says of a test that it is one', () => {
  const headers = deliveryHeaders({ ...delivery, secret: null, test: true }, hmac);
  expect(headers['webhook-test']).toBe('true');
});

test('masks the secret and the signature, and leaves the rest', () => {
  const headers = deliveryHeaders({ ...delivery, secret: 'quite-secret' }, hmac);
  const masked = maskDeliveryHeaders(headers);
  expect(JSON.stringify(masked)).not.toContain('quite-secret');
  expect(JSON.stringify(masked)).not.toContain(headers['webhook-signature']);
  expect(Object.keys(masked)).toEqual(Object.keys(headers));
  expect(masked['webhook-id']).toBe('0190-id');
  expect(maskDeliveryHeaders({ a: 'b' })).toEqual({ a: 'b' });
});

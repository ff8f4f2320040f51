import { expect, test } from 'vitest';

import { displayUrl } from './display-url';

test.each([
  ['https://example.org/hook?x=1', undefined, 'https://example.org/hook?x=1'],
  ['http://localhost:3000', 'STANDARD', 'http://localhost:3000'],
  [
    'https://hooks.slack.com/services/T0000/B0000/abcdefghwxyz',
    'STANDARD',
    'hooks.slack.com/services/…wxyz',
  ],
  ['https://chat.example.org/hooks/abcdefghijkl', 'SLACK', 'chat.example.org/hooks/…ijkl'],
  ['https://chat.example.org/abcdefghijklmnop', 'SLACK', 'chat.example.org/…mnop'],
  ['https://chat.example.org/', 'SLACK', 'chat.example.org'],
  [
    'https://discord.com/api/webhooks/123456/secret-part-abcd',
    undefined,
    'discord.com/api/webhooks/…abcd',
  ],
  [
    'https://acme.webhook.office.com/webhookb2/1111@2222/IncomingWebhook/3333/4444',
    undefined,
    'acme.webhook.office.com/webhookb2/…4444',
  ],
  [
    'https://hooks.zapier.com/hooks/catch/1234/abcdefgh',
    undefined,
    'hooks.zapier.com/hooks/catch/…efgh',
  ],
  [
    'https://hooks.slack.com/services/T/B/x?token=secretsecret',
    undefined,
    'hooks.slack.com/services/…cret',
  ],
  [
    'HTTPS://HOOKS.SLACK.COM/services/T0000/B0000/abcdefghwxyz',
    undefined,
    'hooks.slack.com/services/…wxyz',
  ],
  [
    'https://hooks.slack.com.example.org/services/x',
    undefined,
    'https://hooks.slack.com.example.org/services/x',
  ],
  ['https://user:password@example.org/x', undefined, 'https://…@example.org/x'],
  [
    'https://hooks.slack.com./services/T0000/B0000/abcdwxyz',
    undefined,
    'hooks.slack.com/services/…wxyz',
  ],
  [
    'https://hooks.slack.com//services/T0000/B0000/abcdwxyz/',
    undefined,
    'hooks.slack.com/services/…wxyz',
  ],
  [
    'https://hooks.slack.com/services/T0000/B0000/abcdwxyz#top',
    undefined,
    'hooks.slack.com/services/…wxyz',
  ],
  ['https://hooks.slack.com/secret-of-another-kind', undefined, 'hooks.slack.com/…kind'],
  [
    'https://hooks.zapier.com/hooks/standard/1234/abcdefgh',
    undefined,
    'hooks.zapier.com/hooks/standard/…efgh',
  ],
  [
    'https://discord.com//API/webhooks/123456/secret-abcd',
    undefined,
    'discord.com/API/webhooks/…abcd',
  ],
  ['https://discord.com/channels', undefined, 'https://discord.com/channels'],
  [
    'http://hooks.slack.com:8080/services/T0000/B0000/abcdwxyz',
    undefined,
    'hooks.slack.com:8080/services/…wxyz',
  ],
  ['not a url, but maybe a secret', undefined, '…cret'],
])('%s (%s) is shown as %s', (url, kind, shown) => {
  expect(displayUrl(url, kind)).toBe(shown);
});

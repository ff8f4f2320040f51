import { expect, test } from 'vitest';

import { testWebhook } from '../webhooks/test-webhook';
import { createCommand } from './create-command';

test('nothing of an organization’s id is read by the shell', () => {
  const command = createCommand('http://localhost', '"$(id)`id`/}', testWebhook('a'));
  expect(command).toContain('ORGANIZATION_ID:-%22%24(id)%60id%60%2F%7D}/webhook"');
});

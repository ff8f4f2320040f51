import { expect, test } from 'vitest';

import { toWebhookRequest } from '../../contract/webhook';
import { testWebhook } from '../webhooks/test-webhook';
import { planImport } from './import-plan';
import { planWords } from './import-words';
import { readWebhookFile } from './webhook-file';

test.each([
  [1, '1 left out because of its secret, 1 left out because not all of it is known'],
  [2, '2 left out because of their secrets, 2 left out because not all of them is known'],
])('says why %d of each are left out', (number, words) => {
  const stored = Array.from({ length: number }, (_, index) => [
    testWebhook(`secret ${index}`, { version: null, target_secret_set: true }),
    testWebhook(`untold ${index}`, { version: null, untold: ['events'] }),
  ]).flat();
  const rows = stored.map((webhook) => ({
    ...toWebhookRequest({ ...webhook, description: 'another' }),
    ...(webhook.untold.length > 0 && { events: null }),
  }));
  const file = readWebhookFile(JSON.stringify(rows));
  const plan = planImport(file, stored, { keepsSecrets: false });
  expect(planWords(plan)).toBe(`${2 * number} webhooks in the file: ${words}.`);
});

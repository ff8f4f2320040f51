import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { TestDetails } from '@playwright/test';

/*
 * The tests run twice: on the embedded API, and on a Qovery API. What needs something that only the
 * embedded API has runs there alone; this is the one place that says why.
 */

/** What a Qovery API does not have. */
const reasons = {
  events: 'deployment events are taken in and delivered',
  process: 'it is about the process, its data folder or its build, not about the console',
  health: 'webhooks have a health',
  keptSecret: 'a stored secret survives a change that does not name it',
  warnings: 'the API says what it noticed of a webhook',
  rules: 'the API names the field that it refuses',
  looks: 'the same screens are looked at once; what differs is in a file of its own',
} as const;
type Need = keyof typeof reasons;

/** Marks a test: `test('…', needs('health'), async …)`. */
export function needs(what: Need): TestDetails {
  return {
    tag: '@embedded',
    annotation: { type: 'needs the embedded API', description: reasons[what] },
  };
}

/** Files of which each test needs it. */
const embeddedFiles: Record<string, Need> = {
  'all-deliveries': 'events',
  crash: 'process',
  'delivery-screens': 'events',
  'dev-server': 'process',
  'event-outcomes': 'events',
  'first-steps': 'events',
  'one-delivery': 'events',
  preview: 'events',
  recover: 'events',
  'setup-help': 'events',
  'steady-form': 'looks',
  stop: 'process',
};

for (const name of Object.keys(embeddedFiles)) {
  const file = `${name}.e2e.ts`;
  if (!existsSync(join(import.meta.dirname, file))) throw new Error(`There is no ${file}.`);
}

/** What runs on the embedded API: all but the tests of what is different on a Qovery API. */
export const onEmbedded = { testIgnore: '**/qovery-*.e2e.ts' };

/** What runs on a Qovery API. */
export const onQovery = {
  testIgnore: Object.keys(embeddedFiles).map((name) => `**/${name}.e2e.ts`),
  grepInvert: /@embedded/,
};

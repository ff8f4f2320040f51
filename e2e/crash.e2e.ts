import { expect, test } from '@playwright/test';

import { runCrashes } from './crash-run';

test('nothing that was accepted is lost when the server is killed again and again', async () => {
  test.setTimeout(240_000);
  const report = await runCrashes(10);
  expect(report).toMatchObject({ faults: [], lost: 0, foreign: 0, differing: 0, kills: 10 });
  // Otherwise nothing was put to the proof.
  expect(report.events).toBeGreaterThan(100);
  expect(report.deliveries).toBeGreaterThan(report.events);
  expect(report.repeats).toBeGreaterThan(0);
  expect(report.unkind).toBeGreaterThan(50);
});

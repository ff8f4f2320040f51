import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test as base } from '@playwright/test';

const root = join(import.meta.dirname, '..');

/** `npm run dev`, with data of its own; gives the sign-in link that it prints. */
const test = base.extend<{ signInLink: string }>({
  signInLink: async ({}, provide) => {
    const data = await mkdtemp(join(tmpdir(), 'webhook-console-'));
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const child = spawn(process.execPath, [vite, '--port', '0', '--clearScreen', 'false'], {
      cwd: root,
      env: { ...process.env, DATA_DIR: data, NODE_ENV: 'development' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    const link = new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        const found = /http:\/\/\S+\/sign-in#code=\S+/.exec(printed)?.[0];
        if (found) resolve(found);
      });
      child.once('close', () => reject(new Error(`The server did not start.\n${printed}`)));
    });
    try {
      await provide(await link);
    } finally {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
      await rm(data, { recursive: true, force: true });
    }
  },
});

test('the development server has console and API at one address', async ({ page, signInLink }) => {
  await page.goto(signInLink);
  await expect(page.getByRole('heading', { name: 'Webhook', exact: true })).toBeVisible({
    timeout: 30_000,
  });
  await page.getByRole('link', { name: 'Add new' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add webhook' });
  await dialog.getByRole('textbox', { name: 'URL' }).fill('https://example.org/hook');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('switch', { name: 'Enable https://example.org/hook' })).toBeVisible();
});

import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Page } from '@playwright/test';
import { Webhook } from 'standardwebhooks';

import type { Api } from './api';
import { expect, test } from './support';

/*
 * The receivers that the page offers for copying are run as they stand, and get real deliveries.
 */

const secrets = {
  'a generated secret': `whsec_${Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64')}`,
  'a secret of another form': 'pass word, $HOME and "quotes"',
};

/** How each is run; Go and Python may be missing on a machine and are left out then, Node is not. */
const languages: Record<string, { file: string; command: string[] }> = {
  'Node.js': { file: 'receiver.mjs', command: [process.execPath] },
  Python: { file: 'receiver.py', command: ['python3'] },
  Go: { file: 'receiver.go', command: ['go', 'run'] },
};

// Where the modules of this package are found.
async function folder(): Promise<string> {
  const parent = join(import.meta.dirname, '..', 'test-results');
  await mkdir(parent, { recursive: true });
  return mkdtemp(join(parent, 'snippet-'));
}

for (const [name, { file, command }] of Object.entries(languages)) {
  const [program = '', ...options] = command;
  if (!isAtHand(program)) continue;
  for (const [kind, secret] of Object.entries(secrets)) {
    test(`${name} takes what is ours and nothing else, with ${kind}`, async ({
      page,
      api,
      signIn,
    }) => {
      const where = await folder();
      await signIn();
      await writeFile(join(where, file), await snippetOf(page, api, name));
      const port = await freePort();
      const child = spawn(program, [...options, join(where, file)], {
        env: { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) },
        stdio: 'ignore',
        detached: true,
      });
      try {
        await isListening(port);
        await hangUpWithinBody(port);
        expect(await statusOfLarge(port)).toBe(413);
        const target_url = `http://127.0.0.1:${port}/`;
        expect(await statusOf(api, { target_url, target_secret: secret })).toBe(204);
        expect(await statusOf(api, { target_url, target_secret: 'another' })).toBe(401);
        expect(await statusOf(api, { target_url })).toBe(401);
      } finally {
        await end(child);
        await rm(where, { recursive: true });
      }
    });
  }
}

for (const [name, { file, command }] of Object.entries(languages)) {
  const [program = '', ...options] = command;
  if (!isAtHand(program)) continue;
  test(`${name} does not start without a secret, with which anybody could sign`, async ({
    page,
    api,
    signIn,
  }) => {
    const where = await folder();
    try {
      await signIn();
      await writeFile(join(where, file), await snippetOf(page, api, name));
      const started = promisify(execFile)(program, [...options, join(where, file)], {
        env: { ...process.env, WEBHOOK_SECRET: '', PORT: '0' },
        timeout: 60_000,
      });
      await expect(started).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/secret.*empty/i),
      });
    } finally {
      await rm(where, { recursive: true });
    }
  });
}

test('Node.js goes on when the work of its owner fails', async ({ page, api, signIn }) => {
  const where = await folder();
  await signIn();
  const script = await snippetOf(page, api, 'Node.js');
  const failing = script.replace('console.log(event)', 'throw new Error("no such table")');
  expect(failing).not.toBe(script);
  await writeFile(join(where, 'receiver.mjs'), failing);
  const port = await freePort();
  const target_secret = secrets['a generated secret'];
  const child = spawn(process.execPath, [join(where, 'receiver.mjs')], {
    env: { ...process.env, WEBHOOK_SECRET: target_secret, PORT: String(port) },
    stdio: 'ignore',
    detached: true,
  });
  try {
    await isListening(port);
    for (const path of ['first', 'second']) {
      const target_url = `http://127.0.0.1:${port}/${path}`;
      expect(await statusOf(api, { target_url, target_secret })).toBe(204);
    }
  } finally {
    await end(child);
    await rm(where, { recursive: true });
  }
});

for (const [kind, secret] of isAtHand('openssl') ? Object.entries(secrets) : []) {
  test(`openssl finds what is ours valid, and nothing else, with ${kind}`, async ({
    page,
    api,
    receiver,
    signIn,
  }) => {
    await signIn();
    const script = await snippetOf(page, api, 'openssl');
    await api.createWebhook({ target_url: receiver.url(), target_secret: secret });
    await api.postEvent();
    const { headers, body } = await receiver.waitFor();
    const where = await folder();
    const check = (given: Record<string, string>) =>
      promisify(execFile)('sh', ['-c', script], {
        cwd: where,
        env: {
          ...process.env,
          WEBHOOK_SECRET: secret,
          WEBHOOK_ID: String(headers['webhook-id']),
          WEBHOOK_TIMESTAMP: String(headers['webhook-timestamp']),
          WEBHOOK_SIGNATURE: String(headers['webhook-signature']),
          ...given,
        },
      });
    try {
      await writeFile(join(where, 'body.json'), body);
      expect((await check({})).stdout).toBe('valid\n');
      await expect(check({ WEBHOOK_SECRET: 'another' })).rejects.toMatchObject({
        code: 1,
        stdout: 'not valid: the signature is another\n',
      });
      const old = new Date(Date.now() - 301_000);
      await expect(
        check({
          WEBHOOK_TIMESTAMP: String(Math.floor(old.getTime() / 1000)),
          WEBHOOK_SIGNATURE: signer(secret).sign(String(headers['webhook-id']), old, String(body)),
        }),
      ).rejects.toMatchObject({ code: 1, stdout: 'not valid: it is too old\n' });
      // Without a key, and where openssl fails, there is no signature: that matches nothing.
      await expect(
        check({ WEBHOOK_SECRET: 'whsec_', WEBHOOK_SIGNATURE: 'v1,' }),
      ).rejects.toMatchObject({ code: 1, stdout: expect.stringMatching(/^not valid: no key/) });
      await writeFile(join(where, 'openssl'), brokenOpenssl, { mode: 0o755 });
      await expect(
        check({ PATH: `${where}:${process.env['PATH']}`, WEBHOOK_SIGNATURE: 'v1,' }),
      ).rejects.toMatchObject({ code: 1, stdout: expect.stringMatching(/openssl failed/) });
      await expect(check({ WEBHOOK_SECRET: '' })).rejects.toMatchObject({
        stderr: expect.stringContaining('WEBHOOK_SECRET: is empty'),
      });
      await writeFile(join(where, 'body.json'), `${body.toString()}\n`);
      await expect(check({})).rejects.toMatchObject({ code: 1 });
    } finally {
      await rm(where, { recursive: true });
    }
  });
}

test('the page checks what a receiver got, without sending it anywhere', async ({
  page,
  api,
  receiver,
  signIn,
}) => {
  await signIn();
  const secret = secrets['a generated secret'];
  const webhook = await api.createWebhook({ target_url: receiver.url(), target_secret: secret });
  await api.postEvent();
  const { headers, body } = await receiver.waitFor();
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}?tab=setup`);
  await expect(page.getByText('call that format raw')).toBeVisible();

  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  const given = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  await page.getByRole('textbox', { name: 'Headers' }).fill(given.join('\n'));
  await page.getByRole('textbox', { name: 'Body' }).fill(body.toString());
  await expect(verdict(page)).toContainText('Enter the secret');
  await page.getByRole('textbox', { name: 'Secret' }).fill('another');
  await expect(verdict(page)).toContainText('Not valid: it was signed with another secret');
  await page.getByRole('textbox', { name: 'Secret' }).fill(secret);
  await expect(verdict(page)).toContainText('Valid: signed with this secret');
  await page
    .getByRole('textbox', { name: 'Body' })
    .fill(JSON.stringify(JSON.parse(body.toString()), null, 2));
  await expect(verdict(page)).toContainText('written anew as JSON');
  expect(sent.join('\n')).not.toContain(secret);
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Secret' })).toHaveValue('');
});

const verdict = (page: Page) =>
  page.getByRole('region', { name: 'Check a signature' }).getByRole('status');

/** As the library of Standard Webhooks signs. */
const signer = (secret: string) =>
  secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(secret, { format: 'raw' });

/** Knows no digest, as one without a provider for it. */
const brokenOpenssl = `#!/bin/sh
[ "$1" = dgst ] && exit 1
exec ${isAtHand('openssl') ? execFileSync('sh', ['-c', 'command -v openssl']).toString().trim() : ''} "$@"
`;

/** Breaks the connection off within the body. */
async function hangUpWithinBody(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"half":');
  socket.destroySoon();
  await once(socket, 'close');
}

/** What a body of more than a megabyte is answered, which waits to be asked for. */
function statusOfLarge(port: number): Promise<number> {
  const body = Buffer.alloc(1_100_000, ' ');
  return new Promise((resolve, reject) => {
    const sent = request({
      port,
      method: 'POST',
      headers: { expect: '100-continue', 'content-length': body.length },
    });
    sent.on('continue', () => sent.end(body));
    sent.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      sent.destroy();
    });
    sent.on('error', reject);
    sent.flushHeaders();
  });
}

/** What the page shows for a language, as somebody would copy it. */
async function snippetOf(page: Page, api: Api, name: string): Promise<string> {
  const webhook = await api.createWebhook({ target_url: 'https://example.org/x' });
  const { id } = await api.organization();
  await page.goto(`/organization/${id}/settings/webhook/${webhook.id}?tab=setup`);
  await page.getByRole('tab', { name }).click();
  const text = await page.getByRole('tabpanel', { name }).textContent();
  await api.deleteWebhook(webhook.id);
  return text ?? '';
}

/** What a delivery to a webhook was answered. */
async function statusOf(api: Api, request: Parameters<Api['createWebhook']>[0]): Promise<number> {
  const webhook = await api.createWebhook(request);
  await api.postEvent();
  const first = async () => (await api.listAttempts(webhook.id)).at(-1);
  await expect.poll(async () => (await first())?.attempt).toBe(1);
  const status = (await first())?.target_response_status_code ?? 0;
  await api.deleteWebhook(webhook.id);
  return status;
}

function isAtHand(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v '${program}'`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function isListening(port: number): Promise<void> {
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${port}/`, { method: 'POST' }).then(
          ({ status }) => status,
          () => 0,
        ),
      // Go is compiled first.
      { timeout: 60_000 },
    )
    .toBe(401);
}

/** With what it has started, such as the program that `go run` builds. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}

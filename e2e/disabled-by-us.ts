import type { Webhook } from '../src/contract/webhook';
import type { Api } from './api';
import type { Receiver } from './receiver';
import { expect } from './support';

/** Makes a webhook that we disable: its receiver answers 410, also from then on. */
export async function makeDisabledByUs(api: Api, receiver: Receiver): Promise<Webhook> {
  receiver.behave({ status: 410 });
  const webhook = await api.createWebhook({ target_url: receiver.url() });
  await api.postEvent();
  await expect.poll(async () => (await api.listWebhooks())[0]?.enabled).toBe(false);
  return webhook;
}

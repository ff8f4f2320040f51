import type { LenientList } from '../../contract/lenient';
import type { Webhook } from '../../contract/webhook';

/** What there is to say of a webhook that the API has, and of which nothing more is known. */
export const unreadableWebhook = {
  title: 'This webhook cannot be shown',
  detail: 'The API has it, but what the API says of it cannot be read here.',
};

/** Whether a list has a webhook that could not be read. */
export function hasUnreadable(list: LenientList<Webhook> | undefined, webhookId: string): boolean {
  return list?.unreadableIds?.includes(webhookId) === true;
}

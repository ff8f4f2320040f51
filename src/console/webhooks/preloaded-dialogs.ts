import { preloadable } from '../ui/preloadable';

/** The form and all it needs, in a chunk of its own. */
const load = () => import('./webhook-dialogs');

export const AddWebhookDialog = preloadable(async () => (await load()).AddWebhookDialog);
export const EditWebhookDialog = preloadable(async () => (await load()).EditWebhookDialog);
export const SwitchWebhookDialog = preloadable(
  async () => (await import('./switch-webhook-dialog')).SwitchWebhookDialog,
);

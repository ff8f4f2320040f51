import { preloadable } from './ui/preloadable';

/*
 * Pages that are no part of what the list loads. What leads there loads them as it is approached.
 */

export const WebhookPage = preloadable(
  async () => (await import('./webhook-page/webhook-page')).WebhookPage,
);
export const DeliveriesPage = preloadable(
  async () => (await import('./webhook-page/deliveries-page')).DeliveriesPage,
);
export const TransferPage = preloadable(
  async () => (await import('./transfer/transfer-page')).TransferPage,
);
export const TestWebhookDialog = preloadable(
  async () => (await import('./webhook-page/test-dialog')).TestWebhookDialog,
);

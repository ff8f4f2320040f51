/** The form and all it needs, in a chunk of its own. */
export function loadWebhookDialogs() {
  return import('./webhook-dialogs');
}

/** Loads it before anybody asks. If that fails, whoever asks tries again and is told. */
export function warmUpWebhookDialogs(): void {
  loadWebhookDialogs().catch(() => undefined);
}

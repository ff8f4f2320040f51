/** The form and all it needs, in a chunk of its own. Calling it early warms it up. */
export function loadWebhookDialogs() {
  return import('./webhook-dialogs');
}

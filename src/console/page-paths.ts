/*
 * Where each page of the console lies. Links are made by these functions and by nothing else.
 */

export const homePath = '/';
export const signInPath = '/sign-in';

/** The list of an organization's webhooks. */
export function webhooksPage(organizationId: string): string {
  return `/organization/${organizationId}/settings/webhook`;
}

/** **Add new**, a dialog over the list. */
export function newWebhookPage(organizationId: string): string {
  return `${webhooksPage(organizationId)}/new`;
}

/** **Edit**, a dialog over the list. */
export function editWebhookPage(organizationId: string, webhookId: string): string {
  return `${webhooksPage(organizationId)}/${webhookId}/edit`;
}

/** The question before **Delete**, a dialog over the list. */
export function deleteWebhookPage(organizationId: string, webhookId: string): string {
  return `${webhooksPage(organizationId)}/${webhookId}/delete`;
}

/** One webhook: its deliveries, why nothing fired, and how to set up its receiver. */
export function webhookPage(organizationId: string, webhookId: string): string {
  return `${webhooksPage(organizationId)}/${webhookId}`;
}

/** **Send test event**, a dialog over the list. */
export function testWebhookPage(organizationId: string, webhookId: string): string {
  return `${webhookPage(organizationId, webhookId)}/test`;
}

/** What asks for the secret before a webhook is switched, a dialog over the list. */
export function switchWebhookPage(organizationId: string, webhookId: string): string {
  return `${webhookPage(organizationId, webhookId)}/secret`;
}

/** The deliveries of all webhooks. */
export function deliveriesPage(organizationId: string): string {
  return `${webhooksPage(organizationId)}/deliveries`;
}

/** Import and export. */
export function transferPage(organizationId: string): string {
  return `${webhooksPage(organizationId)}/transfer`;
}

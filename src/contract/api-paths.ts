/** Where the API begins, on the console's own origin. */
export const apiPrefix = '/api';

const step = encodeURIComponent;

export const capabilitiesPath = () => `${apiPrefix}/capabilities`;
/** The API as an OpenAPI document. */
export const openapiPath = () => `${apiPrefix}/openapi.json`;
export const sessionPath = () => `${apiPrefix}/session`;
export const signInCodePath = () => `${apiPrefix}/session/code`;
export const backupPath = () => `${apiPrefix}/backup`;
export const organizationsPath = () => `${apiPrefix}/organization`;
export const organizationPath = (organizationId: string) =>
  `${organizationsPath()}/${step(organizationId)}`;
export const projectsPath = (organizationId: string) =>
  `${organizationPath(organizationId)}/project`;
export const environmentsPath = (projectId: string) =>
  `${apiPrefix}/project/${step(projectId)}/environment`;
export const webhooksPath = (organizationId: string) =>
  `${organizationPath(organizationId)}/webhook`;
export const webhookPath = (organizationId: string, webhookId: string) =>
  `${webhooksPath(organizationId)}/${step(webhookId)}`;
export const webhookEventsPath = (organizationId: string, webhookId: string) =>
  `${webhookPath(organizationId, webhookId)}/event`;
export const webhookEventPath = (organizationId: string, webhookId: string, id: string) =>
  `${webhookEventsPath(organizationId, webhookId)}/${step(id)}`;
/** @param id that of a row of the webhook's log. */
export const redeliverPath = (organizationId: string, webhookId: string, id: string) =>
  `${webhookEventsPath(organizationId, webhookId)}/${step(id)}/redeliver`;
/** The log of all webhooks. */
export const organizationLogPath = (organizationId: string) =>
  `${organizationPath(organizationId)}/webhook-event`;
export const webhookTestPath = (organizationId: string, webhookId: string) =>
  `${webhookPath(organizationId, webhookId)}/test`;
export const recoverPath = (organizationId: string, webhookId: string) =>
  `${webhookPath(organizationId, webhookId)}/recover`;
export const recoveryPath = (organizationId: string, webhookId: string, id: string) =>
  `${recoverPath(organizationId, webhookId)}/${step(id)}`;
export const webhookHealthPath = (organizationId: string) =>
  `${organizationPath(organizationId)}/webhook-health`;
export const deploymentEventsPath = (organizationId: string) =>
  `${organizationPath(organizationId)}/deployment-event`;
export const deploymentEventPath = (organizationId: string, id: string) =>
  `${deploymentEventsPath(organizationId)}/${step(id)}`;
export const eventSummaryPath = (organizationId: string) =>
  `${deploymentEventsPath(organizationId)}/summary`;

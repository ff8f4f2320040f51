import type { DeploymentEventType, EnvironmentMode } from './webhook';

/*
 * What kinds of events and environments are called in sentences; the same words in messages, in the
 * console and in answers. What a newer API may add reads as it is spelled.
 */

const eventTitles: Record<DeploymentEventType, string> = {
  DEPLOYMENT_STARTED: 'Deployment started',
  DEPLOYMENT_SUCCESSFUL: 'Deployment succeeded',
  DEPLOYMENT_FAILURE: 'Deployment failed',
  DEPLOYMENT_CANCELLED: 'Deployment cancelled',
};

const modeNames: Record<EnvironmentMode, string> = {
  PRODUCTION: 'Production',
  STAGING: 'Staging',
  DEVELOPMENT: 'Development',
  PREVIEW: 'Preview',
};

/** `DEPLOYMENT_FAILURE` → `Deployment failed`. */
export function eventTitle(eventType: string): string {
  return isKey(eventTitles, eventType) ? eventTitles[eventType] : eventType;
}

/** `PRODUCTION` → `Production`. */
export function environmentModeName(mode: string): string {
  return isKey(modeNames, mode) ? modeNames[mode] : mode;
}

function isKey<T extends object>(names: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(names, key);
}

/** `SLACK` → `Slack`; a kind that a newer API may know reads as it is spelled. */
export function kindName(kind: string): string {
  if (kind === 'STANDARD') return 'Standard';
  return kind === 'SLACK' ? 'Slack' : kind;
}

/** One line on a kind, for the form; empty for a kind that we do not know. */
export function kindDetail(kind: string): string {
  if (kind === 'STANDARD') return 'JSON about the deployment.';
  return kind === 'SLACK' ? 'A formatted message in a Slack channel.' : '';
}

/** When an event fires, in one line; empty for one that we do not know. */
export function eventDetail(eventType: string): string {
  switch (eventType) {
    case 'DEPLOYMENT_STARTED':
      return 'A deployment is about to run.';
    case 'DEPLOYMENT_SUCCESSFUL':
      return 'A deployment is through, and all is up.';
    case 'DEPLOYMENT_FAILURE':
      return 'A deployment has ended with an error.';
    case 'DEPLOYMENT_CANCELLED':
      return 'A deployment was stopped on the way.';
    default:
      return '';
  }
}

/** Says why a secret is asked for where the API does not keep it. */
export const dropsSecret =
  'This API forgets the webhook’s secret with every change: enter the one that your receiver knows, or go on without any.';

/** What to do where it was not entered. */
export const secretMissing = 'Enter the secret, or go on without it.';

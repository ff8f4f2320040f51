import { ProblemError } from './problem';

/**
 * Holds back what would only end as cancelled.
 *
 * @throws {ProblemError} 409 if the webhook is disabled.
 */
export function requireEnabled({ enabled }: { enabled: 0 | 1 }): void {
  if (enabled === 1) return;
  throw new ProblemError(
    409,
    'The webhook is disabled, so nothing is sent to it. Enable it first.',
  );
}

import { displayUrl } from '../../contract/display-url';
import type { Webhook } from '../../contract/webhook';
import type { Toast } from '../ui/toast-store';
import { fieldLabel } from './field-wording';
import type { EditedField } from './merge-edits';

/**
 * What to say after a save: that it worked, what of others' changes was kept, and what the API noticed
 * all the same.
 */
export function savedToast(
  done: string,
  webhook: Webhook,
  kept: readonly EditedField[] = [],
): Toast {
  const subject = displayUrl(webhook.target_url, webhook.kind);
  const warnings = webhook.warnings.map(({ message }) => message);
  const merged =
    kept.length > 0 ? [`Kept what was changed meanwhile: ${kept.map(fieldLabel).join(', ')}.`] : [];
  const detail = [...merged, ...warnings].join(' ');
  return {
    tone: warnings.length > 0 ? 'warning' : 'success',
    title: warnings.length > 0 ? `${done}, with a warning` : done,
    subject,
    ...(detail !== '' && { detail }),
  };
}

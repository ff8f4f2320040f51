import { Notice } from '../ui/notice';
import type { SecretChoice } from './webhook-form-values';

const words: Record<SecretChoice['action'], string> = {
  keep: 'It has a secret, which this API drops with every change: to save anything, enter the one that its receiver knows now.',
  set: 'They may have set another one, which nobody can read back. Saving sets the one that you typed.',
  remove: 'It has a secret, which this API drops with every change. Saving leaves it without one.',
};

/** What saving does to a secret of somebody else's that cannot be kept. */
export function DroppedSecret({ action }: Pick<SecretChoice, 'action'>) {
  return <Notice tone="warning">{words[action]}</Notice>;
}

import { dismissToast, showToast, type Toast } from '../ui/toast-store';

/*
 * The toast that offers to go on with a form that was left, by Back or with a save that failed later.
 * It goes as soon as a form is open again, or nobody is signed in.
 */

let offered: number | null = null;

/** Offers to go on with the form that was left. */
export function offerDraft(action: NonNullable<Toast['action']>): void {
  withdrawDraftOffer();
  offered = showToast({
    tone: 'neutral',
    title: 'What you typed is not saved',
    detail: 'It is kept in this tab.',
    action,
  });
}

export function withdrawDraftOffer(): void {
  if (offered !== null) dismissToast(offered);
  offered = null;
}

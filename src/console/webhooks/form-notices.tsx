import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import type { Draft } from './form-draft';

/** What another person did to the webhook while it was edited here. */
export type Conflict = 'changed' | 'deleted';

interface ConflictNoticeProps {
  conflict: Conflict;
  busy: boolean;
  /** Saves all the same: over theirs, or as a webhook of its own. */
  onResolve: () => void;
}

export function ConflictNotice({ conflict, busy, onResolve }: ConflictNoticeProps) {
  const changed = conflict === 'changed';
  return (
    <Notice tone="danger">
      <p>
        {changed
          ? 'This webhook was changed elsewhere while you were editing.'
          : 'This webhook was deleted elsewhere while you were editing.'}{' '}
        Your changes are still here and not saved.
      </p>
      <Button className="mt-2" busy={busy} onClick={onResolve}>
        {changed ? 'Save mine over theirs' : 'Create it anew'}
      </Button>
    </Notice>
  );
}

/** Says that what was typed before has come back, and what of it has not. */
export function DraftNotice({ draft, onStartOver }: { draft: Draft; onStartOver: () => void }) {
  return (
    <Notice tone="info">
      <p>
        What you had typed before is back.
        {draft.lacksSecret && ' A secret is not kept: enter it again.'}
        {draft.outdated && ' The webhook has been changed since: look through all fields.'}
      </p>
      <Button className="mt-2" onClick={onStartOver}>
        Start over
      </Button>
    </Notice>
  );
}

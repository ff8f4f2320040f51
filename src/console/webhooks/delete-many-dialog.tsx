import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';

import { displayUrl } from '../../contract/display-url';
import type { Webhook } from '../../contract/webhook';
import { count, webhookCount } from '../numbers';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { usePageTitle } from '../ui/page-title';

/** How many URLs are listed before the rest is counted. */
const most = 5;

interface DeleteManyDialogProps {
  webhooks: readonly Webhook[];
  /** How many of them the list does not show now. */
  notShown: number;
  onCancel: () => void;
  onConfirm: () => void;
}

/** Asks before many webhooks are deleted: how many, which, and what will stop. */
export function DeleteManyDialog(props: DeleteManyDialogProps) {
  const { webhooks, notShown, onCancel, onConfirm } = props;
  usePageTitle('Delete webhooks', 'dialog');
  const one = webhooks.length === 1;
  const listed = webhooks.length <= most + 1 ? webhooks : webhooks.slice(0, most);
  const rest = webhooks.length - listed.length;
  return (
    <ConfirmDialog
      title={`Delete ${webhookCount(webhooks.length)}?`}
      confirm={`Delete ${webhookCount(webhooks.length)}`}
      onCancel={onCancel}
      onConfirm={onConfirm}
    >
      <ul className="space-y-1 text-ink">
        {listed.map(({ id, target_url, kind }) => (
          <li key={id} className="line-clamp-2 wrap-anywhere">
            {displayUrl(target_url, kind)}
          </li>
        ))}
        {rest > 0 && <li className="text-muted">and {count(rest)} more</li>}
      </ul>
      {notShown > 0 && (
        <p className="font-medium text-warning">
          {count(notShown)} of them {notShown === 1 ? 'is' : 'are'} not shown in the list now.
        </p>
      )}
      <p>
        No deployment event will be sent to {one ? 'it' : 'them'} any more, and{' '}
        {one ? 'its secret is' : 'their secrets are'} erased. This cannot be undone.
      </p>
    </ConfirmDialog>
  );
}

/**
 * Whether the question is asked. Back answers it with no, as for other dialogs; a selection does not
 * outlive a reload, and neither does the question.
 */
export function useDeleteQuestion() {
  const location = useLocation();
  const navigate = useNavigate();
  const [wasAsked, setAsked] = useState(false);
  const state: unknown = location.state;
  const isHere = typeof state === 'object' && state !== null && 'deletesMany' in state;
  return {
    isAsked: wasAsked && isHere,
    ask() {
      setAsked(true);
      void navigate(location, { state: { deletesMany: true } });
    },
    close() {
      setAsked(false);
      void navigate(-1);
    },
  };
}

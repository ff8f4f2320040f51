import { useId, type ReactNode } from 'react';

import { Button } from './button';
import { Dialog } from './dialog';

interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  /** The words of the button that does it. */
  confirm: string;
  cancel?: string;
  /** While it is being done there is no way back. */
  busy?: boolean;
  /** Why it cannot be done now. */
  off?: string | undefined;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before something that cannot be taken back. **Cancel** has the focus. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  cancel = 'Cancel',
  busy = false,
  off,
  onConfirm,
  onCancel,
}: ConfirmDialogProps) {
  const descriptionId = useId();
  return (
    <Dialog
      title={title}
      role="alertdialog"
      describedBy={descriptionId}
      onClose={busy ? () => undefined : onCancel}
    >
      <div id={descriptionId} className="min-h-0 space-y-2 overflow-y-auto px-5 py-4 text-muted">
        {children}
      </div>
      <footer className="flex justify-end gap-2 border-t border-line bg-sunken px-5 py-3">
        <Button data-autofocus disabled={busy} onClick={onCancel}>
          {cancel}
        </Button>
        <Button look="danger" busy={busy} off={off} onClick={onConfirm}>
          {confirm}
        </Button>
      </footer>
    </Dialog>
  );
}

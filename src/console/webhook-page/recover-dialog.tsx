import { useState } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';

import { displayUrl } from '../../contract/display-url';
import type { Webhook } from '../../contract/webhook';
import { Dialog } from '../ui/dialog';
import { Notice } from '../ui/notice';
import { usePageTitle } from '../ui/page-title';
import { recoveryParameter, useCloseDialog } from '../use-close-dialog';
import { ChooseSince } from './choose-since';
import { FeatureDialog } from './feature-dialog';
import { RecoveryProgress } from './recovery-progress';

interface RecoverDialogProps {
  organizationId: string;
  webhook: Webhook;
}

const title = 'Recover failed deliveries';

/** Sends again all that failed since a time one chooses: how many, how far, what came of it. */
export function RecoverDialog(props: RecoverDialogProps) {
  return (
    <FeatureDialog feature="recover" title={title}>
      <Recovery {...props} />
    </FeatureDialog>
  );
}

function Recovery({ organizationId, webhook }: RecoverDialogProps) {
  usePageTitle(title, 'dialog');
  const close = useCloseDialog();
  const { state } = useLocation();
  const [params, setParams] = useSearchParams();
  const id = params.get(recoveryParameter);
  const [others, setOthers] = useState<string | null>(null);
  const show = (recovery: string | null) =>
    setParams(
      (params) => {
        if (recovery === null) params.delete(recoveryParameter);
        else params.set(recoveryParameter, recovery);
        return params;
      },
      { replace: true, state },
    );
  return (
    <Dialog title={title} size="medium" onClose={close}>
      <div className="min-h-0 flex-1 space-y-4 overflow-y-auto p-5">
        <p className="font-medium wrap-anywhere">{displayUrl(webhook.target_url, webhook.kind)}</p>
        {id !== null && id === others && (
          <Notice tone="info">
            This one began before and is still at work; a webhook has one at a time.
          </Notice>
        )}
        {id === null ? (
          <ChooseSince
            organizationId={organizationId}
            webhook={webhook}
            onBegun={show}
            onOther={(other) => {
              setOthers(other);
              show(other);
            }}
            onClose={close}
          />
        ) : (
          <RecoveryProgress
            organizationId={organizationId}
            webhookId={webhook.id}
            id={id}
            onAgain={() => show(null)}
            onClose={close}
          />
        )}
      </div>
    </Dialog>
  );
}

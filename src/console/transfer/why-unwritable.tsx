import type { Webhook } from '../../contract/webhook';
import { editWebhookPage } from '../page-paths';
import { NewTabLink } from '../ui/new-tab-link';
import { fieldLabel } from '../webhooks/field-wording';
import type { UnwritableRow } from './import-plan';

interface WhyUnwritableProps {
  organizationId: string;
  row: UnwritableRow;
}

/** Why an import cannot write a row, and what else leads there. */
export function WhyUnwritable({ organizationId, row }: WhyUnwritableProps) {
  switch (row.outcome) {
    case 'unreadable':
      return <>Cannot be read: {row.problem}</>;
    case 'secret':
      return (
        <>
          Left out: this API would drop its secret
          {row.stored.target_secret_set ? '' : ', if it has one'}.{' '}
          <EditLink organizationId={organizationId} webhook={row.stored} /> by itself, or write its
          secret into this row of the file, as target_secret.
        </>
      );
    case 'untold':
      return (
        <>
          Left out: this API did not say what it has stored as:{' '}
          {row.fields.map(fieldLabel).join(', ')}.{' '}
          <EditLink organizationId={organizationId} webhook={row.stored} /> by itself, or write that
          into this row of the file.
        </>
      );
  }
}

interface EditLinkProps {
  organizationId: string;
  webhook: Webhook;
}

/** Leads to a webhook's form, and leaves the import as it stands. */
export function EditLink({ organizationId, webhook: { id } }: EditLinkProps) {
  return <NewTabLink href={editWebhookPage(organizationId, id)}>Edit it</NewTabLink>;
}

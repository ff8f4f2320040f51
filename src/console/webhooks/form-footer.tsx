import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { useParams } from 'react-router-dom';

import { Button } from '../ui/button';
import { useWritesOff } from '../write-access';
import { fieldLabel } from './field-wording';
import { editedFields } from './merge-edits';
import type { WebhookFormValues } from './webhook-form-values';

interface FormFooterProps {
  /** The words of the buttons. */
  submit: string;
  cancel: string;
  onCancel: () => void;
}

/** The form's buttons; after an attempt to save, how many fields are in the way. */
export function FormFooter({ submit, cancel, onCancel }: FormFooterProps) {
  const { errors, submitCount, isSubmitting } = useFormContext<WebhookFormValues>().formState;
  const { organizationId = '' } = useParams();
  const off = useWritesOff(organizationId);
  const bad = editedFields.filter((field) => errors[field]);
  return (
    <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
      {off === undefined ? (
        <p className="mr-auto text-danger">
          {submitCount > 0 &&
            bad.length > 0 &&
            (bad.length === 1
              ? 'One field needs attention.'
              : `${bad.length} fields need attention.`)}
        </p>
      ) : (
        <p className="mr-auto text-muted">{off}</p>
      )}
      <Messages attempt={isSubmitting ? null : submitCount} />
      <Button disabled={isSubmitting} onClick={onCancel}>
        {cancel}
      </Button>
      <Button type="submit" look="primary" busy={isSubmitting} off={off}>
        {submit}
      </Button>
    </footer>
  );
}

/**
 * Says all messages of the fields aloud, once for each attempt to save: what changes while they are
 * mended is said at the fields.
 *
 * @param attempt the number of the last attempt; null while one goes on.
 */
function Messages({ attempt }: { attempt: number | null }) {
  const { errors } = useFormContext<WebhookFormValues>().formState;
  const [said, setSaid] = useState({ attempt: 0, text: '' });
  const text = editedFields
    .flatMap((field) => {
      const message = errors[field]?.message;
      return message === undefined ? [] : `${fieldLabel(field)}: ${message}`;
    })
    .join(' ');
  if (attempt !== null && attempt !== said.attempt) setSaid({ attempt, text });

  return (
    <p role="alert" className="sr-only">
      {said.text !== '' && <span key={said.attempt}>{said.text}</span>}
    </p>
  );
}

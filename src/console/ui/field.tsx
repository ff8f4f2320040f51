import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useId, type ReactNode } from 'react';

import { Steady } from './steady';

/** What ties a control to its field's label and messages. */
export interface FieldControl {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string;
  'aria-required': boolean;
}

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Something to look at again that does not stand in the way. */
  warning?: string | undefined;
  required?: boolean;
  children: (control: FieldControl) => ReactNode;
}

/** A labelled control with what there is to say of it; its messages are tied to it. */
export function Field({ label, hint, error, warning, required = false, children }: FieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 flex items-baseline justify-between gap-2 font-medium">
        {label}
        {!required && <span className="text-xs font-normal text-muted">Optional</span>}
      </label>
      {children({
        id,
        'aria-invalid': error !== undefined,
        'aria-describedby': `${id}-messages`,
        'aria-required': required,
      })}
      <FieldMessages id={`${id}-messages`} hint={hint} error={error} warning={warning} />
    </div>
  );
}

interface FieldGroupProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Beside the label. */
  aside?: ReactNode;
  children: ReactNode;
}

/** Several controls that answer one question. */
export function FieldGroup({ label, hint, error, aside, children }: FieldGroupProps) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={`${id}-label`} aria-describedby={id}>
      <div className="mb-1.5 flex items-center justify-between gap-2">
        <span id={`${id}-label`} className="font-medium">
          {label}
        </span>
        {aside}
      </div>
      {children}
      <FieldMessages id={id} hint={hint} error={error} />
    </div>
  );
}

interface FieldMessagesProps {
  id: string;
  hint?: ReactNode;
  error?: string | undefined;
  warning?: string | undefined;
}

function FieldMessages({ id, hint, error, warning }: FieldMessagesProps) {
  return (
    <div id={id} className="text-sm">
      <Steady>
        {error !== undefined && (
          <p className="mt-1.5 flex gap-1.5 text-danger wrap-anywhere">
            <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
            {error}
          </p>
        )}
        {error === undefined && warning !== undefined && (
          <p className="mt-1.5 flex gap-1.5 text-warning">
            <TriangleAlert aria-hidden className="mt-px size-4 shrink-0" />
            {warning}
          </p>
        )}
        {hint !== undefined && <p className="mt-1.5 text-muted">{hint}</p>}
      </Steady>
    </div>
  );
}

import { createContext, use, type ReactNode } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';

import { Button } from '../ui/button';
import { DroppedSecret } from './dropped-secret';
import { fieldLabel, fieldText } from './field-wording';
import { canTakeTheirs, type EditedField } from './merge-edits';
import type { Disagreement } from './use-webhook-form';
import type { WebhookFormValues } from './webhook-form-values';

/** Where the form and what somebody else has saved do not agree; null if they do. */
export const DisagreementContext = createContext<Disagreement | null>(null);

/** A field; if two people want it different, with what the other one wants below it. */
export function FieldWithTheirs({ field, children }: { field: EditedField; children: ReactNode }) {
  const disagreement = use(DisagreementContext);
  return (
    <div>
      {children}
      {disagreement?.fields.includes(field) && (
        <OtherValue field={field} disagreement={disagreement} />
      )}
    </div>
  );
}

interface OtherValueProps {
  field: EditedField;
  disagreement: Disagreement;
}

/** Theirs while yours stands in the field, and the other way round. */
function OtherValue({ field, disagreement: { mine, theirs, keeps } }: OtherValueProps) {
  const { control, setValue } = useFormContext<WebhookFormValues>();
  const value = useWatch({ control, name: field });
  const secret = useWatch({ control, name: 'target_secret' });
  if (!canTakeTheirs(field, theirs, keeps)) {
    return (
      <div className="mt-2">
        <DroppedSecret action={secret.action} />
      </div>
    );
  }
  const isTheirs = JSON.stringify(value) === JSON.stringify(theirs[field]);
  const [other, whose] = isTheirs ? [mine, 'yours'] : [theirs, 'theirs'];
  const label = fieldLabel(field);
  return (
    <div
      role="group"
      aria-label={`${label}: ${whose}`}
      className="mt-2 flex flex-wrap items-center justify-between gap-x-3 gap-y-2 rounded-lg bg-warning-soft py-2 pr-2 pl-3"
    >
      <p className="min-w-40 flex-1 whitespace-pre-wrap wrap-anywhere">
        <span className="font-medium text-warning">{isTheirs ? 'Yours: ' : 'Theirs: '}</span>
        {fieldText(field, other)}
      </p>
      <Button
        onClick={() =>
          setValue(field, other[field], {
            shouldDirty: true,
            shouldTouch: true,
            shouldValidate: true,
          })
        }
      >
        Use {whose}
        <span className="sr-only"> for {label}</span>
      </Button>
    </div>
  );
}

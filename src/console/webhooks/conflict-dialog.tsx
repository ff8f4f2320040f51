import { useState } from 'react';

import { Button } from '../ui/button';
import { ChoiceCard } from '../ui/choice-card';
import { Dialog } from '../ui/dialog';
import { RelativeTime } from '../ui/relative-time';
import { fieldLabel, fieldText } from './field-wording';
import type { EditedField } from './merge-edits';
import type { EditConflict } from './save-edits';
import { initialValues, type WebhookFormValues } from './webhook-form-values';

type Side = 'mine' | 'theirs';

interface ConflictDialogProps {
  conflict: EditConflict;
  /** Saves what was chosen. */
  onSave: (values: WebhookFormValues) => void;
  /** Back to the form, with both in view. */
  onGoOn: () => void;
}

/** Somebody else has saved meanwhile what was changed here: field by field, whose is to stand? */
export function ConflictDialog({ conflict, onSave, onGoOn }: ConflictDialogProps) {
  const { theirs, merge } = conflict;
  const [chosen, setChosen] = useState<Partial<Record<EditedField, Side>>>({});
  const theirValues = initialValues(theirs);
  const chooseAll = (side: Side) =>
    setChosen(Object.fromEntries(merge.conflicts.map((field) => [field, side])));

  // Somebody else's secret is not dropped by who does not look.
  const preset = (field: EditedField): Side =>
    field === 'target_secret' && merge.values.target_secret.action === 'remove' ? 'theirs' : 'mine';

  function save() {
    const taken = merge.conflicts.filter((field) => (chosen[field] ?? preset(field)) === 'theirs');
    onSave({
      ...merge.values,
      ...Object.fromEntries(taken.map((field) => [field, theirValues[field]])),
    });
  }

  return (
    <Dialog title="Somebody else changed this webhook" size="medium" onClose={onGoOn}>
      <div className="min-h-0 space-y-5 overflow-y-auto px-5 py-4">
        <p className="text-muted">
          {merge.conflicts.length === 1
            ? 'One field cannot be merged. '
            : `${merge.conflicts.length} fields cannot be merged. `}
          Choose what to save. Theirs was saved{' '}
          <RelativeTime iso={theirs.updated_at ?? theirs.created_at} />.
          {merge.kept.length > 0 &&
            ` What else they changed is kept: ${merge.kept.map(fieldLabel).join(', ')}.`}
        </p>
        {merge.conflicts.length > 1 && (
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => chooseAll('mine')}>Keep all of yours</Button>
            <Button onClick={() => chooseAll('theirs')}>Take all of theirs</Button>
          </div>
        )}
        {merge.conflicts.map((field) => (
          <FieldChoice
            key={field}
            field={field}
            mine={merge.values}
            theirs={theirValues}
            chosen={chosen[field] ?? preset(field)}
            onChoose={(side) => setChosen({ ...chosen, [field]: side })}
          />
        ))}
      </div>
      <footer className="flex flex-wrap justify-end gap-2 border-t border-line bg-sunken px-5 py-3">
        <Button data-autofocus onClick={onGoOn}>
          Go on editing
        </Button>
        <Button look="primary" onClick={save}>
          Save what is chosen
        </Button>
      </footer>
    </Dialog>
  );
}

interface FieldChoiceProps {
  field: EditedField;
  mine: WebhookFormValues;
  theirs: WebhookFormValues;
  chosen: Side;
  onChoose: (side: Side) => void;
}

function FieldChoice({ field, mine, theirs, chosen, onChoose }: FieldChoiceProps) {
  const sides = [
    { side: 'mine', title: 'Yours', values: mine },
    { side: 'theirs', title: 'Theirs', values: theirs },
  ] as const;
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{fieldLabel(field)}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {sides.map(({ side, title, values }) => (
          <ChoiceCard
            key={side}
            type="radio"
            name={`conflict-${field}`}
            checked={chosen === side}
            onChange={() => onChoose(side)}
            title={title}
            detail={fieldText(field, values)}
            className="min-w-0 wrap-anywhere whitespace-pre-wrap"
          />
        ))}
      </div>
    </fieldset>
  );
}

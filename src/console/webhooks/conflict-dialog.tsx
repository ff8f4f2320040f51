import { Button } from '../ui/button';
import { ChoiceCard } from '../ui/choice-card';
import { Dialog } from '../ui/dialog';
import { RelativeTime } from '../ui/relative-time';
import { DroppedSecret } from './dropped-secret';
import { fieldLabel, fieldText } from './field-wording';
import type { EditedField } from './merge-edits';
import type { EditConflict } from './save-edits';
import { useConflictChoices, type Side } from './use-conflict-choices';
import type { SecretChoice, WebhookFormValues } from './webhook-form-values';

interface ConflictDialogProps {
  conflict: EditConflict;
  /** Whether the API keeps a secret that a change does not name. */
  keepsSecret: boolean;
  /** Saves what was chosen. */
  onSave: (values: WebhookFormValues) => void;
  /** Back to the form with what was chosen, and both in view. */
  onGoOn: (values: WebhookFormValues) => void;
  /** Wants to leave what is stored as it is. */
  onDiscard: () => void;
}

/** Somebody else has saved meanwhile what was changed here: field by field, whose is to stand? */
export function ConflictDialog({ conflict, keepsSecret, onGoOn, ...props }: ConflictDialogProps) {
  const { theirs, merge } = conflict;
  const choices = useConflictChoices(conflict, keepsSecret);
  const { fields, dropsTheirs } = choices;
  const { action } = merge.values.target_secret;
  const saveLabel = dropsTheirs ? saveLabels[action] : 'Save what is chosen';
  const goOn = () => onGoOn(choices.values());
  return (
    <Dialog title="Somebody else changed this webhook" size="medium" onClose={goOn}>
      <div className="min-h-0 space-y-5 overflow-y-auto px-5 py-4">
        <p className="text-muted">
          {askWords(fields.length)}
          Theirs was saved <RelativeTime iso={theirs.updated_at ?? theirs.created_at} />.
          {merge.kept.length > 0 &&
            ` What else they changed is kept: ${merge.kept.map(fieldLabel).join(', ')}.`}
        </p>
        <FieldChoices choices={choices} mine={merge.values} />
        {dropsTheirs && (
          <div role="group" aria-label={fieldLabel('target_secret')}>
            <p className="mb-1.5 font-medium">{fieldLabel('target_secret')}</p>
            <DroppedSecret action={action} />
          </div>
        )}
      </div>
      <footer className="flex flex-wrap justify-end gap-2 border-t border-line bg-sunken px-5 py-3">
        {dropsTheirs && (
          <Button onClick={props.onDiscard} className="mr-auto">
            Discard yours
          </Button>
        )}
        <Button data-autofocus onClick={goOn}>
          Go on editing
        </Button>
        {saveLabel !== null && (
          <Button look="primary" onClick={() => props.onSave(choices.values())}>
            {saveLabel}
          </Button>
        )}
      </footer>
    </Dialog>
  );
}

function askWords(fields: number): string {
  if (fields === 0) return '';
  const which = fields === 1 ? 'One field' : `${fields} fields`;
  return `${which} cannot be merged. Choose what to save. `;
}

/** null: there is nothing yet that could be saved. */
const saveLabels: Record<SecretChoice['action'], string | null> = {
  keep: null,
  set: 'Save with your secret',
  remove: 'Save without a secret',
};

interface FieldChoicesProps {
  choices: ReturnType<typeof useConflictChoices>;
  mine: WebhookFormValues;
}

function FieldChoices({ choices, mine }: FieldChoicesProps) {
  const { fields, chooseAll } = choices;
  return (
    <>
      {fields.length > 1 && (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => chooseAll('mine')}>Keep all of yours</Button>
          <Button onClick={() => chooseAll('theirs')}>Take all of theirs</Button>
        </div>
      )}
      {fields.map((field) => (
        <FieldChoice
          key={field}
          field={field}
          mine={mine}
          theirs={choices.theirValues}
          chosen={choices.sideOf(field)}
          onChoose={(side) => choices.choose(field, side)}
        />
      ))}
    </>
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

import { useState } from 'react';

import { secretMustBeGiven } from '../../contract/webhook';
import { canTakeTheirs, type EditedField } from './merge-edits';
import type { EditConflict } from './save-edits';
import { initialValues, type WebhookFormValues } from './webhook-form-values';

export type Side = 'mine' | 'theirs';

/**
 * Whose is to stand, for each field that both have changed.
 *
 * @param keepsSecret whether the API keeps a secret that a change does not name.
 */
export function useConflictChoices({ theirs, merge }: EditConflict, keepsSecret: boolean) {
  const [chosen, setChosen] = useState<Partial<Record<EditedField, Side>>>({});
  const theirValues = initialValues(theirs);
  const fields = merge.conflicts.filter((each) => canTakeTheirs(each, theirValues, keepsSecret));
  const dropsTheirs = fields.length < merge.conflicts.length;

  function sideOf(field: EditedField): Side {
    // Somebody else's secret is not dropped by who does not look.
    const isRemoved = field === 'target_secret' && merge.values.target_secret.action === 'remove';
    return chosen[field] ?? (isRemoved ? 'theirs' : 'mine');
  }

  function values(): WebhookFormValues {
    const taken = fields.filter((field) => sideOf(field) === 'theirs');
    const all = {
      ...merge.values,
      ...Object.fromEntries(taken.map((field) => [field, theirValues[field]])),
    };
    // One that was typed for another receiver is asked for again.
    const { target_url } = merge.values;
    const goesElsewhere = secretMustBeGiven(
      { target_url, target_secret_set: true },
      all.target_url,
    );
    return dropsTheirs && goesElsewhere
      ? { ...all, target_secret: theirValues.target_secret }
      : all;
  }

  return {
    /** Those that can be chosen. */
    fields,
    /** Whether they have a secret that cannot be kept. */
    dropsTheirs,
    theirValues,
    sideOf,
    choose: (field: EditedField, side: Side) => setChosen({ ...chosen, [field]: side }),
    chooseAll: (side: Side) => setChosen(Object.fromEntries(fields.map((field) => [field, side]))),
    /** The form's values as they are chosen. */
    values,
  };
}

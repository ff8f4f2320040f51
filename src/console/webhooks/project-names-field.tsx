import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Controller, useFormContext, useWatch } from 'react-hook-form';

import { foldCase } from '../../contract/fold-case';
import { mergePatterns, webhookLimits } from '../../contract/webhook';
import { projectNamesQuery } from '../project-queries';
import { Field } from '../ui/field';
import { TagsField } from '../ui/tags-field';
import type { WebhookFormValues } from './webhook-form-values';

const noNames: string[] = [];

/** The patterns that projects' names must match, with the organization's projects as suggestions. */
export function ProjectNamesField({ organizationId }: { organizationId: string }) {
  const { control, setValue } = useFormContext<WebhookFormValues>();
  const typed = useWatch({ control, name: 'project_names_typed' });
  const { data: projects = noNames } = useQuery(projectNamesQuery(organizationId));
  const [repeated, setRepeated] = useState(noNames);

  function type(text: string) {
    setValue('project_names_typed', text, { shouldDirty: true });
    if (text !== '') setRepeated(noNames);
  }

  return (
    <Controller
      control={control}
      name="project_names_filter"
      render={({ field, fieldState }) => (
        <Field
          label="Project name filter"
          error={fieldState.error?.message}
          hint={
            <>
              <span role="status" className="font-medium text-ink">
                {repeated.length > 0 && alreadyThere(repeated)}
              </span>
              Case does not matter, and * stands for any characters: product* is every project whose
              name starts with product. Up to {webhookLimits.patterns} names.
            </>
          }
        >
          {(described) => (
            <TagsField
              {...described}
              value={field.value}
              typed={typed}
              onType={type}
              suggestions={projects}
              suggestionsLabel="Projects"
              placeholder="product*, analytics"
              inputRef={field.ref}
              onBlur={field.onBlur}
              onCommit={(texts) => {
                setRepeated(repeatedIn(field.value, texts));
                field.onChange(mergePatterns([...field.value, ...texts]));
              }}
              onRemove={(index) => field.onChange(field.value.toSpliced(index, 1))}
            />
          )}
        </Field>
      )}
    />
  );
}

/** Those of the texts that say the same as one before, in any case. */
function repeatedIn(names: string[], texts: string[]): string[] {
  const there = new Set(names.map(foldCase));
  return texts.filter((text) => {
    const folded = foldCase(text);
    const isThere = there.has(folded);
    there.add(folded);
    return isThere;
  });
}

function alreadyThere(texts: string[]): string {
  const [only] = texts;
  return texts.length === 1
    ? `“${only}” is there already. `
    : `${texts.length} of these were there already. `;
}

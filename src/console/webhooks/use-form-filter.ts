import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';

import type { WebhookFilter } from '../../contract/filter';
import { projectNamesOf, type WebhookFormValues } from './webhook-form-values';

/**
 * The filter that stands in the form, also what is typed and no tag yet. It follows what is typed
 * when there is time for it.
 */
export function useFormFilter(): WebhookFilter {
  const { control } = useFormContext<WebhookFormValues>();
  const events = useWatch({ control, name: 'events' });
  const environment_types_filter = useWatch({ control, name: 'environment_types_filter' });
  const project_names_filter = useWatch({ control, name: 'project_names_filter' });
  const project_names_typed = useWatch({ control, name: 'project_names_typed' });
  const enabled = useWatch({ control, name: 'enabled' });
  const filter = useMemo(
    () => ({
      enabled,
      events,
      environment_types_filter,
      project_names_filter: projectNamesOf({ project_names_filter, project_names_typed }),
    }),
    [enabled, events, environment_types_filter, project_names_filter, project_names_typed],
  );
  return useDeferredValue(filter);
}

/** Those of which it depends what the filter takes. */
const filterFields: ReadonlySet<string | undefined> = new Set<keyof WebhookFormValues>([
  'events',
  'environment_types_filter',
  'project_names_filter',
  'project_names_typed',
]);

/** Whether somebody has changed the filter since the form opened: a draft laid over it is no change. */
export function useIsFilterTyped(): boolean {
  const { subscribe } = useFormContext<WebhookFormValues>();
  const [isTyped, setIsTyped] = useState(false);
  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ name }) => {
          if (filterFields.has(name)) setIsTyped(true);
        },
      }),
    [subscribe],
  );
  return isTyped;
}

import * as z from 'zod/mini';

import { lenientList, withDefault } from './lenient';

/* Organizations and projects as the Qovery API answers them, read leniently: only what is shown. */

/** One without a name is called by its id. */
export const organizationSchema = z.pipe(
  z.object({ id: z.string(), name: z.nullish(z.string()) }),
  z.transform(({ id, name }) => ({ id, name: name?.trim() ? name : id })),
);
export type Organization = z.output<typeof organizationSchema>;
export const organizationListSchema = lenientList(organizationSchema);

const projectSchema = z.object({ id: z.string(), name: withDefault(z.string(), '') });
export const projectListSchema = lenientList(projectSchema);

import * as z from 'zod/mini';

import { lenientList, withDefault } from './lenient';

/* Organizations and projects as the Qovery API answers them, read leniently: only what is shown. */

export const organizationSchema = z.object({ id: z.string(), name: withDefault(z.string(), '') });
export type Organization = z.output<typeof organizationSchema>;
export const organizationListSchema = lenientList(organizationSchema);

const projectSchema = z.object({ id: z.string(), name: withDefault(z.string(), '') });
export const projectListSchema = lenientList(projectSchema);

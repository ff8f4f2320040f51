import * as z from 'zod/mini';

import { lenientList, withDefault } from './lenient';

/*
 * Organizations, projects and environments as the Qovery API answers them, read leniently: only what
 * the console shows. `Organization…Response` are what the embedded API answers and what a payload
 * carries.
 */

export const organizationSchema = z.object({ id: z.string(), name: withDefault(z.string(), '') });
export type Organization = z.output<typeof organizationSchema>;
export const organizationListSchema = lenientList(organizationSchema);

const projectSchema = z.object({ id: z.string(), name: withDefault(z.string(), '') });
export const projectListSchema = lenientList(projectSchema);

/** `Organization` of the Qovery API, with what the document requires. */
export interface OrganizationResponse {
  id: string;
  created_at: string;
  name: string;
  plan: string;
  description: string;
}

/** `Project` of the Qovery API. */
export interface ProjectResponse {
  id: string;
  created_at: string;
  updated_at: string;
  name: string;
  description: string;
  organization: { id: string };
  associated_environments_count: number;
}

/** `Environment` of the Qovery API. */
export interface EnvironmentResponse {
  id: string;
  created_at: string;
  updated_at: string;
  name: string;
  mode: string;
  organization: { id: string };
  project: { id: string };
  cloud_provider: Record<string, never>;
  cluster_id: string;
}

import * as z from 'zod/mini';

import { environmentMode } from '../../contract/webhook';
import { count, id, moment, results } from './parts';

/*
 * The look-ups of the Qovery API, with what its document requires. A payload carries the same objects.
 */

/** Something that is named by its id alone. */
export const referenceAnswer = z.strictObject({ id });

/** `Organization` of the Qovery API. */
export const organizationAnswer = z.strictObject({
  id,
  created_at: moment,
  name: z.string(),
  plan: z.literal('ENTERPRISE'),
  description: z.string(),
});
export type OrganizationResponse = z.output<typeof organizationAnswer>;
export const organizationListAnswer = results(organizationAnswer);

/** `Project` of the Qovery API. */
export const projectAnswer = z.strictObject({
  id,
  created_at: moment,
  updated_at: moment,
  name: z.string(),
  description: z.string(),
  organization: referenceAnswer,
  associated_environments_count: count,
});
export type ProjectResponse = z.output<typeof projectAnswer>;
export const projectListAnswer = results(projectAnswer);

/** `Environment` of the Qovery API. */
export const environmentAnswer = z.strictObject({
  id,
  created_at: moment,
  updated_at: moment,
  name: z.string(),
  mode: environmentMode,
  organization: referenceAnswer,
  project: referenceAnswer,
  cloud_provider: z.strictObject({}),
  cluster_id: id,
});
export type EnvironmentResponse = z.output<typeof environmentAnswer>;
export const environmentListAnswer = results(environmentAnswer);

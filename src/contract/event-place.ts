import type { EnvironmentMode } from './webhook';

/*
 * Where an event happened, as its payload says it: the same objects as the look-ups of the Qovery API
 * answer.
 */

export interface EventOrganization {
  id: string;
  created_at: string;
  name: string;
  plan: 'ENTERPRISE';
  description: string;
}

/** Something that is named by its id alone. */
interface Reference {
  id: string;
}

export interface EventProject {
  id: string;
  created_at: string;
  updated_at: string;
  name: string;
  description: string;
  organization: Reference;
  associated_environments_count: number;
}

export interface EventEnvironment {
  id: string;
  created_at: string;
  updated_at: string;
  name: string;
  mode: EnvironmentMode;
  organization: Reference;
  project: Reference;
  cloud_provider: Record<string, never>;
  cluster_id: string;
}

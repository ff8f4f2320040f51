import {
  environmentAnswer,
  environmentListAnswer,
  organizationAnswer,
  organizationListAnswer,
  projectAnswer,
  projectListAnswer,
  referenceAnswer,
} from '../answers/organization';
import { environmentMode } from '../../contract/webhook';
import { answer, list, whole } from './components';

const created = 'When it became known.';
const updated = 'When it was last renamed or changed.';

/** Organizations, projects and environments. */
export const organizationComponents = [
  list('OrganizationResponseList', organizationListAnswer, 'All organizations.'),
  answer('Organization', organizationAnswer, 'An organization: it owns webhooks and projects.', {
    id: 'Its id.',
    created_at: 'When it was created.',
    name: 'Its name.',
    plan: 'A member that the Qovery API requires. This server knows of no plans: it is always the same.',
    description: 'A member of the Qovery API; empty.',
  }),
  list(
    'ProjectResponseList',
    projectListAnswer,
    'All projects of an organization that deployment events have named, in the order in which they became known.',
  ),
  answer('Project', projectAnswer, 'A project. It becomes known by its deployment events.', {
    id: 'Its id: the one that events name, or one of our own.',
    created_at: created,
    updated_at: updated,
    name: 'Its name, as the latest event has it.',
    description: 'A member of the Qovery API; empty.',
    organization: 'The organization that it belongs to.',
    associated_environments_count: 'How many environments of it are known.',
  }),
  list(
    'EnvironmentResponseList',
    environmentListAnswer,
    'All environments of a project that deployment events have named, in the order in which they became known.',
  ),
  answer(
    'Environment',
    environmentAnswer,
    'An environment of a project. It becomes known by its deployment events.',
    {
      id: 'Its id: the one that events name, or one of our own.',
      created_at: created,
      updated_at: updated,
      name: 'Its name, as the latest event has it.',
      mode: 'What it is for, as the latest event has it.',
      organization: 'The organization that it belongs to.',
      project: 'The project that it belongs to.',
      cloud_provider: 'A member that the Qovery API requires; without members of its own.',
      cluster_id: 'A member that the Qovery API requires; always the nil UUID.',
    },
  ),
  answer('ReferenceObject', referenceAnswer, 'Something that is named by its id alone.', {
    id: 'Its id.',
  }),
  whole('EnvironmentModeEnum', environmentMode, 'What an environment is for.'),
];

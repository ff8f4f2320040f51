import {
  environmentListAnswer,
  organizationAnswer,
  organizationListAnswer,
  projectListAnswer,
} from '../answers/organization';
import type { Operation } from './operation';

/** The look-ups of the Qovery API. */
export const organizationOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/organization',
    id: 'listOrganization',
    tag: 'Organization Main Calls',
    summary: 'List organizations',
    answers: { 200: { description: 'All organizations.', schema: organizationListAnswer } },
  },
  {
    method: 'get',
    path: '/organization/{organizationId}',
    id: 'getOrganization',
    tag: 'Organization Main Calls',
    summary: 'Get an organization',
    answers: { 200: { description: 'The organization.', schema: organizationAnswer } },
  },
  {
    method: 'get',
    path: '/organization/{organizationId}/project',
    id: 'listProject',
    tag: 'Projects',
    summary: 'List the projects of an organization',
    answers: { 200: { description: 'The projects that are known.', schema: projectListAnswer } },
  },
  {
    method: 'get',
    path: '/project/{projectId}/environment',
    id: 'listEnvironment',
    tag: 'Environments',
    summary: 'List the environments of a project',
    answers: {
      200: { description: 'The environments that are known.', schema: environmentListAnswer },
    },
  },
];

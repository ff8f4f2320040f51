import { capabilitiesAnswer, sessionAnswer, signInCodeAnswer } from '../answers/server';
import { sessionRequestSchema } from '../../contract/session';
import type { Headers, Operation } from './operation';

const tag = 'Server';
const sessions = 'Sessions';

const cookie = (what: string): Headers => ({
  'Set-Cookie': { description: what, required: true, schema: { type: 'string' } },
});

/** Sessions, and what is about the server itself. */
export const serverOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/openapi.json',
    id: 'getOpenApiDocument',
    tag,
    summary: 'Get this document',
    access: 'anyone',
    answers: {
      200: {
        description: 'An OpenAPI document.',
        content: { 'application/json': { schema: { type: 'object' } } },
      },
    },
  },
  {
    method: 'get',
    path: '/capabilities',
    id: 'getCapabilities',
    tag,
    summary: 'See what the server can do beyond the Qovery API',
    answers: { 200: { description: 'What it can do.', schema: capabilitiesAnswer } },
  },
  {
    method: 'post',
    path: '/backup',
    id: 'createBackup',
    tag,
    summary: 'Get a copy of the database',
    access: 'token',
    answers: {
      200: {
        description: 'A SQLite database, as it is at this moment.',
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
    },
    refusals: { 409: 'Another backup is under way.' },
  },
  {
    method: 'post',
    path: '/session',
    id: 'createSession',
    tag: sessions,
    summary: 'Sign a browser in',
    access: 'anyone',
    body: { schema: sessionRequestSchema },
    answers: {
      204: { description: 'A session has begun.', headers: cookie('The session.') },
    },
    refusals: {
      401: 'The code or the token is not valid, or no longer.',
      403: 'The request comes from a page of another origin.',
    },
  },
  {
    method: 'get',
    path: '/session',
    id: 'getSession',
    tag: sessions,
    summary: 'See who is signed in',
    answers: { 200: { description: 'Who calls.', schema: sessionAnswer } },
  },
  {
    method: 'delete',
    path: '/session',
    id: 'deleteSession',
    tag: sessions,
    summary: 'Sign out',
    answers: {
      204: { description: 'The session has ended.', headers: cookie('No session.') },
    },
  },
  {
    method: 'post',
    path: '/session/code',
    id: 'createSignInCode',
    tag: sessions,
    summary: 'Make a code for a sign-in link',
    access: 'token',
    answers: { 201: { description: 'The code.', schema: signInCodeAnswer } },
  },
];

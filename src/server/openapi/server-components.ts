import { fieldErrorAnswer, problemAnswer, recoverProblemAnswer } from '../answers/problem';
import { capabilitiesAnswer, sessionAnswer, signInCodeAnswer } from '../answers/server';
import { mostFieldErrors } from '../../contract/api-error';
import { sessionRequestSchema } from '../../contract/session';
import { answer, whole } from './components';

const problem = {
  type: 'Always `about:blank`: `status` says all that a program needs.',
  title: 'The name of the status.',
  status: 'The status code of the response.',
  detail: 'What is wrong, as one would say it to a person.',
  errors: `What is wrong with which member or parameter of the request, ${mostFieldErrors} at most.`,
};

/** Errors, sessions and what the server can do. */
export const serverComponents = [
  answer(
    'Problem',
    problemAnswer,
    'Why a request was refused: problem details (RFC 9457).',
    problem,
  ),
  answer('RecoverProblem', recoverProblemAnswer, 'Why a recovery does not begin.', {
    ...problem,
    recovery_id: 'The recovery of the webhook that is at work; absent if there is none.',
  }),
  answer('FieldError', fieldErrorAnswer, 'One thing that is wrong with a request.', {
    pointer: 'Where: a JSON pointer (RFC 6901) into the body, or `/` and the name of a parameter.',
    message: 'What, as one would say it to a person.',
  }),
  answer('Capabilities', capabilitiesAnswer, 'What the server can do.', {
    version: 'The version of the server.',
    features: 'What works here beyond the Qovery API. A later version may name more.',
  }),
  whole(
    'SessionRequest',
    sessionRequestSchema,
    "What signs a browser in: the `code` of a sign-in link, or the administrator's `token`.",
    'input',
  ),
  answer('Session', sessionAnswer, 'Who is signed in.', {
    role: 'What they may do.',
    expires_at:
      'When the session ends if nothing is done meanwhile; null for a token, which does not end.',
  }),
  answer('SignInCode', signInCodeAnswer, 'A code that signs one browser in.', {
    code: 'To be opened as `/sign-in#code=…`, once.',
    expires_at: 'When it can no longer be used.',
  }),
];

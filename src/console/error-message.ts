import { ApiError } from './api-client';
import { duration } from './numbers';

/** An error as people read it: what happened, and what to do about it. */
export interface ErrorMessage {
  title: string;
  detail: string;
}

/**
 * The one translator from errors to what people read, in forms, toasts and pages alike.
 *
 * @param what what failed, as the rest of a sentence: "Could not …" (`load the webhooks`).
 */
export function errorMessage(error: unknown, what: string): ErrorMessage {
  return { title: `Could not ${what}`, detail: reasonOf(error) };
}

/** Whether nothing is wrong with the request, so that it may go better a moment later. */
export function mayPass(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something unexpected happened. Please try again.';
  switch (error.status) {
    case 0:
      return error.message;
    case 401:
      return 'You are signed out. Sign in again.';
    case 403:
      // Whose rights are lacking only the API knows: on another API, those of our server's token.
      return error.message === ''
        ? 'You may not do this, but an administrator of the organization may.'
        : `You may not do this. ${error.message}`;
    case 404:
      return 'It does not exist, or not any more: somebody may have deleted it meanwhile.';
    case 409:
      return withReason('It conflicts with what is there already.', error);
    case 412:
      return 'It was changed elsewhere meanwhile. Look at it again, then try once more.';
    case 413:
      return 'This is more than the API takes at once.';
    case 429:
      return `Too many requests. Try again ${whenAgain(error.retryAfter)}.`;
    default:
      if (error.message !== '') return error.message;
      if (error.status >= 500) return `The server failed (${error.status}). Please try again.`;
      return `The API refused this (${error.status}).`;
  }
}

/** With what the API says of it, if it says anything. */
function withReason(text: string, { message }: ApiError): string {
  return message === '' ? text : `${text} The API says: ${message}`;
}

function whenAgain(seconds: number | null): string {
  if (seconds === null) return 'in a moment';
  return `in ${duration(seconds)}`;
}

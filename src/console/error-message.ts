import { ApiError } from './api-client';

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

function reasonOf(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something unexpected happened. Please try again.';
  switch (error.status) {
    case 0:
      return error.message;
    case 401:
      return 'You are signed out. Sign in again.';
    case 403:
      return `You may not do this. ${error.message}`;
    case 404:
      return 'It does not exist, or not any more.';
    case 412:
      return 'It was changed elsewhere meanwhile.';
    case 413:
      return 'This is more than the API takes at once.';
    case 429:
      return error.retryAfter === null
        ? 'Too many requests. Wait a moment, then try again.'
        : `Too many requests. Try again in ${error.retryAfter} seconds.`;
    default:
      return error.status >= 500
        ? `The server failed (${error.status}). Please try again.`
        : error.message;
  }
}

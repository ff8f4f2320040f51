import type { Operation } from './operation';

/** How callers say who they are. The first two under the names that the Qovery API gives them. */
export const securitySchemes = {
  bearerAuth: {
    type: 'http',
    scheme: 'bearer',
    description: "The administrator's token: `Authorization: Bearer …`.",
  },
  ApiKeyAuth: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: "The administrator's token after the word Token: `Authorization: Token …`.",
  },
  sessionCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'webhook-console-8080',
    description:
      'The session of a browser, which `createSession` begins. The name of the cookie ends with the port of the address that the browser uses, and begins with `__Host-` if `PUBLIC_URL` is https. Writes must come from a page of the same origin (`Origin`).',
  },
};

const byToken = [{ bearerAuth: [] }, { ApiKeyAuth: [] }];

/** What a call needs one of; nothing for a call that anyone may make. */
export function securityOf(access: Operation['access']): Record<string, string[]>[] {
  if (access === 'anyone') return [];
  return access === 'token' ? byToken : [...byToken, { sessionCookie: [] }];
}

import type { SignInCodeResponse } from './answers/server';
import { hashCredential, randomCredential } from './credentials';
import type { Db } from './db';
import {
  deleteEndedSessions,
  deleteSession,
  extendSession,
  findSession,
  insertSession,
} from './session-store';
import { deleteEndedSignInCodes, insertSignInCode, takeSignInCode } from './sign-in-code-store';

/** How long a session lasts without a request, in milliseconds. */
export const sessionLifetime = 12 * 3_600_000;

/** A session's end is moved at most this often: not every request is worth a write. */
const extensionStep = 60_000;

const codeLifetime = 10 * 60_000;

interface Deps {
  db: Db;
  adminToken: string;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** A session as it was found. `id` is what the cookie holds; only its hash is stored. */
export interface FoundSession {
  idHash: string;
  expiresAt: number;
  /** Whether its end was moved ahead just now. */
  extended: boolean;
}

/** Begins a session under today's admin token. Gives its id. */
export async function beginSession({ db, adminToken, now }: Deps): Promise<string> {
  const id = randomCredential();
  const tokenHash = hashCredential(adminToken);
  await deleteEndedSessions(db, tokenHash, now());
  await insertSession(db, {
    id_hash: hashCredential(id),
    created_at: now(),
    expires_at: now() + sessionLifetime,
    token_hash: tokenHash,
  });
  return id;
}

/** Looks a session up and keeps it alive; null if there is none, or it ended. */
export async function continueSession(
  { db, adminToken, now }: Deps,
  id: string,
): Promise<FoundSession | null> {
  const idHash = hashCredential(id);
  const found = await findSession(db, {
    idHash,
    tokenHash: hashCredential(adminToken),
    now: now(),
  });
  if (!found) return null;
  const end = now() + sessionLifetime;
  if (end - found.expires_at < extensionStep) {
    return { idHash, expiresAt: found.expires_at, extended: false };
  }
  await extendSession(db, idHash, end);
  return { idHash, expiresAt: end, extended: true };
}

/** Ends a session, if there is one. */
export async function endSession({ db }: Pick<Deps, 'db'>, id: string): Promise<void> {
  await deleteSession(db, hashCredential(id));
}

/** Makes a code that signs one browser in, within 10 minutes. */
export async function issueSignInCode({
  db,
  now,
}: Omit<Deps, 'adminToken'>): Promise<SignInCodeResponse> {
  const code = randomCredential();
  const expiresAt = now() + codeLifetime;
  await deleteEndedSignInCodes(db, now());
  await insertSignInCode(db, { code_hash: hashCredential(code), expires_at: expiresAt });
  return { code, expires_at: new Date(expiresAt).toISOString() };
}

/** Uses a code up. Gives whether it was good. */
export function redeemSignInCode(
  { db, now }: Omit<Deps, 'adminToken'>,
  code: string,
): Promise<boolean> {
  return takeSignInCode(db, hashCredential(code), now());
}

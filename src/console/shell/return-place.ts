/*
 * Where somebody wanted to go who had to sign in first: kept for this tab, so that a sign-in link,
 * too, leads back there.
 */

const key = 'return-to';

export function rememberPlace(path: string): void {
  try {
    sessionStorage.setItem(key, path);
  } catch {
    // Storage is switched off: signing in leads to the list.
  }
}

/** The place that was remembered; null if there is none. */
export function rememberedPlace(): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

export function forgetPlace(): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // As above.
  }
}

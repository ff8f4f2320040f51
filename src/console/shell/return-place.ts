/*
 * Where somebody wanted to go who had to sign in first: kept for this tab, so that a sign-in link,
 * too, leads back there.
 */

const key = 'return-to';

/** Whether somebody leaves because they want to. */
let leaving = false;

export function rememberPlace(path: string): void {
  if (leaving) return;
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

/** For the sign-out: whoever signs in next begins at the list. */
export function leaveForGood(): void {
  forgetPlace();
  leaving = true;
}

export function forgetPlace(): void {
  leaving = false;
  try {
    sessionStorage.removeItem(key);
  } catch {
    // As above.
  }
}

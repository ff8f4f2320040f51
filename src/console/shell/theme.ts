export type Theme = 'system' | 'light' | 'dark';

/** The same key as in `public/theme.js`, which applies the choice before the first paint. */
const key = 'theme';
const listeners = new Set<() => void>();

function chosenTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** Applies a theme and remembers it; where the browser keeps nothing, it lasts until a reload. */
function choose(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  try {
    if (theme === 'system') localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Storage is switched off.
  }
  for (const listener of listeners) listener();
}

/** The theme that was chosen, for `useSyncExternalStore`, and choosing another. */
export const themeChoice = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: chosenTheme,
  choose,
};

import { preloadable } from '../ui/preloadable';

export const ShortcutsDialog = preloadable(
  async () => (await import('./shortcuts-dialog')).ShortcutsDialog,
);

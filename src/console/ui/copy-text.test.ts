import { afterEach, expect, test, vi } from 'vitest';

import { copyText } from './copy-text';
import { openDialogs } from './open-dialogs';

afterEach(() => {
  document.body.replaceChildren();
});

test('without a clipboard API, what is copied lies in the topmost dialog: all else is inert', async () => {
  const [under, over] = ['under', 'over'].map((id) => {
    const dialog = document.createElement('dialog');
    dialog.id = id;
    dialog.open = true;
    document.body.append(dialog);
    openDialogs.add(dialog);
    return dialog;
  });
  let place: string | undefined;
  document.execCommand = vi.fn(() => {
    place = document.querySelector('textarea')?.closest('dialog')?.id;
    return true;
  });
  expect(await copyText('text')).toBe(true);
  expect(place).toBe('over');
  for (const dialog of [under, over]) if (dialog) openDialogs.remove(dialog);
});

import { useSyncExternalStore } from 'react';

import { Dialog } from '../ui/dialog';
import { usePageTitle } from '../ui/page-title';
import { Switch } from '../ui/switch';
import { useCloseDialog } from '../use-close-dialog';
import { singleKeys } from './single-keys';

const single = [
  ['n', 'Add a webhook'],
  ['/', 'Search the list'],
  ['?', 'Show these shortcuts'],
] as const;

const always = [
  ['F6', 'Go to the newest notification, and back'],
  ['Esc', 'Close what is open'],
] as const;

/** All keys that do something, and the switch for those that are a single character. */
export function ShortcutsDialog() {
  usePageTitle('Keyboard shortcuts', 'dialog');
  const close = useCloseDialog();
  const areOn = useSyncExternalStore(singleKeys.subscribe, singleKeys.areOn);
  return (
    <Dialog title="Keyboard shortcuts" onClose={close}>
      <div className="space-y-5 overflow-y-auto px-5 py-4">
        <div className="flex items-center justify-between gap-4">
          <div>
            <p className="font-medium">Single-key shortcuts</p>
            <p className="text-muted">
              Turn them off if you use speech input, or press keys by accident.
            </p>
          </div>
          <Switch
            checked={areOn}
            label="Single-key shortcuts"
            onClick={() => singleKeys.switch(!areOn)}
          />
        </div>
        <Keys keys={single} off={!areOn} />
        <Keys keys={always} off={false} />
      </div>
    </Dialog>
  );
}

function Keys({ keys, off }: { keys: readonly (readonly [string, string])[]; off: boolean }) {
  return (
    <dl className="divide-y divide-line rounded-lg border border-line">
      {keys.map(([key, does]) => (
        <div key={key} className="flex items-center justify-between gap-4 px-3 py-2">
          <dt className={off ? 'text-muted line-through' : ''}>
            {does}
            {off && <span className="sr-only"> (off)</span>}
          </dt>
          <dd>
            <kbd className="inline-block min-w-7 rounded-md border border-line-strong bg-sunken px-2 py-0.5 text-center font-mono text-sm">
              {key}
            </kbd>
          </dd>
        </div>
      ))}
    </dl>
  );
}

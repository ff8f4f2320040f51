import { existsSync, fsyncSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { readOrMakeKey } from './data-folder';
import { StartError } from './start-error';
import { temporaryFolder } from './temporary-folder';

vi.mock('node:fs', { spy: true });

describe('a key', () => {
  it('is made once, for its owner only', () => {
    const folder = temporaryFolder();
    expect(readOrMakeKey(folder, 'key', () => 'first')).toBe('first');
    expect(readOrMakeKey(folder, 'key', () => 'second')).toBe('first');
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
  });

  it('is on the disk before it has its name, and its name is before it is used', () => {
    const folder = temporaryFolder();
    const write = vi.mocked(writeFileSync).mockClear();
    const rename = vi.mocked(renameSync).mockClear();
    const sync = vi.mocked(fsyncSync).mockClear();
    readOrMakeKey(folder, 'key', () => 'text');
    expect(write).toHaveBeenCalledExactlyOnceWith(
      expect.not.stringMatching(/key$/),
      'text\n',
      expect.objectContaining({ flush: true }),
    );
    expect(rename).toHaveBeenCalledExactlyOnceWith(write.mock.calls[0]?.[0], join(folder, 'key'));
    expect(rename).toHaveBeenCalledAfter(write);
    const [renamed = Infinity] = rename.mock.invocationCallOrder;
    expect(sync.mock.invocationCallOrder.at(-1)).toBeGreaterThan(renamed);
  });

  it('that was cut off is made anew', () => {
    const folder = temporaryFolder();
    vi.mocked(renameSync).mockImplementationOnce(() => {
      throw new Error('the power is gone');
    });
    expect(() => readOrMakeKey(folder, 'key', () => 'cut off and long')).toThrow(StartError);
    expect(existsSync(join(folder, 'key'))).toBe(false);
    expect(readOrMakeKey(folder, 'key', () => 'new')).toBe('new');
    expect(readFileSync(join(folder, 'key'), 'utf8')).toBe('new\n');
  });

  it('that is empty is not replaced', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'key'), '\n');
    expect(() => readOrMakeKey(folder, 'key', () => 'new')).toThrow(/is empty: put the key back/);
  });
});

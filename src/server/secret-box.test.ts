import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { readOrMakeKey } from './data-folder';
import { openDatabase } from './db';
import { createSecretBox, verifySecretKey } from './secret-box';
import { temporaryFolder } from './temporary-folder';

const box = createSecretBox(Buffer.alloc(32, 1));

describe('createSecretBox', () => {
  it('opens what it sealed, and never seals the same way twice', () => {
    const sealed = box.seal('w', 'a secret');
    expect(box.open('w', sealed)).toBe('a secret');
    expect(sealed).not.toContain('a secret');
    expect(box.seal('w', 'a secret')).not.toBe(sealed);
  });

  it('does not open for another webhook, by another key, or what was changed', () => {
    const sealed = box.seal('w', 'a secret');
    const last = sealed.at(-3) === 'A' ? 'B' : 'A';
    const changed = sealed.slice(0, -3) + last + sealed.slice(-2);
    expect(() => box.open('other', sealed)).toThrow();
    expect(() => createSecretBox(Buffer.alloc(32, 2)).open('w', sealed)).toThrow(
      'Sealed by another key',
    );
    expect(() => box.open('w', changed)).toThrow();
    expect(() => box.open('w', '')).toThrow();
  });
});

describe('verifySecretKey', () => {
  it('remembers the key of a new database and refuses any other', async () => {
    const db = await openDatabase(temporaryFolder());
    onTestFinished(() => db.destroy());
    await verifySecretKey(db, box);
    await verifySecretKey(db, box);
    const other = createSecretBox(randomBytes(32));
    await expect(verifySecretKey(db, other)).rejects.toThrow(/^The secret key is not the one/);
  });
});

describe('readOrMakeKey', () => {
  it('makes a key once, and keeps it to the owner', () => {
    const folder = temporaryFolder();
    const made = readOrMakeKey(folder, 'key', () => 'first');
    chmodSync(join(folder, 'key'), 0o644);
    expect([made, readOrMakeKey(folder, 'key', () => 'second')]).toEqual(['first', 'first']);
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'key'), 'utf8')).toBe('first\n');
  });

  it('does not replace a key that was emptied: what it encrypted would be lost', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'key'), ' \n');
    expect(() => readOrMakeKey(folder, 'key', () => 'new')).toThrow(/is empty: put the key back/);
  });
});

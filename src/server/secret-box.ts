import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

import type { Db } from './db';
import { readInstallationValue, writeInstallationValue } from './installation-store';
import { StartError } from './start-error';

/** Encrypts webhook secrets at rest. */
export interface SecretBox {
  /** Encrypts a secret so that it opens for this webhook only. */
  seal(webhookId: string, secret: string): string;
  /** @throws {Error} (without a word of the secret) if it was sealed for another webhook or key. */
  open(webhookId: string, ciphertext: string): string;
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM with the webhook's id as authenticated data, so that a ciphertext copied to another row
 * does not open there. A ciphertext is `1:<key id>:<base64 of nonce, tag and text>`; the key id (the
 * start of a hash) tells by which key it was made, for the day when keys are changed.
 *
 * @param key 32 bytes.
 */
export function createSecretBox(key: Uint8Array): SecretBox {
  const keyId = createHash('sha256').update('key id').update(key).digest('hex').slice(0, 8);
  return {
    seal(webhookId, secret) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(webhookId));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      const sealed = Buffer.concat([nonce, cipher.getAuthTag(), text]);
      return `1:${keyId}:${sealed.toString('base64')}`;
    },
    open(webhookId, ciphertext) {
      const [edition, sealedBy, base64 = ''] = ciphertext.split(':');
      if (edition !== '1' || sealedBy !== keyId) throw new Error('Sealed by another key');
      const sealed = Buffer.from(base64, 'base64');
      const nonce = sealed.subarray(0, nonceBytes);
      const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes);
      const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
        .setAAD(Buffer.from(webhookId))
        .setAuthTag(tag);
      const text = decipher.update(sealed.subarray(nonceBytes + tagBytes));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    },
  };
}

const checkName = 'secret-key-check';

/**
 * Makes sure that the key is the one by which this database was written; a new database remembers it.
 *
 * @throws {StartError} if it is another.
 */
export async function verifySecretKey(db: Db, box: SecretBox): Promise<void> {
  const check = await readInstallationValue(db, checkName);
  if (check === null) {
    await writeInstallationValue(db, checkName, box.seal(checkName, checkName));
    return;
  }
  try {
    box.open(checkName, check);
  } catch {
    throw new StartError(
      'The secret key is not the one that this database was written with: ' +
        'put the right one into SECRET_KEY, or back into DATA_DIR/secret-key.',
    );
  }
}

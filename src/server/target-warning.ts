import type { Warning } from '../contract/webhook';
import { isRefused } from './delivery/target-guard';
import type { Cidr } from './env';

/** A person waits for the answer to a save. */
const patience = 2000;

/**
 * What is worth saying about a URL that is saved all the same: that, as things are now, deliveries to
 * it will be refused. Looks its name up for at most 2 s and does not throw.
 */
export async function warnAboutTarget(url: string, allowed: readonly Cidr[]): Promise<Warning[]> {
  if (!(await isRefused(url, allowed, patience))) return [];
  return [
    {
      pointer: '/target_url',
      message:
        'This URL leads to a private address, so deliveries to it will be refused. ' +
        'Whoever runs this server can allow it with ALLOWED_PRIVATE_TARGETS.',
    },
  ];
}

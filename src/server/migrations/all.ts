import type { Migration } from 'kysely';

import { initial } from './0001-initial';
import { trust } from './0002-trust';

/** Every step that the tables have taken, by name and in the order of the names. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-initial': initial,
  '0002-trust': trust,
};

import type { LenientList } from '../../contract/lenient';
import { count } from '../numbers';
import { Notice } from './notice';

interface UnreadableNoticeProps {
  list: Omit<LenientList<unknown>, 'results'>;
  /** What the list is of. */
  one: string;
  many: string;
}

/** So many are named. */
const most = 3;

/** Over a list of which some rows could not be read: how many, and which as far as they have ids. */
export function UnreadableNotice({ list, one, many }: UnreadableNoticeProps) {
  const { unreadable, unreadableIds: ids = [] } = list;
  if (unreadable === 0) return null;
  return (
    <Notice tone="warning">
      {unreadable === 1
        ? `One ${one} could not be read and is not shown`
        : `${count(unreadable)} ${many} could not be read and are not shown`}
      {ids.length > 0 && `: ${ids.slice(0, most).join(', ')}`}
      {ids.length > most ? ' …' : '.'}
    </Notice>
  );
}

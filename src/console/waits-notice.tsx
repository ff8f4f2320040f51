import type { UseQueryResult } from '@tanstack/react-query';

import { waitingWords } from './put-off';
import { Notice } from './ui/notice';

type Waiting = Pick<UseQueryResult, 'failureCount' | 'failureReason' | 'isFetching'>;

/** Says that a query waits because the API asked it to; nothing otherwise. */
export function WaitsNotice({ failureCount, failureReason, isFetching }: Waiting) {
  const words = isFetching ? waitingWords(failureCount, failureReason) : null;
  return (
    <div role="status">
      {words !== null && <Notice tone="warning">Too many requests. {words}</Notice>}
    </div>
  );
}

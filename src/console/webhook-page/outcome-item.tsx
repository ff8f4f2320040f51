import { Check, CircleSlash, Clock, Minus, Send, TriangleAlert, X } from 'lucide-react';
import { memo } from 'react';
import { Link } from 'react-router-dom';

import { eventTitle } from '../../contract/wording';
import { placeWords } from '../deliveries/attempt-words';
import { RelativeTime } from '../ui/relative-time';
import { attemptParameter, overPage } from '../use-close-dialog';
import type { EventOutcome } from './event-outcome';

/** With how the link to the delivery reads, where there is one. */
const looks = {
  delivered: { icon: Check, className: 'text-success', link: 'Delivered: see the answer' },
  failed: { icon: X, className: 'text-danger', link: 'Failed: see why' },
  cancelled: { icon: CircleSlash, className: 'text-muted', link: 'Not sent: see why' },
  'on its way': { icon: Clock, className: 'text-muted', link: 'On its way: see the delivery' },
  sent: { icon: Send, className: 'text-muted', link: 'Sent: see the delivery' },
  'kept out': { icon: Minus, className: 'text-muted', link: '' },
  missed: { icon: TriangleAlert, className: 'text-warning', link: '' },
};

/** Drawn anew only if what is said of it has changed: there are hundreds. */
export const OutcomeItem = memo(
  function OutcomeItem({ outcome: { event, what, words } }: { outcome: EventOutcome }) {
    const { icon: Icon, className, link } = looks[what];
    return (
      <li className="flex gap-3 px-4 py-2.5">
        <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${className}`} />
        <div className="min-w-0 flex-1 sm:flex sm:items-baseline sm:justify-between sm:gap-6">
          <div className="min-w-0 flex-1">
            <p>
              <span className="font-medium">{eventTitle(event.event_type)}</span>{' '}
              <span className="text-muted">
                <RelativeTime iso={event.accepted_at} />
              </span>
            </p>
            <p className="text-muted wrap-anywhere">{placeWords({ ...event, trigger: null })}</p>
          </div>
          <p
            className={`min-w-0 wrap-anywhere sm:max-w-[50%] sm:text-right ${what === 'missed' ? className : ''}`}
          >
            {event.delivery_id ? (
              <Link
                // A delivery is found by its own id, too: it was that of its row before the first attempt.
                to={{ search: `?${attemptParameter}=${event.delivery_id}` }}
                state={overPage}
                className="font-medium text-accent-text hover:underline"
                aria-label={`${link}, ${eventTitle(event.event_type)}, ${event.project.name}`}
              >
                {link}
              </Link>
            ) : (
              words
            )}
          </p>
        </div>
      </li>
    );
  },
  (before, after) =>
    before.outcome.words === after.outcome.words &&
    before.outcome.event.delivery_id === after.outcome.event.delivery_id,
);

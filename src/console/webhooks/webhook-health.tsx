import { isSuccess, type WebhookHealth } from '../../contract/webhook-health';
import { count } from '../numbers';
import { RelativeTime } from '../ui/relative-time';
import { Skeleton } from '../ui/skeleton';
import { healthState, successShare } from './health-state';

/** Health as the list knows it: on its way, not to be had, or that there is none yet. */
export type ShownHealth = WebhookHealth | 'loading' | 'failed' | 'none';

/**
 * How a webhook fares, in a few words and the last attempts as bars. Only phrasing content, so that it
 * can stand within a link.
 */
export function WebhookHealthSummary({ health }: { health: ShownHealth }) {
  if (health === 'loading') return <Skeleton className="h-3.5 w-28" />;
  if (health === 'failed') return <span className="text-muted">Health could not be loaded</span>;
  if (health === 'none' || healthState(health) === 'none') {
    return <span className="text-muted">No deliveries yet</span>;
  }
  const { last_failure: failure } = health;
  const isFailing = healthState(health) === 'failing';
  return (
    <span className="block">
      <span className="flex flex-wrap items-center gap-x-2 whitespace-nowrap">
        <AttemptBars last={health.last} />
        <DayShare health={health} />
      </span>
      {failure && (
        <span
          className={`line-clamp-2 wrap-anywhere ${isFailing ? 'text-danger' : 'text-muted'}`}
          title={failure.error || undefined}
        >
          Last failure <RelativeTime iso={failure.at} />: {failure.status || failure.error}
        </span>
      )}
    </span>
  );
}

function DayShare({ health }: { health: WebhookHealth }) {
  const all = health.succeeded_24h + health.failed_24h;
  if (all === 0) return <span className="text-muted">No deliveries in 24 h</span>;
  return (
    <span>
      {count(successShare(health))} % of {count(all)} in 24 h
    </span>
  );
}

const [barWidth, barStep, barHeight] = [2, 3, 14];

/** One bar an attempt, newest last: short where it succeeded, tall where it failed. */
function AttemptBars({ last }: { last: readonly number[] }) {
  const failed = last.filter((status) => !isSuccess(status)).length;
  const words =
    `Last ${last.length === 1 ? 'attempt' : `${last.length} attempts`}: ` +
    [last.length - failed && `${last.length - failed} succeeded`, failed && `${failed} failed`]
      .filter(Boolean)
      .join(', ');
  const bars = (wanted: (status: number) => boolean, height: number) =>
    last
      .flatMap((status, index) =>
        wanted(status) ? `M${index * barStep + barWidth / 2} ${barHeight}v-${height}` : [],
      )
      .join('');
  const width = last.length * barStep;
  return (
    <svg
      role="img"
      aria-label={words}
      width={`${width / 16}rem`}
      height={`${barHeight / 16}rem`}
      viewBox={`0 0 ${width} ${barHeight}`}
      strokeWidth={barWidth}
      className="shrink-0"
    >
      <title>{words}</title>
      <path d={bars(isSuccess, 8)} className="stroke-success-fill" />
      <path d={bars((status) => !isSuccess(status), barHeight)} className="stroke-danger-fill" />
    </svg>
  );
}

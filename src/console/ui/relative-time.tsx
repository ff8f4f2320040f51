import { useSyncExternalStore } from 'react';

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'long' });

let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all times on the page; it stands still while none is shown. */
function subscribe(listener: () => void): () => void {
  now = Date.now();
  listeners.add(listener);
  if (timer === undefined) {
    timer = setInterval(tick, 30_000);
    // Browsers slow down what runs in a tab that nobody sees.
    document.addEventListener('visibilitychange', tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
    timer = undefined;
  };
}

function tick() {
  now = Date.now();
  for (const each of listeners) each();
}

/** `3 min ago`; anything under a minute is `just now`, also what a clock that is ahead says. */
export function relativeTime(from: number, to: number): string {
  const seconds = (from - to) / 1000;
  const unit = units.find(([, length]) => Math.abs(seconds) >= length);
  if (!unit) return 'just now';
  const words = relative.format(Math.trunc(seconds / unit[1]), unit[0]);
  return words.replace(/\bminutes?\b/, 'min');
}

/** `in 4 min`, for what is to come; once its time has come, `now`. */
export function timeUntil(at: number, now: number): string {
  if (at <= now) return 'now';
  return at - now < 60_000 ? 'in under 1 min' : relativeTime(at, now);
}

/** The time now, in milliseconds since 1970; kept current to half a minute. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

interface RelativeTimeProps {
  iso: string;
  /** Whether it is to come, and not past. */
  ahead?: boolean;
}

/** A time as people say it, kept current, with the exact one and its zone in a tooltip. */
export function RelativeTime({ iso, ahead = false }: RelativeTimeProps) {
  const current = useNow();
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return <span>at an unknown time</span>;
  return (
    <time dateTime={iso} title={exact.format(time)}>
      {ahead ? timeUntil(time, current) : relativeTime(Math.min(time, current), current)}
    </time>
  );
}

/** A grey place for what is on its way; its size comes from the caller. */
export function Skeleton({ className }: { className: string }) {
  return (
    <div className={`animate-[shimmer_1.4s_ease-in-out_infinite] rounded bg-line ${className}`} />
  );
}

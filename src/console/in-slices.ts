import { startTransition, useEffect, useState } from 'react';

/** Work that may be interrupted at each `yield`; what it returns is its result. */
export type SlicedWork<T> = () => Generator<undefined, T>;

/** How long a slice may take, in milliseconds: half of a frame. */
const slice = 8;

/**
 * Does work slice by slice, so that whoever types never waits for it; other work calls it off.
 *
 * @param work the same function as long as the work is the same; null: there is none.
 * @returns the latest result, also while the next is made; null before the first.
 */
export function useInSlices<T>(work: SlicedWork<T> | null): T | null {
  const [result, setResult] = useState<T | null>(null);
  useEffect(() => {
    if (!work) return undefined;
    const steps = work();
    const goOn = () => {
      const end = performance.now() + slice;
      while (performance.now() < end) {
        const step = steps.next();
        // Drawing it may be called off, too.
        if (step.done) return startTransition(() => setResult(step.value));
      }
      timer = setTimeout(goOn);
    };
    let timer = setTimeout(goOn);
    return () => clearTimeout(timer);
  }, [work]);
  return result;
}

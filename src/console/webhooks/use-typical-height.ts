import { useLayoutEffect, useState, type RefObject } from 'react';

/**
 * How high the rows of a list are at its width, in pixels: what is not drawn yet is taken to be as high
 * as the middle one of those that are. A wrong guess would have the page grow under who goes to its end.
 *
 * @param body holds the rows, each with `data-index`.
 * @param guess until there are some.
 */
export function useTypicalHeight(body: RefObject<HTMLElement | null>, guess: number): number {
  const [height, setHeight] = useState(guess);
  useLayoutEffect(() => {
    const element = body.current;
    if (!element) return;
    let width = -1;
    const measure = () => {
      if (element.clientWidth === width) return;
      const rows = [...element.querySelectorAll<HTMLElement>('[data-index]')];
      const heights = rows.map((row) => row.offsetHeight).toSorted((a, b) => a - b);
      const middle = heights[Math.floor(heights.length / 2)];
      if (middle === undefined) return;
      width = element.clientWidth;
      setHeight(middle);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [body]);
  return height;
}

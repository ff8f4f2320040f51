import { useLayoutEffect, useState, type RefObject } from 'react';

/*
 * The log is a table where there is room for it, else cards. All rows of a log are of one height, which
 * is stated here and nowhere measured.
 */

/** The width of the log from which on it is a table, in rem: that of `@4xl`. */
const tableFrom = 49;

/** What the rows of a log have lines for. */
interface Lines {
  namesWebhook: boolean;
  hasPlaces: boolean;
}

/** The height of a row with its line, in rem. */
function heightOf(isTable: boolean, { namesWebhook, hasPlaces }: Lines): number {
  if (isTable) return 3.75;
  return 4.25 + (namesWebhook ? 1.25 : 0) + (hasPlaces ? 1.25 : 0);
}

/**
 * The height of the log's rows, in pixels: by its width, and by the text size that one has chosen in
 * the browser.
 */
export function useRowHeight(
  body: RefObject<HTMLElement | null>,
  { namesWebhook, hasPlaces }: Lines,
): number {
  const [height, setHeight] = useState(60);
  useLayoutEffect(() => {
    const element = body.current;
    if (!element) return undefined;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setHeight(
        heightOf(element.clientWidth >= tableFrom * rem, { namesWebhook, hasPlaces }) * rem,
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [body, namesWebhook, hasPlaces]);
  return height;
}

export const deliveryColumns =
  'grid-cols-[auto_minmax(0,1fr)_auto] gap-x-4 ' +
  "[grid-template-areas:'event_event_time'_'place_place_place'_'result_attempt_attempt'] " +
  '@4xl:grid-cols-[minmax(11rem,1fr)_minmax(0,15.25rem)_minmax(0,10.5rem)_4rem_6.5rem] ' +
  "@4xl:[grid-template-areas:'event_result_attempt_duration_time'_'place_result_attempt_duration_time']";

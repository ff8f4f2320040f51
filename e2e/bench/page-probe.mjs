/*
 * Runs in the measured page, before its own scripts. Plain JavaScript, since a loader for TypeScript
 * adds what does not exist there. "Painted" is the first task after the frame that shows it.
 */

const longTasks = [];
const collect = (entries) => {
  for (const { startTime, duration } of entries) longTasks.push({ startTime, duration });
};
const observer = new PerformanceObserver((list) => collect(list.getEntries()));
observer.observe({ type: 'longtask' });

/** The tasks over 50 ms since then, also those that were not told of yet. */
function longTasksSince(from) {
  collect(observer.takeRecords());
  return longTasks.filter(({ startTime }) => startTime >= from);
}

function afterFrame(run) {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      run();
    });
    port1.start();
    port2.postMessage(null);
  });
}

/** After it, in milliseconds, what was awaited does not come. */
const patience = 60_000;

/** Calls back with the time once something fits the selector and has been painted. */
function whenPainted(selector, done) {
  afterFrame(() => {
    if (document.querySelector(selector)) done(performance.now());
    else whenPainted(selector, done);
  });
}

const firstRow = new Promise((resolve, reject) => {
  // Of the webhooks, or of the deliveries.
  whenPainted('[role="row"] :is([role="switch"], a[href*="attempt="])', resolve);
  setTimeout(() => reject(new Error('No row was painted.')), patience);
});
// That there is none matters only to who asks.
firstRow.catch(() => {});

/** Pixels of the window below the list's top, and above its end, that no row covers. */
function uncovered() {
  const list = document.querySelector('[role="table"]')?.getBoundingClientRect();
  if (!list) return innerHeight;
  const rows = [...document.querySelectorAll('[role="row"]')]
    .map((row) => row.getBoundingClientRect())
    .filter(({ bottom, top }) => bottom > 0 && top < innerHeight)
    .toSorted((a, b) => a.top - b.top);
  const end = Math.min(innerHeight, list.bottom);
  let reached = Math.max(0, list.top);
  let gaps = 0;
  for (const { top, bottom } of rows) {
    gaps += Math.max(0, Math.min(top, end) - reached);
    reached = Math.max(reached, bottom);
  }
  return gaps + Math.max(0, end - reached);
}

/** Frames watched since the watch began: see `watchFrames`. */
let frames = null;

function watchFrame() {
  if (!frames) return;
  frames.count += 1;
  if (uncovered() > 2) frames.blank += 1;
  frames.elements = Math.max(frames.elements, document.querySelectorAll('*').length);
  afterFrame(watchFrame);
}

/** What `watch` waits for. */
let watched = null;

/** See `watchShifts`. */
let shifted = 0;

globalThis.probe = {
  /** Milliseconds from the start of the navigation until the first row was painted. */
  firstRow: () => firstRow,

  /** Milliseconds by which tasks were over 50, from then on. */
  blockedSince: (from) =>
    longTasksSince(from).reduce((total, { duration }) => total + duration - 50, 0),

  /** The longest task over 50 ms since then; 0 if there was none. */
  longestTaskSince: (from) => Math.max(0, ...longTasksSince(from).map(({ duration }) => duration)),

  /** Waits for the next event of this type, and then for something that fits the selector. */
  watch(type, selector) {
    watched = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`Nothing fits ${selector} in time.`)), patience);
      addEventListener(
        type,
        ({ timeStamp }) => whenPainted(selector, (at) => resolve(at - timeStamp)),
        { capture: true, once: true },
      );
    });
    watched.catch(() => {});
  },

  /** Milliseconds from the event that is watched for until that was painted. */
  untilPainted: () => watched,

  /** Resolves when what the page shows now has been painted. */
  painted: () => new Promise((resolve) => afterFrame(resolve)),

  /** Goes on to the end, as somebody does who holds the End key, until there are so many rows. */
  scrollToRow: (wanted) =>
    new Promise((resolve) => {
      const go = () => {
        scrollTo({ top: document.documentElement.scrollHeight });
        const rows = [...document.querySelectorAll('[aria-rowindex]')];
        if (Number(rows.at(-1)?.getAttribute('aria-rowindex')) > wanted) resolve();
        else requestAnimationFrame(go);
      };
      go();
    }),

  /** How far things were shifted by others from now on, as browsers count it. */
  watchShifts() {
    shifted = 0;
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) shifted += value;
    }).observe({ type: 'layout-shift' });
  },

  shifted: () => shifted,

  /** From now on looks at each frame, after it was painted. */
  watchFrames() {
    frames = { count: 0, blank: 0, elements: 0 };
    afterFrame(watchFrame);
  },

  /** What was seen since. */
  endOfWatch() {
    const seen = frames;
    frames = null;
    return seen;
  },
};

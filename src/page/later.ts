// What is left to do for the newest settings; older ones are dropped.

/** The reader has paused when nothing was moved for so long. */
const PAUSE_MS = 120;

let timers: number[] = [];

/** Tasks of a page, in the order in which they are to be done. */
export const later = {
  /** forgets what was left to do */
  drop: (): void => {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
  },
  /** in a task of its own, right after */
  soon: (task: () => void): void => {
    timers.push(window.setTimeout(task));
  },
  /** each in a task of its own, so that the page answers in between */
  afterPause: (tasks: readonly (() => void)[]): void => {
    const next = (at: number): void => {
      tasks[at]?.();
      if (at + 1 < tasks.length) timers.push(window.setTimeout(next, 0, at + 1));
    };
    timers.push(window.setTimeout(next, PAUSE_MS, 0));
  },
};

// An engine compiles what it has run: the first update would take twice the time of later ones.

/** A page that is never idle for long is warmed up all the same. */
const AT_LATEST_MS = 500;

/**
 * Runs steps while nothing else is to be done, each in an idle period of its own, until the reader begins.
 * @returns what ends it
 */
export function warmUp(steps: readonly (() => void)[]): () => void {
  let idle = 0;
  const next = (at: number): void => {
    const step = steps[at];
    // Where a browser says no idle periods, the first update is as slow as it is.
    if (step === undefined || typeof requestIdleCallback !== "function") return;
    idle = requestIdleCallback(
      () => {
        step();
        next(at + 1);
      },
      { timeout: AT_LATEST_MS },
    );
  };
  next(0);
  return () => {
    if (typeof cancelIdleCallback === "function") cancelIdleCallback(idle);
  };
}

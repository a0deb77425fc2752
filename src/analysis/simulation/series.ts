/** A stretch of the simulation: means of what flows, and what waits at its end and at its worst moment. */
export type Point = {
  /** seconds from the start, at the end of the stretch */
  readonly time: number;
  /** units of work a second */
  readonly arriving: number;
  readonly served: number;
  readonly waiting: number;
  readonly waitingMost: number;
  /** seconds */
  readonly lag: number;
  readonly lagMost: number;
};

/** At most this many points, however long the simulation. */
const MOST_POINTS = 1000;

/** Thins a run out to points of equal length, whose sums are exact and whose peaks are kept. */
export class Series {
  readonly every: number;
  readonly points: Point[] = [];
  #time = 0;
  #arrived = 0;
  #served = 0;
  #waitingMost = 0;
  #lagMost = 0;

  constructor(seconds: number) {
    this.every = Math.max(1, Math.ceil(seconds / MOST_POINTS));
  }

  /** The second at which the stretch that holds second t ends. */
  end(t: number): number {
    return (Math.floor(t / this.every) + 1) * this.every;
  }

  look(waiting: number, lag: number): void {
    if (waiting > this.#waitingMost) this.#waitingMost = waiting;
    if (lag > this.#lagMost) this.#lagMost = lag;
  }

  /** Ends a stretch at `time`; totals since the start of the run. */
  close(time: number, { arrived, served }: { readonly arrived: number; readonly served: number }, now: Now): void {
    const lasted = time - this.#time;
    this.points.push({
      time,
      arriving: (arrived - this.#arrived) / lasted,
      served: (served - this.#served) / lasted,
      waiting: now.waiting,
      waitingMost: this.#waitingMost,
      lag: now.lag,
      lagMost: this.#lagMost,
    });
    this.#time = time;
    this.#arrived = arrived;
    this.#served = served;
    this.#waitingMost = now.waiting;
    this.#lagMost = now.lag;
  }
}

type Now = { readonly waiting: number; readonly lag: number };

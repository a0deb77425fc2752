import { log } from "../../formula/exact.ts";
import { Heap } from "./heap.ts";

/** A function that scales by one instance a request; times in seconds. */
export type ColdStartTask = {
  /** arrivals a second, Poisson */
  readonly arrivals: number;
  /** mean service times, exponential; a cold one includes the start */
  readonly warm: number;
  readonly cold: number;
  /** an instance that idles for longer is taken away */
  readonly keepAlive: number;
  readonly horizon: number;
  /** seconds at the start that are not counted; default 0 */
  readonly warmUp?: number;
  readonly seed: number;
};

export type ColdStarts = {
  readonly requests: number;
  readonly coldStarts: number;
  readonly probability: number;
  /** time-weighted means */
  readonly instances: number;
  readonly running: number;
  readonly idle: number;
  /** mean life of the instances that have gone */
  readonly life: number;
};

/**
 * Simulates requests one by one: an idle instance takes it, the last created first, else a new one starts cold.
 * @see Mahmoudi and Khazaei, SimFaaS, CLOSER 2021, arXiv 2102.08904
 */
export function coldStarts(task: ColdStartTask): ColdStarts {
  const random = generator(task.seed);
  const exponential = (mean: number): number => -mean * log(1 - random());
  const pool = new Pool(task);
  const { warmUp = 0 } = task;
  let [time, requests, cold, busyTime] = [0, 0, 0, 0];
  for (;;) {
    time += exponential(1 / task.arrivals);
    if (time > task.horizon) break;
    const idle = pool.take(time);
    const service = exponential(idle === undefined ? task.cold : task.warm);
    pool.run(idle ?? pool.create(time), time + service);
    busyTime += Math.max(0, Math.min(time + service, task.horizon) - Math.max(time, warmUp));
    if (time < warmUp) continue;
    requests += 1;
    if (idle === undefined) cold += 1;
  }
  const { poolTime, life } = pool.end();
  const seconds = task.horizon - warmUp;
  const [instances, running] = [poolTime / seconds, busyTime / seconds];
  return {
    requests,
    coldStarts: cold,
    probability: cold / requests,
    instances,
    running,
    idle: instances - running,
    life,
  };
}

/** Requests that are simulated at most, which takes a few seconds. */
export const MOST_REQUESTS = 3_000_000;

/**
 * Seconds to simulate, and those not to count: some 200,000 requests, but twenty keep-alives so that the pool has
 * settled, and no more requests than take a few seconds.
 */
export function settledHorizon(arrivals: number, keepAlive: number): { horizon: number; warmUp: number } {
  const horizon = Math.min(Math.max(200_000 / arrivals, 20 * keepAlive), MOST_REQUESTS / arrivals);
  return { horizon, warmUp: Math.min(keepAlive, horizon / 2) };
}

/**
 * Instances by number, in the order of their creation. One that has idled for too long is found gone when it would be
 * taken, or at the end: until then nothing depends on it. A class because it is changed in place.
 */
class Pool {
  readonly #task: ColdStartTask;
  readonly #born: number[] = [];
  readonly #freeSince: number[] = [];
  /** by the time at which they are done */
  readonly #running = new Heap();
  /** last created first */
  readonly #idle = new Heap();
  #poolTime = 0;
  #lives = 0;
  #gone = 0;

  constructor(task: ColdStartTask) {
    this.#task = task;
  }

  create(time: number): number {
    this.#freeSince.push(time);
    return this.#born.push(time) - 1;
  }

  run(id: number, until: number): void {
    this.#freeSince[id] = until;
    this.#running.push(until, id);
  }

  /** The last created of those that are idle at `time`; undefined when there is none. */
  take(time: number): number | undefined {
    while (this.#running.least <= time) {
      const id = this.#running.pop();
      if (id !== undefined) this.#idle.push(-id, id);
    }
    for (;;) {
      const id = this.#idle.pop();
      if (id === undefined) return undefined;
      const end = this.#endOf(id);
      if (end > time) return id;
      this.#leave(id, end);
    }
  }

  #endOf(id: number): number {
    return (this.#freeSince[id] ?? Number.NaN) + this.#task.keepAlive;
  }

  #leave(id: number, end: number): void {
    const { horizon, warmUp = 0 } = this.#task;
    const born = this.#born[id] ?? Number.NaN;
    this.#poolTime += Math.max(0, Math.min(end, horizon) - Math.max(born, warmUp));
    if (end > horizon || end < warmUp) return;
    this.#lives += end - born;
    this.#gone += 1;
  }

  /** Time in the pool of all instances, within the horizon, and the mean life of those that have gone. */
  end(): { readonly poolTime: number; readonly life: number } {
    for (const heap of [this.#running, this.#idle]) {
      for (let id = heap.pop(); id !== undefined; id = heap.pop()) this.#leave(id, this.#endOf(id));
    }
    return { poolTime: this.#poolTime, life: this.#gone === 0 ? Number.NaN : this.#lives / this.#gone };
  }
}

/** mulberry32: small, fast, the same on every machine. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

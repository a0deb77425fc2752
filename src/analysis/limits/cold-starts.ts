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

type Instance = { readonly born: number; busyUntil: number };

/**
 * Simulates requests one by one: an idle instance takes it, the last created first, else a new one starts cold.
 * @see Mahmoudi and Khazaei, SimFaaS, CLOSER 2021, arXiv 2102.08904
 */
export function coldStarts(task: ColdStartTask): ColdStarts {
  const random = generator(task.seed);
  const exponential = (mean: number): number => -mean * Math.log(1 - random());
  const pool: Instance[] = [];
  let [time, requests, cold, busyTime, poolTime, lives, gone] = [0, 0, 0, 0, 0, 0, 0];
  for (;;) {
    time += exponential(1 / task.arrivals);
    if (time > task.horizon) break;
    requests += 1;
    // Oldest first in the pool, so that the last created idle one is found from its end.
    for (let i = pool.length - 1; i >= 0; i -= 1) {
      const instance = pool[i];
      if (instance === undefined || instance.busyUntil > time) continue;
      const end = instance.busyUntil + task.keepAlive;
      if (end > time) continue;
      lives += end - instance.born;
      poolTime += end - instance.born;
      gone += 1;
      pool.splice(i, 1);
    }
    const idle = pool.findLast((instance) => instance.busyUntil <= time);
    const service = exponential(idle === undefined ? task.cold : task.warm);
    if (idle === undefined) {
      cold += 1;
      pool.push({ born: time, busyUntil: time + service });
    } else idle.busyUntil = time + service;
    busyTime += Math.min(service, task.horizon - time);
  }
  for (const { born } of pool) poolTime += task.horizon - born;
  const instances = poolTime / task.horizon;
  const running = busyTime / task.horizon;
  return {
    requests,
    coldStarts: cold,
    probability: cold / requests,
    instances,
    running,
    idle: instances - running,
    life: gone === 0 ? Number.NaN : lives / gone,
  };
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

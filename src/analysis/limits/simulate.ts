import type { Load } from "./load.ts";

/**
 * A quota as the simulation sees it, in units of work. Concurrency follows Little's law: `limit` at a holding time is a
 * rate of limit / holding, without a bucket.
 */
export type Stage = {
  readonly id: string;
  readonly title: string;
  /** units of work a second that pass for ever */
  readonly rate: number;
  /** units of work that may pass on top of that when it was idle; 0: none is saved up */
  readonly bucket: number;
  /** what is over the quota waits, or is turned away and tries again */
  readonly effect: "delay" | "reject";
  /**
   * Where capacity is built up with use (Lambda: 1,000 environments, then 100 a second): units/s that may be added each
   * second; `bucket` is then what may be added at once, and `rate` where it ends. Capacity once built stays.
   */
  readonly growth?: number;
};

/** Work that is open (running or waiting) counts against a quota of its own, which turns new work away when it is full. */
export type OpenLimit = {
  readonly id: string;
  readonly title: string;
  readonly limit: number;
  /** open executions per unit of work in flight */
  readonly perUnit: number;
  /** seconds a unit of work is in flight when nothing waits */
  readonly duration: number;
};

/** Exponential backoff with jitter, as an expected value: try k waits half of min(cap, base * 2^k). */
export type Retry = { readonly attempts: number; readonly base: number; readonly cap: number };

/** Machines that follow the load: target tracking with a delay. Rates in units of work a second. */
export type Replicas = {
  readonly perReplica: number;
  readonly min: number;
  readonly max: number;
  /** seconds from the decision until a replica serves */
  readonly start: number;
  /** seconds for which fewer must do before replicas are taken away */
  readonly cooldown: number;
  /** replicas that may be started a second */
  readonly launchRate: number;
};

export type SimulationTask = {
  /** units of work a second at the expected load */
  readonly throughput: number;
  readonly load: Load;
  /** seconds simulated, in steps of one second */
  readonly seconds: number;
  readonly stages: readonly Stage[];
  readonly open?: OpenLimit;
  readonly retry: Retry;
  readonly replicas?: Replicas;
};

export type Hit = { readonly time: number; readonly load: number };

export type StageOutcome = {
  readonly id: string;
  readonly title: string;
  readonly effect: Stage["effect"] | "open";
  /** when something was first over the quota */
  readonly firstHit: Hit | undefined;
  /** seconds for which a saved-up bucket hid that demand was above the rate */
  readonly burstSeconds: number;
  readonly waiting: number;
  /** seconds that what waits at the end would need at the stage's rate */
  readonly lag: number;
  readonly rejected: number;
};

/** Totals in units of work; arrived = served + waiting + retrying + lost. */
export type Outcome = {
  readonly arrived: number;
  readonly served: number;
  readonly waiting: number;
  readonly retrying: number;
  readonly lost: number;
  /** tries at the first stage over what arrived: 1 without retries */
  readonly tries: number;
  readonly stages: readonly StageOutcome[];
  /** open executions at the end; undefined without a limit on them */
  readonly openAtEnd: number | undefined;
  readonly replicaHours: number | undefined;
  /** replicas ordered at the end */
  readonly replicas: number | undefined;
  readonly series: readonly Point[];
};

/** At most this many points, however long the simulation. */
const MOST_POINTS = 1000;
export type Point = {
  readonly time: number;
  readonly arriving: number;
  readonly served: number;
  readonly waiting: number;
  readonly lag: number;
};

/** Mutable state of a stage; lives for one run. */
type Running = {
  readonly stage: Stage;
  tokens: number;
  rate: number;
  queue: number;
  rejected: number;
  over: number;
  firstHit: Hit | undefined;
  burst: number;
};

/**
 * Fluid simulation in steps of one second: token buckets fill and drain, delayed work waits, rejected work retries with
 * expected backoff and is then lost. The bucket is full at the start. Time is linear in `seconds`, memory does not grow
 * with it.
 */
export function simulate(task: SimulationTask): Outcome {
  const stages = task.stages.map(begin);
  const backoff = new Backoff(task.retry);
  const fleet = task.replicas === undefined ? undefined : new Fleet(task.replicas);
  const every = Math.max(1, Math.ceil(task.seconds / MOST_POINTS));
  const series: Point[] = [];
  const open = task.open;
  let openHit: Hit | undefined;
  let openRejected = 0;
  let [arrived, served, lost, tried] = [0, 0, 0, 0];
  for (let t = 0; t < task.seconds; t += 1) {
    // The load in the middle of the step: exact for a straight ramp.
    const share = task.load(t + 0.5);
    const fresh = task.throughput * share;
    const due = backoff.due();
    arrived += fresh;
    let flow = fresh + due;
    tried += flow;
    let turned = 0;
    if (open !== undefined) {
      const room = Math.max(0, open.limit - (waitingIn(stages) + fresh * open.duration) * open.perUnit) / open.perUnit;
      if (flow > room) {
        openHit ??= { time: t, load: share };
        openRejected += flow - room;
        turned += flow - room;
        flow = room;
      }
    }
    for (let i = 0; i < stages.length; i += 1) {
      const running = stages[i];
      if (running === undefined) continue;
      const passed = step(running, flow, t, share);
      turned += running.stage.effect === "reject" ? flow - passed : 0;
      flow = passed;
    }
    if (fleet !== undefined) flow = fleet.serve(flow, t);
    served += flow;
    lost += backoff.push(turned);
    if (t % every === 0) series.push(point(t, fresh, flow, stages, fleet));
  }
  return {
    arrived,
    served,
    waiting: waitingIn(stages) + (fleet === undefined ? 0 : fleet.queue),
    retrying: backoff.waiting,
    lost,
    tries: arrived === 0 ? 1 : tried / arrived,
    stages: [...stages.map(outcome), ...(open === undefined ? [] : [openOutcome(open, openHit, openRejected)])],
    openAtEnd:
      open === undefined
        ? undefined
        : (waitingIn(stages) + task.throughput * task.load(task.seconds) * open.duration) * open.perUnit,
    replicaHours: fleet?.hours,
    replicas: fleet?.ordered,
    series,
  };
}

function begin(stage: Stage): Running {
  return {
    stage,
    tokens: stage.bucket,
    rate: stage.growth === undefined ? stage.rate : 0,
    queue: 0,
    rejected: 0,
    over: 0,
    firstHit: undefined,
    burst: 0,
  };
}

/** Lets a second's flow through a stage. @returns units that pass */
function step(running: Running, flow: number, t: number, share: number): number {
  const { stage } = running;
  const wanted = flow + running.queue;
  if (stage.growth !== undefined) grow(running, stage.growth, wanted);
  const available = stage.growth === undefined ? running.tokens + running.rate : running.rate;
  const passed = Math.min(wanted, available);
  if (stage.growth === undefined) running.tokens = Math.min(stage.bucket, available - passed);
  const over = wanted - passed;
  if (stage.effect === "delay") running.queue = over;
  else running.rejected += over;
  if (over > wanted * 1e-12) running.firstHit ??= { time: t, load: share };
  else if (running.firstHit === undefined && flow > running.rate) running.burst += 1;
  return passed;
}

/** Builds capacity up to what is wanted, as fast as it may be built. */
function grow(running: Running, growth: number, wanted: number): void {
  const { stage } = running;
  const added = Math.min(Math.max(0, Math.min(wanted, stage.rate) - running.rate), running.tokens);
  running.rate += added;
  running.tokens = Math.min(stage.bucket, running.tokens - added + growth);
}

function waitingIn(stages: readonly Running[]): number {
  return stages.reduce((sum, { queue }) => sum + queue, 0);
}

function lagOf({ queue, rate }: Running): number {
  return queue === 0 ? 0 : queue / rate;
}

function point(
  time: number,
  arriving: number,
  served: number,
  stages: readonly Running[],
  fleet: Fleet | undefined,
): Point {
  const lag = stages.reduce((sum, running) => sum + lagOf(running), fleet === undefined ? 0 : fleet.lag);
  return { time, arriving, served, waiting: waitingIn(stages) + (fleet === undefined ? 0 : fleet.queue), lag };
}

function outcome(running: Running): StageOutcome {
  const { stage, firstHit, burst, queue, rejected } = running;
  return {
    id: stage.id,
    title: stage.title,
    effect: stage.effect,
    firstHit,
    burstSeconds: burst,
    waiting: queue,
    lag: lagOf(running),
    rejected,
  };
}

function openOutcome({ id, title }: OpenLimit, firstHit: Hit | undefined, rejected: number): StageOutcome {
  return { id, title, effect: "open", firstHit, burstSeconds: 0, waiting: 0, lag: 0, rejected };
}

/** Retries as expected flows: a ring of seconds for each try. */
class Backoff {
  readonly #rings: readonly Float64Array[];
  /** by try, what comes back in this second */
  readonly #due: Float64Array;
  #back = 0;
  #t = 0;
  waiting = 0;

  constructor({ attempts, base, cap }: Retry) {
    this.#rings = Array.from(
      { length: Math.max(0, attempts - 1) },
      (_, k) => new Float64Array(Math.max(1, Math.round(Math.min(cap, base * 2 ** k) / 2))),
    );
    this.#due = new Float64Array(this.#rings.length);
  }

  /** What comes back in this second. */
  due(): number {
    this.#back = 0;
    if (this.waiting > 0) {
      for (let k = 0; k < this.#rings.length; k += 1) {
        const ring = this.#rings[k];
        if (ring === undefined) continue;
        const at = this.#t % ring.length;
        const back = ring[at] ?? Number.NaN;
        ring[at] = 0;
        this.#due[k] = back;
        this.#back += back;
      }
      // Sums of what came and went: what rounding leaves is nothing.
      this.waiting = Math.max(0, this.waiting - this.#back);
    }
    this.#t += 1;
    return this.#back;
  }

  /** Takes what was turned away: retries had at most their own share of it, the rest was fresh. @returns what has no try left */
  push(turned: number): number {
    if (turned <= 0) return 0;
    const ofRetries = Math.min(turned, this.#back);
    let next = turned - ofRetries;
    for (let k = 0; k < this.#rings.length; k += 1) {
      const ring = this.#rings[k];
      if (ring === undefined) continue;
      const at = (this.#t - 1) % ring.length;
      ring[at] = (ring[at] ?? Number.NaN) + next;
      this.waiting += next;
      next = this.#back === 0 ? 0 : (ofRetries * (this.#due[k] ?? Number.NaN)) / this.#back;
    }
    return next;
  }
}

/** Seconds in which a tracker wants a backlog gone. */
const DRAIN = 60;

/** Replicas by target tracking: they come late, go after a cool-down, and start no faster than the launch rate. */
class Fleet {
  readonly #spec: Replicas;
  readonly #starting: Float64Array;
  #running: number;
  #ordered: number;
  #needed = 0;
  queue = 0;
  hours = 0;

  constructor(spec: Replicas) {
    this.#spec = spec;
    this.#starting = new Float64Array(Math.max(1, Math.ceil(spec.start)));
    this.#running = spec.min;
    this.#ordered = spec.min;
  }

  get ordered(): number {
    return this.#ordered;
  }

  get lag(): number {
    return this.queue === 0 ? 0 : this.queue / (this.#running * this.#spec.perReplica);
  }

  serve(flow: number, t: number): number {
    const { perReplica, min, max, cooldown, launchRate } = this.#spec;
    const slot = t % this.#starting.length;
    this.#running += this.#starting[slot] ?? Number.NaN;
    this.#starting[slot] = 0;
    // What waits keeps replicas busy: the tracker sees it as load, to be worked off within a minute.
    const wanted = Math.min(max, Math.max(min, Math.ceil((flow + this.queue / DRAIN) / perReplica - 1e-9)));
    if (wanted >= this.#ordered) this.#needed = t;
    if (wanted > this.#ordered) {
      const launched = Math.min(wanted - this.#ordered, launchRate);
      this.#ordered += launched;
      this.#starting[slot] = launched;
    } else if (wanted < this.#ordered && t - this.#needed >= cooldown && this.#running >= this.#ordered - 1e-9) {
      this.#ordered = wanted;
      this.#running = wanted;
    }
    this.hours += this.#ordered / 3600;
    const work = flow + this.queue;
    const served = Math.min(work, this.#running * perReplica);
    this.queue = work - served;
    return served;
  }
}

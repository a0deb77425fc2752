import { Backoff, type Retry } from "./backoff.ts";
import { Fleet, type Replicas } from "./fleet.ts";
import type { Load } from "./load.ts";
import { type OpenLimit, OpenWork } from "./open-work.ts";
import { type Point, Series } from "./series.ts";
import { begin, type Hit, lagOf, type Running, repeat, repeatable, type Stage, step } from "./stage.ts";

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
  /** seconds that the work that waited longest did, from the second in which it came; those still waiting included */
  readonly longestWait: number;
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

/**
 * Fluid simulation in steps of one second, in one stride where nothing but queues would change: token buckets fill and
 * drain, delayed work waits, rejected work retries with expected backoff and is then lost. Buckets are full and slots
 * free at the start. Memory does not grow with `seconds`.
 */
export function simulate(task: SimulationTask): Outcome {
  const run = new Run(task);
  const { load, seconds } = task;
  const series = new Series(seconds);
  let end = Math.min(seconds, series.end(0));
  for (let t = 0; t < seconds; ) {
    run.step(t);
    t += 1;
    // What the load was in the middle of the last step lasts until then.
    if (t < end && load.until !== undefined && run.isSteady) {
      const times = run.repeatable(Math.min(end, Math.floor(load.until(t - 0.5))) - t);
      if (times > 0) {
        series.look(run.waiting, run.lag);
        run.repeat(times);
        t += times;
      }
    }
    series.look(run.waiting, run.lag);
    if (t < end) continue;
    series.close(t, run, run);
    end = Math.min(seconds, series.end(t));
  }
  return run.outcome(series.points);
}

/** Mutable state of a simulation, one step after the other. */
class Run {
  readonly #task: SimulationTask;
  readonly #stages: readonly Running[];
  readonly #backoff: Backoff;
  readonly #fleet: Fleet | undefined;
  readonly #open: OpenWork | undefined;
  arrived = 0;
  served = 0;
  #lost = 0;
  #tried = 0;
  /** of the last step */
  #fresh = 0;
  #entered = 0;
  #out = 0;
  #given = 0;
  #isRepeated = false;
  waiting = 0;
  lag = 0;

  constructor(task: SimulationTask) {
    this.#task = task;
    this.#stages = task.stages.map(begin);
    this.#backoff = new Backoff(task.retry);
    this.#fleet = task.replicas === undefined ? undefined : new Fleet(task.replicas);
    this.#open = task.open === undefined ? undefined : new OpenWork(task.open);
  }

  step(t: number): void {
    const stages = this.#stages;
    const open = this.#open;
    // The load in the middle of the step: exact for a straight ramp.
    const share = this.#task.load(t + 0.5);
    const fresh = this.#task.throughput * share;
    const entered = fresh + this.#backoff.due();
    let flow = entered;
    let turned = 0;
    this.waiting = 0;
    this.lag = 0;
    for (let i = 0; i < stages.length; i += 1) {
      const running = stages[i];
      if (running === undefined) continue;
      if (open !== undefined && i === open.after) {
        const admitted = this.#admit(open, flow, { time: t, load: share });
        turned += flow - admitted;
        flow = admitted;
      }
      const passed = step(running, flow, t, share);
      if (!running.delays) turned += flow - passed;
      else if (running.queue > 0) this.#count(running.queue, lagOf(running));
      flow = passed;
    }
    if (open !== undefined && open.after >= stages.length) {
      const admitted = this.#admit(open, flow, { time: t, load: share });
      turned += flow - admitted;
      flow = admitted;
    }
    if (this.#fleet !== undefined) {
      flow = this.#fleet.serve(flow, t);
      this.#count(this.#fleet.queue, this.#fleet.lag);
    }
    open?.serve(flow);
    const given = this.#backoff.push(turned, fresh);
    this.#isRepeated = fresh === this.#fresh && entered === this.#entered && flow === this.#out;
    this.arrived += fresh;
    this.served += flow;
    this.#lost += given;
    this.#tried += entered;
    this.#fresh = fresh;
    this.#entered = entered;
    this.#out = flow;
    this.#given = given;
  }

  #admit(open: OpenWork, flow: number, hit: Hit): number {
    return open.admit(flow, open.room(this.#waitingFrom(open.after), this.#stages), hit);
  }

  #waitingFrom(first: number): number {
    let sum = this.#fleet === undefined ? 0 : this.#fleet.queue;
    for (let i = first; i < this.#stages.length; i += 1) sum += this.#stages[i]?.queue ?? Number.NaN;
    return sum;
  }

  #count(queue: number, lag: number): void {
    this.waiting += queue;
    this.lag += lag;
  }

  /** Whether another second of the same load would change nothing but the length of queues, by the same again. */
  get isSteady(): boolean {
    return (
      this.#isRepeated &&
      this.#fleet === undefined &&
      this.#backoff.isSteady &&
      (this.#open === undefined || (this.#open.isStill && this.#open.firstHit === undefined)) &&
      this.#stages.every(({ isStill }) => isStill)
    );
  }

  /** How often the last step can be repeated, up to `most`, before a queue ends or open work meets its limit. */
  repeatable(most: number): number {
    let times = most;
    for (const running of this.#stages) times = Math.min(times, repeatable(running));
    const open = this.#open;
    if (open === undefined) return times;
    const longer = this.#stages.reduce(
      (sum, { delays, flow, passed }, i) => (delays && i >= open.after ? sum + flow - passed : sum),
      0,
    );
    if (longer <= 0) return times;
    const left = open.headroom(this.#waitingFrom(open.after)) - 2 * this.#entered;
    return Math.min(times, Math.floor(left / longer) - 2);
  }

  repeat(times: number): void {
    this.waiting = 0;
    this.lag = 0;
    for (const running of this.#stages) {
      repeat(running, times);
      this.#count(running.queue, lagOf(running));
    }
    this.arrived += this.#fresh * times;
    this.served += this.#out * times;
    this.#lost += this.#given * times;
    this.#tried += this.#entered * times;
  }

  outcome(series: readonly Point[]): Outcome {
    const open = this.#open;
    return {
      arrived: this.arrived,
      served: this.served,
      waiting: this.waiting,
      retrying: this.#backoff.waiting,
      lost: this.#lost,
      tries: this.arrived === 0 ? 1 : this.#tried / this.arrived,
      stages: [...this.#stages.map(outcomeOf), ...(open === undefined ? [] : [openOutcome(open)])],
      openAtEnd: open?.open(this.#waitingFrom(open.after)),
      replicaHours: this.#fleet?.hours,
      replicas: this.#fleet?.ordered,
      series,
    };
  }
}

function outcomeOf(running: Running): StageOutcome {
  const { id, title, effect } = running.stage;
  const { firstHit, burst: burstSeconds, queue, rejected, longestWait } = running;
  return { id, title, effect, firstHit, burstSeconds, waiting: queue, lag: lagOf(running), longestWait, rejected };
}

function openOutcome({ limit: { id, title }, firstHit, rejected }: OpenWork): StageOutcome {
  return { id, title, effect: "open", firstHit, burstSeconds: 0, waiting: 0, lag: 0, longestWait: 0, rejected };
}

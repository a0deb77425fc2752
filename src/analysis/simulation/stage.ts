import { exp } from "../../formula/exact.ts";
/**
 * A quota as the simulation sees it, in units of work. Concurrency follows Little's law: `limit` at a holding time is a
 * rate of limit / holding.
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
  /** concurrency: mean seconds for which work holds its slot, exponential; free slots fill up first; `bucket` is not used */
  readonly holding?: number;
  /** seconds of turning work away after which the service has doubled the rate (a prefix that is split) */
  readonly doubling?: number;
  /** what is wanted at rest is more than the quota: share of any work that passes; `rate` then binds nothing */
  readonly passes?: number;
};

/** When something was first over a quota: the second, and the load in it as a share of the expected load. */
export type Hit = { readonly time: number; readonly load: number };

/** Mutable state of a stage; lives for one run. */
export type Running = {
  readonly stage: Stage;
  readonly delays: boolean;
  /** share of what holds a slot now that still holds it in a second; 0 where nothing is held */
  readonly kept: number;
  tokens: number;
  rate: number;
  /** slots in use, as units a second that would keep so many in use */
  busy: number;
  queue: number;
  rejected: number;
  firstHit: Hit | undefined;
  burst: number;
  /** seconds from the second in which work came until it passed, at most */
  longestWait: number;
  strained: number;
  /** of the last step */
  flow: number;
  passed: number;
  isStill: boolean;
};

export function begin(stage: Stage): Running {
  return {
    stage,
    delays: stage.effect === "delay",
    kept: stage.holding === undefined ? 0 : exp(-1 / stage.holding),
    tokens: stage.bucket,
    rate: stage.growth === undefined ? stage.rate : 0,
    busy: 0,
    queue: 0,
    rejected: 0,
    firstHit: undefined,
    burst: 0,
    longestWait: 0,
    strained: 0,
    flow: 0,
    passed: 0,
    isStill: false,
  };
}

/** Units that may pass in the next second, before capacity is built up for them. */
export function available({ stage, tokens, rate, busy, kept }: Running): number {
  // Slots in use after a second: busy * kept + passed * (1 - kept), at most all of them.
  if (kept > 0) return Math.max(0, rate - busy * kept) / (1 - kept);
  return stage.growth === undefined ? tokens + rate : rate;
}

/** Lets a second's flow through a stage. @returns units that pass */
export function step(running: Running, flow: number, t: number, share: number): number {
  const { stage, tokens, rate, busy, kept } = running;
  const wanted = flow + running.queue;
  // What is needed to let all pass: with what is still held, not where a steady flow would end.
  if (stage.growth !== undefined) grow(running, stage.growth, busy * kept + wanted * (1 - kept));
  const room = stage.passes === undefined ? available(running) : wanted * stage.passes;
  const passed = Math.min(wanted, room);
  const over = wanted - passed;
  if (kept > 0) running.busy = Math.min(running.rate, busy * kept + passed * (1 - kept));
  else if (stage.growth === undefined) running.tokens = Math.min(stage.bucket, room - passed);
  if (running.delays) running.queue = over;
  else running.rejected += over;
  if (over > wanted * 1e-12) {
    running.firstHit ??= { time: t, load: share };
    lookAtWait(running);
    if (stage.doubling !== undefined) double(running, stage.doubling);
  } else if (running.firstHit === undefined && flow > rate) running.burst += 1;
  running.isStill =
    running.passed === passed &&
    running.flow === flow &&
    running.tokens === tokens &&
    running.rate === rate &&
    (running.busy === busy || settles(running, flow, wanted)) &&
    // Until the hit, a queue that grows by less than rounding is watched by the second.
    (over === 0 || (running.firstHit !== undefined && stage.doubling === undefined));
  running.flow = flow;
  running.passed = passed;
  return passed;
}

function lookAtWait(running: Running): void {
  if (running.delays) running.longestWait = Math.max(running.longestWait, 1 + lagOf(running));
}

/** How far below the rate nothing can be turned away by a rounding. */
const CLEAR = 1 - 1e-9;

/** Whether slots fill up (or empty) towards a flow that they can always take: nothing that is stated depends on how full they are. */
function settles({ kept, rate }: Running, flow: number, wanted: number): boolean {
  return kept > 0 && wanted === flow && flow <= rate * CLEAR;
}

/** Builds capacity up to what is wanted, as fast as it may be built. */
function grow(running: Running, growth: number, wanted: number): void {
  const { stage } = running;
  const added = Math.min(Math.max(0, Math.min(wanted, stage.rate) - running.rate), running.tokens);
  running.rate += added;
  running.tokens = Math.min(stage.bucket, running.tokens - added + growth);
}

function double(running: Running, after: number): void {
  running.strained += 1;
  if (running.strained < after) return;
  running.rate *= 2;
  running.strained = 0;
}

/** Repeats the last step, in which nothing but the queue and slots in use moved. */
export function repeat(running: Running, times: number): void {
  const { stage, rate, busy, passed } = running;
  if (stage.holding !== undefined)
    running.busy = Math.min(rate, passed + (busy - passed) * exp(-times / stage.holding));
  const over = running.flow - running.passed;
  if (running.delays) {
    running.queue += over * times;
    if (over > 0) lookAtWait(running);
  } else running.rejected += over * times;
}

/** How often the last step can be repeated before the queue is worked off. */
export function repeatable({ flow, passed, queue, delays }: Running): number {
  return delays && passed > flow ? Math.floor(queue / (passed - flow)) - 1 : Number.POSITIVE_INFINITY;
}

/** Seconds that what waits needs at the rate that lasts. */
export function lagOf({ queue, rate }: Running): number {
  return queue === 0 ? 0 : queue / rate;
}

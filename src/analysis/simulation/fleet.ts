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
  /** replicas that may be started at once after a pause; default: those of one second, at least 1 */
  readonly launchBucket?: number;
  /** share of its capacity at which a replica is to be kept, above 0; default 1 */
  readonly target?: number;
};

/** Seconds in which a tracker wants a backlog gone. */
const DRAIN = 60;

/** Replicas by target tracking: they come late, go after a cool-down, and start no faster than the launch rate. */
export class Fleet {
  readonly #spec: Replicas;
  readonly #bucket: number;
  readonly #starting: Float64Array;
  #tokens: number;
  #running: number;
  #ordered: number;
  #needed = 0;
  queue = 0;
  hours = 0;

  constructor(spec: Replicas) {
    this.#spec = spec;
    this.#bucket = spec.launchBucket ?? Math.max(1, spec.launchRate);
    this.#tokens = this.#bucket;
    this.#starting = new Float64Array(Math.max(1, Math.ceil(spec.start)));
    this.#running = spec.min;
    this.#ordered = spec.min;
  }

  get ordered(): number {
    return this.#ordered;
  }

  /** Seconds that what waits needs on the replicas that run. */
  get lag(): number {
    return this.queue === 0 ? 0 : this.queue / (this.#running * this.#spec.perReplica);
  }

  /** Serves a second's flow. @returns units served */
  serve(flow: number, t: number): number {
    const { perReplica, min, max, cooldown, launchRate, target = 1 } = this.#spec;
    const slot = t % this.#starting.length;
    this.#running += this.#starting[slot] ?? Number.NaN;
    this.#starting[slot] = 0;
    // What waits keeps replicas busy: the tracker sees it as load, to be worked off within a minute.
    const busy = (flow + this.queue / DRAIN) / (perReplica * target);
    const wanted = Math.min(max, Math.max(min, Math.ceil(busy - 1e-9)));
    if (wanted >= this.#ordered) this.#needed = t;
    if (wanted > this.#ordered) {
      const launched = Math.floor(Math.min(wanted - this.#ordered, this.#tokens));
      this.#ordered += launched;
      this.#tokens -= launched;
      this.#starting[slot] = launched;
    } else if (wanted < this.#ordered && t - this.#needed >= cooldown && this.#running >= this.#ordered) {
      this.#ordered = wanted;
      this.#running = wanted;
    }
    this.#tokens = Math.min(this.#bucket, this.#tokens + launchRate);
    this.hours += this.#ordered / 3600;
    const work = flow + this.queue;
    const served = Math.min(work, this.#running * perReplica);
    this.queue = work - served;
    return served;
  }
}

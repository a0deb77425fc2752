/** Exponential backoff with jitter, as an expected value: try k waits half of min(cap, base * 2^k). */
export type Retry = { readonly attempts: number; readonly base: number; readonly cap: number };

/** Retries as expected flows: a ring of seconds for each try. Memory is that of the waits, whatever the time simulated. */
export class Backoff {
  readonly #rings: readonly Float64Array[];
  /** by try, what comes back in this second */
  readonly #due: Float64Array;
  /** by try, the place in its ring; rings stand still while they are empty */
  readonly #places: Int32Array;
  #back = 0;
  #turned = 0;
  #same = 0;
  readonly #longest: number;
  waiting = 0;

  constructor({ attempts, base, cap }: Retry) {
    this.#rings = Array.from(
      { length: Math.max(0, attempts - 1) },
      (_, k) => new Float64Array(Math.max(1, Math.round(Math.min(cap, base * 2 ** k) / 2))),
    );
    this.#due = new Float64Array(this.#rings.length);
    this.#places = new Int32Array(this.#rings.length);
    this.#longest = this.#rings.reduce((sum, ring) => sum + ring.length, 0);
  }

  /**
   * Whether every second gives back what the last one did. That the same was turned away for long is not enough: first and
   * later tries may share it differently from second to second, in turns.
   */
  get isSteady(): boolean {
    if (this.waiting === 0) return this.#back === 0;
    return this.#isSettled && this.#rings.every((ring, k) => isLevel(ring, this.#due[k]));
  }

  /** Whether the same has been turned away for longer than anything can wait. */
  get #isSettled(): boolean {
    return this.#same > this.#longest;
  }

  /** What comes back in this second. */
  due(): number {
    this.#back = 0;
    return this.waiting === 0 ? 0 : this.#gather();
  }

  #gather(): number {
    let sum = 0;
    for (let k = 0; k < this.#rings.length; k += 1) {
      const ring = this.#rings[k];
      if (ring === undefined) continue;
      const next = (this.#places[k] ?? Number.NaN) + 1;
      const at = next === ring.length ? 0 : next;
      const back = ring[at] ?? Number.NaN;
      this.#places[k] = at;
      ring[at] = 0;
      this.#due[k] = back;
      sum += back;
    }
    // Sums of what came and went: what rounding leaves is nothing.
    this.waiting = Math.max(0, this.waiting - sum);
    this.#back = sum;
    return sum;
  }

  /**
   * Takes what was turned away. Tries are alike to a quota: each had its share in what came, and has it in what is turned
   * away. What waited in between counts as the tries that come now.
   * @param fresh first tries of this second
   * @returns what has no try left
   */
  push(turned: number, fresh: number): number {
    if (turned === 0 && this.waiting === 0) {
      this.#same = 0;
      return 0;
    }
    this.#same = turned === this.#turned ? this.#same + 1 : 0;
    this.#turned = turned;
    return turned > 0 ? this.#wait(turned, fresh) : this.#settle();
  }

  /** After the longest wait nothing can be on its way: what is left of the sum is rounding. */
  #settle(): number {
    if (this.#isSettled) this.waiting = 0;
    return 0;
  }

  #wait(turned: number, fresh: number): number {
    const came = fresh + this.#back;
    // Parts of what came, not the rate it was turned away at: that has no bound where a queue outlives the load.
    let next = came === 0 ? turned : turned * (fresh / came);
    let added = 0;
    for (let k = 0; k < this.#rings.length; k += 1) {
      const ring = this.#rings[k];
      if (ring === undefined) continue;
      const at = this.#places[k] ?? Number.NaN;
      ring[at] = (ring[at] ?? Number.NaN) + next;
      added += next;
      next = this.#back === 0 ? 0 : turned * ((this.#due[k] ?? Number.NaN) / came);
    }
    this.waiting += added;
    return next;
  }
}

/** Alike but for the rounding of sums. */
const isLevel = (ring: Float64Array, level = Number.NaN): boolean =>
  ring.every((waiting) => Math.abs(waiting - level) <= 1e-12 * level);

import { exp } from "../../formula/exact.ts";
import { available, type Hit, type Running } from "./stage.ts";

/** Work that is open (running or waiting) counts against a quota of its own, which turns new work away when it is full. */
export type OpenLimit = {
  readonly id: string;
  readonly title: string;
  readonly limit: number;
  /** open executions per unit of work in flight */
  readonly perUnit: number;
  /** mean seconds a unit of work is in flight when nothing waits, exponential */
  readonly duration: number;
  /** stages that work passes before it counts as open; default 0 */
  readonly after?: number;
};

/** What is open: waiting before a stage, or in flight behind the last one. A class because it keeps what is in flight. */
export class OpenWork {
  readonly limit: OpenLimit;
  readonly after: number;
  /** units of work that may be open */
  readonly #most: number;
  /** share of what is in flight that still is a second later */
  readonly #kept: number;
  /** what a unit served evenly over a second leaves in flight at its end */
  readonly #left: number;
  #flying = 0;
  firstHit: Hit | undefined;
  rejected = 0;
  isStill = false;

  constructor(limit: OpenLimit) {
    const { after = 0 } = limit;
    this.limit = limit;
    this.after = after;
    this.#most = limit.limit / limit.perUnit;
    this.#kept = limit.duration > 0 ? exp(-1 / limit.duration) : 0;
    this.#left = limit.duration * (1 - this.#kept);
  }

  /** Open executions, with so many units waiting. */
  open(waiting: number): number {
    return (waiting + this.#flying) * this.limit.perUnit;
  }

  /** Units that may pass before the limit is reached, with so many waiting. */
  headroom(waiting: number): number {
    return this.#most - waiting - this.#flying;
  }

  /**
   * Units that may come in so that at the end of the second no more than the limit is open. What comes in waits, or is
   * served and then in flight, as much as the stages behind let through.
   */
  room(waiting: number, behind: readonly Running[]): number {
    const stays = this.#flying * this.#kept;
    let through = Number.POSITIVE_INFINITY;
    for (let i = this.after; i < behind.length; i += 1) {
      const running = behind[i];
      if (running?.delays === true) through = Math.min(through, available(running));
    }
    const unhindered = this.#left > 0 ? (this.#most - stays) / this.#left : Number.POSITIVE_INFINITY;
    if (unhindered <= through) return Math.max(0, unhindered - waiting);
    return Math.max(0, this.#most - stays - waiting + through * (1 - this.#left));
  }

  admit(flow: number, room: number, hit: Hit): number {
    if (flow <= room) return flow;
    this.firstHit ??= hit;
    this.rejected += flow - room;
    return room;
  }

  serve(served: number): void {
    const flying = this.#flying * this.#kept + served * this.#left;
    this.isStill = flying === this.#flying;
    this.#flying = flying;
  }
}

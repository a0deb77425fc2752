// Half of the cases of long runs on another thread. Every case is computed by the same generated code, so that figures do
// not depend on how many cores there are.
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Compile, compile, generate } from "../formula/generate.ts";
import type { Io } from "./process.ts";

/** Cases that go to the other thread at a time. */
export const BLOCK = 1 << 15;
/** Fewer than this are done before another thread has started. */
const LEAST = 4 * BLOCK;

/** Cells of the control array: how many cases are asked for (0: done, -1: the thread is starting), and of which program. */
export const CASES = 0;
export const PROGRAM = 1;
const STARTING = -1;

export type Shared = {
  readonly control: Int32Array;
  readonly input: SharedArrayBuffer;
  readonly output: SharedArrayBuffer;
};
/** What the other thread is notified of a compiled function. */
export type SharedProgram = {
  readonly id: number;
  readonly source: string;
  readonly arrays: readonly Float64Array[];
  readonly columns: number;
  readonly outputs: number;
};

const MOST_COLUMNS = 512;

/**
 * A compiler whose functions use a second core where they are given many cases.
 * @returns undefined where there is no second core, or the program runs from its sources; ARCHCOST_CORES=1 asks for one core
 */
export function secondCore(io: Io): Compile | undefined {
  const bundle = join(import.meta.dirname, "archcost.cjs");
  if (io.env["ARCHCOST_CORES"] === "1" || availableParallelism() < 2 || !existsSync(bundle)) return undefined;
  let thread: Thread | undefined;
  return (graph, outputs, free) => {
    const alone = compile(graph, outputs, free);
    if (free.length > MOST_COLUMNS || outputs.length > MOST_COLUMNS) return alone;
    let id: number | undefined;
    return (columns, n, out) => {
      if (n < LEAST) return alone(columns, n, out);
      thread ??= new Thread(bundle);
      id ??= thread.add({ ...generate(graph, outputs, free), columns: free.length, outputs: outputs.length });
      return thread.share(id, alone, { columns, n, out });
    };
  };
}

type Cases = {
  readonly columns: readonly Float64Array[];
  readonly n: number;
  readonly out: readonly Float64Array[];
};

/** A class because it holds a running thread. */
class Thread {
  readonly #worker: Worker;
  readonly #shared: Shared = {
    control: new Int32Array(new SharedArrayBuffer(8)),
    input: new SharedArrayBuffer(MOST_COLUMNS * BLOCK * 8),
    output: new SharedArrayBuffer(MOST_COLUMNS * BLOCK * 8),
  };
  #programs = 0;

  constructor(bundle: string) {
    Atomics.store(this.#shared.control, CASES, STARTING);
    const start = "require(require('node:worker_threads').workerData.bundle).serveCases()";
    this.#worker = new Worker(start, { eval: true, workerData: { bundle, ...this.#shared } });
    this.#worker.unref();
  }

  add(program: Omit<SharedProgram, "id">): number {
    const id = this.#programs++;
    this.#worker.postMessage({ id, ...program } satisfies SharedProgram);
    return id;
  }

  /** Both threads take blocks in turn until none is left. */
  share(
    id: number,
    alone: (...cases: [readonly Float64Array[], number, readonly Float64Array[]]) => void,
    cases: Cases,
  ): void {
    const { columns, n, out } = cases;
    for (let next = 0; next < n; ) {
      const theirs =
        this.#isFree() && n - next > BLOCK ? { from: next, count: Math.min(BLOCK, n - next - BLOCK) } : undefined;
      if (theirs !== undefined) {
        this.#ask(id, columns, theirs);
        next += theirs.count;
      }
      const count = Math.min(BLOCK, n - next);
      const part = (column: Float64Array): Float64Array => column.subarray(next, next + count);
      alone(columns.map(part), count, out.map(part));
      next += count;
      if (theirs !== undefined) this.#take(out, theirs);
    }
  }

  #isFree(): boolean {
    return Atomics.load(this.#shared.control, CASES) === 0;
  }

  #ask(id: number, columns: readonly Float64Array[], { from, count }: Block): void {
    const { control, input } = this.#shared;
    columns.forEach((column, k) => {
      new Float64Array(input, k * BLOCK * 8, count).set(column.subarray(from, from + count));
    });
    Atomics.store(control, PROGRAM, id);
    Atomics.store(control, CASES, count);
    Atomics.notify(control, CASES);
  }

  #take(out: readonly Float64Array[], { from, count }: Block): void {
    const { control, output } = this.#shared;
    for (let asked = Atomics.load(control, CASES); asked !== 0; asked = Atomics.load(control, CASES)) {
      Atomics.wait(control, CASES, asked);
    }
    out.forEach((column, k) => {
      column.set(new Float64Array(output, k * BLOCK * 8, count), from);
    });
  }
}

type Block = { readonly from: number; readonly count: number };

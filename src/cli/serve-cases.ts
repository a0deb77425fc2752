// The other thread of a long run: waits for cases and computes them.
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { type Compiled, instantiate } from "../formula/generate.ts";
import { BLOCK, CASES, PROGRAM, type Shared, type SharedProgram } from "./second-core.ts";

type Known = { readonly run: Compiled; readonly program: SharedProgram };

/** Never returns: the thread ends with the process. */
export function serveCases(): void {
  const { control, input, output }: Shared = workerData;
  const known = new Map<number, Known>();
  for (;;) {
    Atomics.store(control, CASES, 0);
    Atomics.notify(control, CASES);
    Atomics.wait(control, CASES, 0);
    const count = Atomics.load(control, CASES);
    learn(known);
    const asked = known.get(Atomics.load(control, PROGRAM));
    if (asked === undefined) throw new Error("asked for a program that was never sent");
    const part = (buffer: SharedArrayBuffer) => (_: unknown, k: number) =>
      new Float64Array(buffer, k * BLOCK * 8, count);
    const { run, program } = asked;
    run(
      Array.from({ length: program.columns }, part(input)),
      count,
      Array.from({ length: program.outputs }, part(output)),
    );
  }
}

/** Takes in what was sent since the last time; a thread that waits for cells gets no events. */
function learn(known: Map<number, Known>): void {
  const port = parentPort;
  if (port === null) return;
  for (let found = receiveMessageOnPort(port); found !== undefined; found = receiveMessageOnPort(port)) {
    const program: SharedProgram = found.message;
    known.set(program.id, { run: instantiate(program), program });
  }
}

// Two kinds of cases. Mutated scenarios, price files and budgets: each gives a result or clean diagnostics, never a stack
// trace, a hang or a heap that grows without end. And sound but odd scenarios (--laws), whose results have to keep laws.
// npm run fuzz -- --help
import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism, constants, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const USAGE = `npm run fuzz -- [--laws] [--cases 100000] [--seed 1] [--workers 2]
  --laws       sound but odd scenarios against laws (more work never costs less, order does not matter, ...)
  --cases N    how many mutated scenarios, price files and budgets; with --laws how many scenarios (default 10000)
  --seed N     number of the first: a seed is a case, and gives the same one again
  --workers N  processes at a time`;
/** What a case may take; one that takes longer than `hangsMs` is killed. A case of the laws is several runs. */
const KINDS = {
  mutated: { cases: 100_000, mostMs: 1000, hangsMs: 20_000, mostHeapMb: 512 },
  laws: { cases: 10_000, mostMs: 10_000, hangsMs: 60_000, mostHeapMb: 512 },
};
const values = options();
const KIND = values.laws ? "laws" : "mutated";
const { mostMs: MOST_MS, hangsMs: HANGS_MS, mostHeapMb: MOST_HEAP_MB } = KINDS[KIND];
const CASES = Number(values.cases ?? KINDS[KIND].cases);
const FIRST = Number(values.seed);
/** All that a worker ever held: its case, the program and Node. */
const MOST_RSS = MOST_HEAP_MB * 2 ** 20;
const MOST_REPORTED = 20;

let next = FIRST;
let finished = 0;
/** the signal that ended the run before its last case */
let interrupted;
const workers = new Set();
const failures = [];
const codes = { 0: 0, 1: 0, 2: 0 };
const slowest = { ms: 0, seed: 0 };
const largest = { rss: 0, seed: 0 };

function options() {
  const options = {
    laws: { type: "boolean", default: false },
    cases: { type: "string" },
    seed: { type: "string", default: "1" },
    workers: { type: "string", default: String(Math.min(4, availableParallelism())) },
    help: { type: "boolean", short: "h", default: false },
  };
  try {
    const { values: found } = parseArgs({ options });
    const counts = ["cases", "seed", "workers"].every((name) => /^\d+$/.test(found[name] ?? "0"));
    if (counts && !found.help) return found;
    console.log(counts ? USAGE : `whole numbers only\n${USAGE}`);
    process.exit(counts ? 0 : 2);
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

function fail(seed, why, text) {
  failures.push(seed);
  if (failures.length > MOST_REPORTED) return;
  const file = join(tmpdir(), `archcost-fuzz-${KIND}-${seed}.yaml`);
  if (text !== undefined) writeFileSync(file, text);
  console.error(`seed ${seed}: ${why}${text === undefined ? "" : `\n  the case: ${file}`}`);
}

/** A worker with its cases one by one; when it dies or hangs, another goes on. */
function work() {
  return new Promise((done) => {
    const worker = fork(new URL("fuzz/worker.js", import.meta.url), [KIND], {
      execArgv: [`--max-old-space-size=${MOST_HEAP_MB}`, "--max-semi-space-size=32", "--single-threaded-gc"],
    });
    workers.add(worker);
    let seed;
    let timer;
    let retried = false;
    let tooLarge = false;
    const give = () => {
      clearTimeout(timer);
      if (next >= FIRST + CASES || interrupted !== undefined) {
        worker.disconnect();
        return;
      }
      seed = next;
      next += 1;
      timer = setTimeout(() => worker.kill("SIGKILL"), HANGS_MS);
      worker.send(seed);
    };
    worker.on("message", ({ code, ms, rss, why, text }) => {
      if (interrupted !== undefined) return;
      // A slow case is tried once more: a busy machine is no fault.
      if (ms > MOST_MS && !retried && why === undefined) {
        retried = true;
        worker.send(seed);
        return;
      }
      retried = false;
      finished += 1;
      if (why !== undefined) fail(seed, why, text);
      else if (ms > MOST_MS) fail(seed, `takes ${Math.round(ms)} ms`);
      if (why === undefined) codes[code] += 1;
      if (ms > slowest.ms) Object.assign(slowest, { ms, seed });
      if (rss > largest.rss) Object.assign(largest, { rss, seed });
      if (rss <= MOST_RSS) return give();
      fail(seed, `${Math.round(rss / 2 ** 20)} MB`);
      // The peak of a process never falls: another one measures the next cases.
      tooLarge = true;
      clearTimeout(timer);
      worker.disconnect();
    });
    worker.on("exit", (code, signal) => {
      clearTimeout(timer);
      workers.delete(worker);
      if (interrupted !== undefined) return done();
      if (code === 0 && signal === null) return done(tooLarge ? work() : undefined);
      finished += 1;
      fail(seed, signal === "SIGKILL" ? "hangs" : `the process dies (${signal ?? code})`);
      done(work());
    });
    give();
  });
}

/** Ends the workers; what was found until now is reported. A second signal ends at once. */
function interrupt(signal) {
  if (interrupted !== undefined) process.exit(128 + constants.signals[signal]);
  interrupted = signal;
  for (const worker of workers) worker.kill("SIGKILL");
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, interrupt);

const start = Date.now();
const what = KIND === "laws" ? "odd scenarios" : "cases";
console.error(`${CASES} ${what} from seed ${FIRST}`);
const progress = setInterval(() => console.error(`${finished} of ${CASES}`), 30_000);
await Promise.all(Array.from({ length: Number(values.workers) }, work));
clearInterval(progress);
const seconds = (Date.now() - start) / 1000;
const count = interrupted === undefined ? CASES : `interrupted after ${finished} of ${CASES}`;
const kept = KIND === "laws" ? "keep the laws" : "fine";
console.log(
  `fuzz: ${count} ${what} from seed ${FIRST} in ${seconds.toFixed(0)} s: ${codes[0]} ${kept}, ${codes[1]} with broken budgets, ${codes[2]} refused, ${failures.length} failures; slowest ${slowest.ms.toFixed(0)} ms (seed ${slowest.seed}), largest ${(largest.rss / 2 ** 20).toFixed(0)} MB (seed ${largest.seed})`,
);
if (failures.length > 0) console.log(`seeds of failures: ${failures.slice(0, 200).join(" ")}`);
process.exitCode = failures.length > 0 ? 1 : interrupted === undefined ? 0 : 128 + constants.signals[interrupted];

// Mutated scenarios, price files and budgets: each gives a result or clean diagnostics, never a stack trace, a hang or a heap
// that grows without end. npm run fuzz -- --help
import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const USAGE = `npm run fuzz -- [--cases 100000] [--seed 1] [--workers 2]
  --cases N    how many mutated scenarios, price files and budgets
  --seed N     number of the first: a seed is a case, and gives the same one again
  --workers N  processes at a time`;
const { values } = options();
const CASES = Number(values.cases);
const FIRST = Number(values.seed);
const MOST_MS = 1000;
/** A case that takes longer is killed: it hangs. */
const HANGS_MS = 20_000;
const MOST_HEAP_MB = 512;
/** All that a worker ever held: its case, the program and Node. */
const MOST_RSS = MOST_HEAP_MB * 2 ** 20;
const MOST_TOLD = 20;

let next = FIRST;
const failures = [];
const codes = { 0: 0, 1: 0, 2: 0 };
const slowest = { ms: 0, seed: 0 };
const largest = { rss: 0, seed: 0 };

function options() {
  const options = {
    cases: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    workers: { type: "string", default: String(Math.min(4, availableParallelism())) },
    help: { type: "boolean", short: "h", default: false },
  };
  try {
    const found = parseArgs({ options });
    const counts = ["cases", "seed", "workers"].every((name) => /^\d+$/.test(found.values[name]));
    if (counts && !found.values.help) return found;
    console.log(counts ? USAGE : `whole numbers only\n${USAGE}`);
    process.exit(counts ? 0 : 2);
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

function fail(seed, why, text) {
  failures.push(seed);
  if (failures.length > MOST_TOLD) return;
  const file = join(tmpdir(), `archcost-fuzz-${seed}.yaml`);
  if (text !== undefined) writeFileSync(file, text);
  console.error(`seed ${seed}: ${why}${text === undefined ? "" : `\n  the case: ${file}`}`);
}

/** A worker with its cases one by one; when it dies or hangs, another goes on. */
function work() {
  return new Promise((done) => {
    const worker = fork(new URL("fuzz/worker.js", import.meta.url), {
      execArgv: [`--max-old-space-size=${MOST_HEAP_MB}`, "--max-semi-space-size=32", "--single-threaded-gc"],
    });
    let seed;
    let timer;
    let retried = false;
    let tooLarge = false;
    const give = () => {
      clearTimeout(timer);
      if (next >= FIRST + CASES) {
        worker.disconnect();
        return;
      }
      seed = next;
      next += 1;
      timer = setTimeout(() => worker.kill("SIGKILL"), HANGS_MS);
      worker.send(seed);
    };
    worker.on("message", ({ code, ms, rss, why, text }) => {
      // A slow case is tried once more: a busy machine is no fault.
      if (ms > MOST_MS && !retried && why === undefined) {
        retried = true;
        worker.send(seed);
        return;
      }
      retried = false;
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
      if (code === 0 && signal === null) return done(tooLarge ? work() : undefined);
      fail(seed, signal === "SIGKILL" ? "hangs" : `the process dies (${signal ?? code})`);
      done(work());
    });
    give();
  });
}

const start = Date.now();
const progress = setInterval(() => console.error(`${next - FIRST} of ${CASES}`), 30_000);
await Promise.all(Array.from({ length: Number(values.workers) }, work));
clearInterval(progress);
const seconds = (Date.now() - start) / 1000;
console.log(
  `fuzz: ${CASES} cases in ${seconds.toFixed(0)} s: ${codes[0]} fine, ${codes[1]} with broken budgets, ${codes[2]} refused, ${failures.length} failures; slowest ${slowest.ms.toFixed(0)} ms (seed ${slowest.seed}), largest ${(largest.rss / 2 ** 20).toFixed(0)} MB (seed ${largest.seed})`,
);
process.exitCode = failures.length > 0 ? 1 : 0;

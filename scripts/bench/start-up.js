// `archcost run scenarios/prime-video.yaml` as a whole process against `node -e 0`: at most 1.5 times the CPU, 1.4 the memory.
import { median, wholeProcess } from "./_measure.js";

const RUNS = 15;

export async function run() {
  const bare = [];
  const ours = [];
  for (let i = 0; i <= RUNS; i += 1) {
    const a = wholeProcess(["-e", "0"]);
    const b = wholeProcess(["bin/archcost.js", "run", "scenarios/prime-video.yaml"]);
    if (i > 0) bare.push(a) && ours.push(b);
  }
  for (const figure of ["cpu", "memory"]) {
    const ratio = median(ours.map((run, i) => run[figure] / bare[i][figure]));
    console.log(`  ${figure.padEnd(6)} ${ratio.toFixed(2)} times node -e 0 (median of ${RUNS} pairs)`);
  }
}

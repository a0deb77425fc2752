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
  for (const [figure, goal] of Object.entries({ cpu: 1.5, memory: 1.4 })) {
    const ratio = median(ours.map((run, i) => run[figure] / bare[i][figure]));
    // Other work on the machine only ever adds: the least of each is the steadier figure.
    const least = Math.min(...ours.map((run) => run[figure])) / Math.min(...bare.map((run) => run[figure]));
    console.log(
      `  ${figure.padEnd(6)} ${ratio.toFixed(2)} times node -e 0 (median of ${RUNS} pairs; least against least ${least.toFixed(2)}; goal ${goal})`,
    );
  }
}

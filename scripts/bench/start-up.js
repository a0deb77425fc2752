// `archcost run scenarios/prime-video.yaml` as a whole process against `node -e 0`: at most 3.6 times the CPU, 1.6 the memory.
import { inTurns, median } from "./_measure.js";

const RUNS = 15;

export function run() {
  const { bare, ours } = inTurns(
    { bare: ["-e", "0"], ours: ["bin/archcost.js", "run", "scenarios/prime-video.yaml"] },
    RUNS + 1,
  );
  return Object.entries({ cpu: 3.6, memory: 1.6 }).map(([figure, goal]) => {
    // The first pair reads the files into the system's cache.
    const ratio = median(ours.runs.slice(1).map((one, i) => one[figure] / bare.runs[i + 1][figure])).toFixed(2);
    console.log(`  ${figure.padEnd(6)} ${ratio} times node -e 0 (median of ${RUNS} pairs)`);
    return [`run of one file, ${figure}`, `${goal} x`, `${ratio} x`, "node -e 0"];
  });
}

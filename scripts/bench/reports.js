// A whole report (HTML, every PNG, levers, plan and samples) in a process of its own, beside a node that does nothing.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, wholeProcess } from "./_measure.js";

const ROUNDS = 5;

export function run() {
  const out = mkdtempSync(join(tmpdir(), "archcost-bench-"));
  const commands = {
    "report.html and all PNGs of Prime Video": ["run", "scenarios/prime-video.yaml", "--output", out],
    "the same without PNGs": ["run", "scenarios/prime-video.yaml", "--output", out, "--charts", "none"],
    "levers of Prime Video": ["levers", "scenarios/prime-video.yaml"],
    "levers of the order company": ["levers", "scenarios/order-company.yaml"],
  };
  const runs = Object.entries(commands).map(([name, argv]) => ({ name, argv, found: [] }));
  const nothing = [];
  // In turns: what else the machine does falls on all of them.
  for (let round = 0; round < ROUNDS; round += 1) {
    nothing.push(wholeProcess(["-e", "0"]));
    for (const { argv, found } of runs) found.push(wholeProcess(["bin/archcost.js", ...argv]));
  }
  const idle = median(nothing.map(({ cpu }) => cpu));
  for (const { name, found } of runs) {
    const cpu = median(found.map((each) => each.cpu));
    const memory = median(found.map((each) => each.memory));
    console.log(
      `  ${name}: ${cpu.toFixed(2)} s of CPU (${(cpu / idle).toFixed(0)} times node -e 0), ${memory.toFixed(0)} MB`,
    );
  }
}

// A whole report (HTML, every PNG, levers, plan and samples) in a process of its own, beside a node that does nothing.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inTurns } from "./_measure.js";

const ROUNDS = 5;
const WHOLE = "report.html and all PNGs of Prime Video";
const GOALS = { [WHOLE]: "2 s" };

export function run() {
  const out = mkdtempSync(join(tmpdir(), "archcost-bench-"));
  const commands = {
    [WHOLE]: ["run", "scenarios/prime-video.yaml", "--output", out],
    "the same without PNGs": ["run", "scenarios/prime-video.yaml", "--output", out, "--charts", "none"],
    "levers of Prime Video": ["levers", "scenarios/prime-video.yaml"],
    "levers of the order company": ["levers", "scenarios/order-company.yaml"],
  };
  const { idle, ...found } = inTurns(
    {
      idle: ["-e", "0"],
      ...Object.fromEntries(Object.entries(commands).map(([name, argv]) => [name, ["bin/archcost.js", ...argv]])),
    },
    ROUNDS,
  );
  return Object.entries(found).map(([name, { cpu, memory }]) => {
    const ratio = (cpu / idle.cpu).toFixed(0);
    console.log(`  ${name}: ${cpu.toFixed(2)} s of CPU (${ratio} times node -e 0), ${memory.toFixed(0)} MB`);
    return [name, GOALS[name] ?? "", `${cpu.toFixed(2)} s, ${memory.toFixed(0)} MB`, `${ratio} x node -e 0`];
  });
}

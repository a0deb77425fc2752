// Where people wait: a sweep, a table of cases, the levers of many components and a million samples, as whole processes.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wholeProcess } from "./_measure.js";

const PRIME = "scenarios/prime-video.yaml";

export function run() {
  const folder = mkdtempSync(join(tmpdir(), "archcost-bench-"));
  const file = (name, text) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const levers = (count) => ["levers", file(`components-${count}.yaml`, scenarioOf(count))];
  const table = (rows) => [
    "cases",
    PRIME,
    file(`cases-${rows}.csv`, casesOf(rows)),
    "--output",
    join(folder, "out.csv"),
  ];
  const commands = [
    ["sweep of 1,000 points", "1 s, 120 MB", ["sweep", PRIME, "--vary", "streams=1..1000", "--format", "csv"]],
    ["sweep of 40 points, limits", "", ["sweep", PRIME, "--vary", "streams=1..40", "--result", "limits.headroom"]],
    ["cases, 100,000 rows", "2.1 s, 214 MB", table(100_000)],
    ["cases, 1,000,000 rows", "memory as above", table(1_000_000)],
    ["levers of 80 components", "", levers(80)],
    ["levers of 160 components", "4 s, 300 MB", levers(160)],
    ["uncertainty, 1,000,000 samples", "8 s, 400 MB", ["uncertainty", PRIME, "--samples", "1000000"]],
  ];
  const idle = wholeProcess(["-e", "0"]).cpu;
  return commands.map(([name, goal, argv]) => {
    const { cpu, memory } = wholeProcess(["bin/archcost.js", ...argv]);
    console.log(`  ${name}: ${cpu.toFixed(2)} s of CPU, ${memory.toFixed(0)} MB`);
    return [name, goal, `${cpu.toFixed(2)} s, ${memory.toFixed(0)} MB`, `${(cpu / idle).toFixed(0)} x node -e 0`];
  });
}

/** One architecture of so many components of four services. */
function scenarioOf(count) {
  const kinds = [
    (i) => `aws/lambda, memory: ${512 + 64 * (i % 8)} MB, duration: duration`,
    (i) => `aws/sqs, messages: requests / ${i + 1} / 1 million`,
    (i) => `aws/ec2, instance: m5.large, instances: ${1 + (i % 5)}`,
    (i) => `aws/s3, puts: 1 / ${i + 1}, size: 10 KB, kept: 30 days`,
  ];
  const components = Array.from({ length: count }, (_, i) => `      c${i}: { service: ${kinds[i % 4](i)} }`);
  return `scenario: many components
region: us-east-1
as_of: 2026-11-23
workload: { unit: request, driver: requests, throughput: requests / 1 month }
variables: { requests: 100 million, duration: 120 ms }
architectures:
  now:
    omit: { data-transfer: not looked at, logs: not looked at, instance-storage: not looked at }
    components:
${components.join("\n")}
`;
}

function casesOf(rows) {
  return `streams,detectors\n${Array.from({ length: rows }, (_, i) => `${100 + (i % 5000)},${6 + (i % 9)}\n`).join("")}`;
}

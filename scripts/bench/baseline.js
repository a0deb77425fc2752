// 200 scenarios, all of them changed or two, checked with a baseline: at most twice the CPU of a check without one, and a number
// of git processes that does not grow with the scenarios.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, ROOT, wholeProcess } from "./_measure.js";

const COUNT = 200;
const ROUNDS = 3;

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), "archcost-bench-"));
  const git = (...args) =>
    execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args]);
  const text = readFileSync(join(ROOT, "scenarios/prime-video.yaml"), "utf8");
  const write = (count, more) => {
    for (let i = 0; i < count; i += 1) {
      const own = text.replace(/^scenario: .*/m, `scenario: S${i}`).replace("value: 2000", `value: ${1000 + i + more}`);
      writeFileSync(join(folder, `s${i}.yaml`), own);
    }
  };
  git("init", "-q", "-b", "main");
  write(COUNT, 0);
  git("add", "-A");
  git("commit", "-q", "-m", "first");
  const pattern = join(folder, "*.yaml");
  const check = (...more) => wholeProcess(["bin/archcost.js", "check", pattern, "--exit-zero", ...more]).cpu;
  const rows = [];
  for (const changed of [2, COUNT]) {
    write(changed, 0.5);
    const pairs = Array.from({ length: ROUNDS }, () => [check(), check("--baseline", "main")]);
    const against = median(pairs.map(([, cpu]) => cpu));
    const ratio = median(pairs.map(([without, cpu]) => cpu / without));
    console.log(
      `  ${COUNT} scenarios, ${changed} changed: ${against.toFixed(1)} s of CPU, ${ratio.toFixed(2)} times as much as without`,
    );
    rows.push([`check --baseline, ${changed} of ${COUNT} changed`, "2 x", `${ratio.toFixed(2)} x`, "check without"]);
  }
  return rows;
}

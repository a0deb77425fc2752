// npm run gallery: renders every scenario into reports/<name>/ and notes what it was rendered from, so that a test can
// tell when a report is out of date.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");

function archcost(...argv) {
  const ran = spawnSync(process.execPath, ["bin/archcost.js", ...argv], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, ARCHCOST_TODAY: "2026-11-23" },
    maxBuffer: 2 ** 26,
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout;
}

const index = {};
for (const file of readdirSync(join(ROOT, "scenarios"))
  .filter((name) => name.endsWith(".yaml"))
  .sort()) {
  const name = file.replace(/\.yaml$/, "");
  const scenario = `scenarios/${file}`;
  rmSync(join(ROOT, "reports", name), { recursive: true, force: true });
  archcost("run", scenario, "--output", `reports/${name}`, "--quiet");
  rmSync(join(ROOT, "reports", name, "result.json"));
  const result = archcost("run", scenario, "--format", "json");
  index[name] = {
    scenario: createHash("sha256")
      .update(readFileSync(join(ROOT, scenario)))
      .digest("hex"),
    result: createHash("sha256").update(result).digest("hex"),
  };
  console.log(`reports/${name}`);
}
writeFileSync(join(ROOT, "reports", "index.json"), `${JSON.stringify(index, null, 2)}\n`);

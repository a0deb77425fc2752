// A thousand scenario files in one call: at most 15 ms of CPU each.
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, wholeProcess } from "./_measure.js";

const COUNT = 1000;

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), "archcost-bench-"));
  const text = readFileSync(join(ROOT, "scenarios/prime-video.yaml"), "utf8");
  const files = Array.from({ length: COUNT }, (_, i) => {
    const file = join(folder, `s${i}.yaml`);
    writeFileSync(file, text.replace("value: 2000", `value: ${1000 + i}`));
    return file;
  });
  const one = wholeProcess(["bin/archcost.js", "run", files[0], "--quiet"]);
  const all = wholeProcess(["bin/archcost.js", "run", ...files, "--quiet"]);
  const each = ((1000 * (all.cpu - one.cpu)) / (COUNT - 1)).toFixed(1);
  console.log(`  ${each} ms of CPU each, ${all.memory.toFixed(0)} MB at the most`);
  return [
    [`each of ${COUNT} files`, "15 ms", `${each} ms`, ""],
    ["  their memory", "flat", `${all.memory.toFixed(0)} MB`, `${one.memory.toFixed(0)} MB for one`],
  ];
}

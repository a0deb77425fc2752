// The check of import directions is checked itself: with a TypeScript that it cannot use, dependency-cruiser sees no
// modules and reports success.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { ROOT, sourceFiles } from "./source-files.ts";

const reportSchema = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string(), severity: z.string() }) })),
  }),
  modules: z.array(z.object({ source: z.string() })),
});

function cruise(folder: string) {
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
      "src",
      "--config",
      ".dependency-cruiser.cjs",
      "--output-type",
      "json",
    ],
    { cwd: folder, encoding: "utf8", maxBuffer: 1e8 },
  );
  return reportSchema.parse(JSON.parse(stdout));
}

/** A folder with the configuration of the check, and only these sources. */
function folderWith(planted: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "archcost-structure-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const path of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"]) {
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  for (const [path, text] of Object.entries(planted)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

test("the check sees every source file and finds nothing", { timeout: 60_000 }, () => {
  const { summary, modules } = cruise(ROOT);
  const seen = new Set(modules.map(({ source }) => source));
  expect(sourceFiles().filter((path) => !seen.has(path))).toEqual([]);
  expect(summary.totalCruised).toBeGreaterThanOrEqual(sourceFiles().length);
  expect(summary.violations).toEqual([]);
});

test("the check catches an import in the wrong direction, a cycle and a module of Node's", { timeout: 60_000 }, () => {
  const folder = folderWith({
    "src/formula/planted-up.ts":
      'import { plantedTarget } from "../model/planted-target.ts";\nexport const up = plantedTarget;\n',
    "src/model/planted-target.ts": "export const plantedTarget = 1;\n",
    "src/model/planted-a.ts": 'import { b } from "./planted-b.ts";\nexport const a = (): unknown => b;\n',
    "src/model/planted-b.ts": 'import { a } from "./planted-a.ts";\nexport const b = (): unknown => a;\n',
    "src/catalog/planted-node.ts": 'import { readFileSync } from "node:fs";\nexport const read = readFileSync;\n',
  });
  const caught = cruise(folder).summary.violations.filter(({ from }) => from.includes("planted-"));
  expect(new Set(caught.map(({ from, rule }) => `${rule.severity} ${rule.name} ${from}`))).toEqual(
    new Set([
      "error layer-formula src/formula/planted-up.ts",
      "error no-cycles src/model/planted-a.ts",
      "error pure-core src/catalog/planted-node.ts",
    ]),
  );
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { glob } from "../../src/io/glob.ts";

let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "archcost-glob-"));
  for (const name of [
    "a.yaml",
    "b.yml",
    "s/c.yaml",
    "s/t/d.yaml",
    ".hidden/e.yaml",
    "node_modules/f.yaml",
    "s/.g.yaml",
  ]) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), "");
  }
  symlinkSync(root, join(root, "s/loop"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each([
  { pattern: "*.yaml", found: ["a.yaml"] },
  { pattern: "*.{yaml,yml}", found: ["a.yaml", "b.yml"] },
  { pattern: "s/*.yaml", found: ["s/c.yaml"] },
  { pattern: "**/*.yaml", found: ["a.yaml", "s/c.yaml", "s/t/d.yaml"] },
  { pattern: "**/**/**/d.yaml", found: ["s/t/d.yaml"] },
  { pattern: "?.yaml", found: ["a.yaml"] },
  { pattern: "s/.*.yaml", found: ["s/.g.yaml"] },
  { pattern: "nothing/*.yaml", found: [] },
])("$pattern", ({ pattern, found }) => {
  expect(glob(`${root}/${pattern}`)).toEqual(found.map((name) => join(root, name)));
});

test("no pattern takes long", () => {
  const start = process.cpuUsage();
  glob(`${root}/${"*a".repeat(200)}.yaml`);
  glob(`${root}/${"{a,b}".repeat(40)}.yaml`);
  expect(process.cpuUsage(start).user).toBeLessThan(500_000);
});

// Two outputs to one place are an error: the last would take the place of the others, and nobody would miss them.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { archcost } from "../run.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archcost-same-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function scenarioAt(...parts: readonly string[]): string {
  const file = join(folder, ...parts);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, readFileSync("scenarios/prime-video.yaml"));
  return file;
}

describe("run --output with several scenarios", () => {
  test.each([
    ["files of one name", ["t1/api.yaml", "t2/api.yaml"]],
    ["names that some systems take for the same", ["t1/api.yaml", "t2/API.yaml"]],
    ["names that come to one folder name", ["a b.yaml", "a-b.yml"]],
    ["one file twice", ["api.yaml", "./api.yaml"]],
  ])("%s", async (_, names) => {
    const files = names.map((name) => scenarioAt(name));
    const out = join(folder, "out");
    const ran = await archcost(["run", ...files, "--output", out, "--quiet"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr.match(/would both be written to/g)).toHaveLength(1);
    for (const file of files) expect(ran.stderr).toContain(file);
    expect(existsSync(out)).toBe(false);
  });
});

describe("check --format", () => {
  test.each([
    ["the same file", ["out/a.json", "out/a.json"]],
    ["another way to it", ["out/a.json", "out/../out/a.json"]],
    ["capital letters", ["out/a.json", "out/A.json"]],
    ["an accent in two spellings", ["out/\u00e9.json", "out/e\u0301.json"]],
  ])("%s", async (_, names) => {
    const [first, second] = names.map((name) => join(folder, name));
    const ran = await archcost([
      "check",
      scenarioAt("s.yaml"),
      "--format",
      `json=${first}`,
      "--format",
      `sarif=${second}`,
    ]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("two outputs go to one place");
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  test("a link to the folder of the other", async () => {
    mkdirSync(join(folder, "out"));
    symlinkSync(join(folder, "out"), join(folder, "linked"));
    const [first, second] = [join(folder, "out", "a"), join(folder, "linked", "a")];
    const ran = await archcost([
      "check",
      scenarioAt("s.yaml"),
      "--format",
      `json=${first}`,
      "--format",
      `sarif=${second}`,
    ]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("two outputs go to one place");
    expect(existsSync(first)).toBe(false);
  });

  test("two files beside each other, and two to nowhere, are none", async () => {
    const [first, second] = [join(folder, "a.json"), join(folder, "b.json")];
    const file = scenarioAt("s.yaml");
    const apart = await archcost(["check", file, "--format", `json=${first}`, "--format", `sarif=${second}`]);
    const nowhere = await archcost(["check", file, "--format", "json=/dev/null", "--format", "sarif=/dev/null"]);
    expect([apart.code, nowhere.code]).toEqual([0, 0]);
    expect(existsSync(first) && existsSync(second)).toBe(true);
  });
});

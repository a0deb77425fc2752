// A short run of `npm run fuzz`; a failure names its seed.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("mutated scenarios, prices and budgets give results or diagnostics", { timeout: 240_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    "scripts/fuzz.js",
    "--cases",
    "200",
    "--workers",
    "1",
  ]);
  expect(stdout).toMatch(/^fuzz: 200 cases in .* 0 failures/);
});

// Short runs of `npm run fuzz`; a failure names its seed.
import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const TIMEOUT = { timeout: 240_000 };

async function fuzz(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ["scripts/fuzz.js", "--workers", "1", ...args]);
  return stdout;
}

test("mutated scenarios, prices and budgets give results or diagnostics", TIMEOUT, async () => {
  expect(await fuzz("--cases", "200")).toMatch(/^fuzz: 200 cases .* 0 failures/);
});

test("sound but odd scenarios keep the laws", TIMEOUT, async () => {
  expect(await fuzz("--laws", "--cases", "20")).toMatch(
    /^fuzz: 20 odd scenarios .* 20 keep the laws, .* 0 refused, 0 failures/,
  );
});

test("a run that is interrupted reports what it has found until then", TIMEOUT, async () => {
  const run = spawn(process.execPath, ["scripts/fuzz.js", "--workers", "1", "--cases", "1000000"]);
  let stdout = "";
  run.stdout.on("data", (text) => {
    stdout += text;
  });
  run.stderr.on("data", () => run.kill("SIGINT"));
  const code = await new Promise((done) => run.on("exit", done));
  expect(stdout).toMatch(/^fuzz: interrupted after \d+ of 1000000 cases .* 0 failures/);
  expect(code).toBe(130);
});

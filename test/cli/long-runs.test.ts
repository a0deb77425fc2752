// Long runs as a user starts them: Ctrl-C, progress, the second core.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { archcost } from "../run.ts";

const BIN = join(import.meta.dirname, "../../bin/archcost.js");
const LONG = ["uncertainty", "scenarios/prime-video.yaml"];

test("Ctrl-C stops it at once: no output, no trace, no file", async () => {
  const folder = join(tmpdir(), `archcost-interrupt-${process.pid}`);
  const child = spawn(process.execPath, [BIN, ...LONG, "-n", "10000000", "-o", folder]);
  let told = "";
  child.stdout.on("data", (data) => (told += data));
  child.stderr.on("data", (data) => (told += data));
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.on("close", (code, signal) => resolve({ code, signal })),
  );
  await new Promise((resolve) => setTimeout(resolve, 2000));
  child.kill("SIGINT");
  const { code, signal } = await ended;
  // A shell tells a program that died of SIGINT as 130.
  expect(code === 130 || signal === "SIGINT").toBe(true);
  expect(told).toBe("");
  expect(existsSync(folder)).toBe(false);
}, 30_000);

test("figures do not depend on the number of cores", () => {
  const run = (cores: string) =>
    spawnSync(process.execPath, [BIN, ...LONG, "-n", "140000", "-f", "json"], {
      env: { ...process.env, ARCHCOST_CORES: cores, ARCHCOST_TODAY: "2026-11-23" },
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
  const [one, both] = [run("1"), run("2")];
  expect(one.stderr).toBe("");
  expect(both.stderr).toBe("");
  expect(one.stdout.length).toBeGreaterThan(1000);
  expect(both.stdout === one.stdout).toBe(true);
}, 60_000);

test("progress is told where it is asked for, and never on stdout", async () => {
  const silent = await archcost([...LONG, "-n", "1000"]);
  expect(silent.stderr).toBe("");
  const asked = await archcost([...LONG, "-n", "1000", "--progress"]);
  expect(asked.stderr).toMatch(/1000 samples: \d+ %\n/);
  expect(asked.stdout).toBe(silent.stdout);
});

test("what is written is whole, and PNG charts are among it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "archcost-decide-"));
  try {
    for (const [command, charts] of [
      ["breakeven", ["breakeven"]],
      ["economics", ["unit-cost"]],
      ["sensitivity", ["tornado", "tornado-cost", "tornado-load", "tornado-carbon"]],
      ["uncertainty", ["cost-spread", "saving-spread", "carbon-spread"]],
    ] as const) {
      expect((await archcost([command, "scenarios/prime-video.yaml", "-o", folder])).code).toBe(0);
      for (const name of [
        `${command}.json`,
        `${command}.csv`,
        `${command}.md`,
        ...charts.map((chart) => `${chart}.png`),
      ]) {
        expect(existsSync(join(folder, name)), name).toBe(true);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

// What the benches share: medians, CPU time, whole processes, and bundling a part of src/ for this process. Every figure is
// processor time (user and system), never the wall's: the machine may have other work. Both sides of a ratio are the same
// statistic of runs in turns.
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

export const ROOT = join(import.meta.dirname, "..", "..");

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

// Runs in a process of its own: a preload that writes what the process used when it ends.
const TELL = `process.on("exit", () => {
  const fs = require("node:fs");
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  // Linux hands the parent's maxRSS on to a child; the high-water mark in /proc is the process's own.
  const own = fs.existsSync("/proc/self/status") ? /VmHWM:\\s+(\\d+)/.exec(fs.readFileSync("/proc/self/status", "utf8")) : null;
  fs.writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memory: (own ? Number(own[1]) : maxRSS) / 1024 }));
});`;

/**
 * What starts Node as it comes out of the box: certificates of the machine alone make `node -e 0` 1.6 times dearer, and
 * every ratio to it too good.
 */
function cleanEnvironment() {
  const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...env } = process.env;
  return env;
}

/** CPU seconds (user and system) that some work in this process takes, the engine's own threads with it. */
export function cpuSeconds(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** Median CPU seconds and peak memory of whole processes, each run in turns with the others. */
export function inTurns(commands, rounds) {
  const found = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, args] of Object.entries(commands)) found[name].push(wholeProcess(args));
  return Object.fromEntries(
    Object.entries(found).map(([name, runs]) => [
      name,
      { cpu: median(runs.map(({ cpu }) => cpu)), memory: median(runs.map(({ memory }) => memory)), runs },
    ]),
  );
}

/** CPU seconds (user and system) and peak memory (MB) of one whole process of Node's. */
export function wholeProcess(args) {
  const preload = join(mkdtempSync(join(tmpdir(), "archcost-bench-")), "tell.cjs");
  writeFileSync(preload, TELL);
  const child = spawnSync(process.execPath, ["--require", preload, ...args], {
    cwd: ROOT,
    env: cleanEnvironment(),
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  if (child.status !== 0) throw new Error(String(child.stderr));
  return JSON.parse(String(child.output[3]));
}

/** Bundles a TypeScript module of ours and imports it. */
export async function load(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    write: false,
    logLevel: "error",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  const file = join(mkdtempSync(join(tmpdir(), "archcost-bench-")), "module.mjs");
  writeFileSync(file, outputFiles[0].text);
  return import(file);
}

// What a stranger gets: the tarball, installed into an empty folder, with nothing of this repository in reach.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "..", "..");
const MINUTES = 60_000;
const PNG_SIGNATURE = "89504e470d0a1a0a";
const packedSchema = z
  .array(z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }))
  .length(1);

let folder = "";
let packed: readonly string[] = [];

function npm(args: readonly string[], cwd: string): string {
  const command = process.platform === "win32" ? "npm.cmd" : "npm";
  // What `npm test` sets for its scripts would make this npm work on our package.json.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle|config_local)/.test(name)),
  );
  return execFileSync(command, args, {
    cwd,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 5 * MINUTES,
  });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "archcost-pack-"));
  // Without scripts: prepack would build while other tests read dist/. `npm test` has built it.
  const [tarball] = packedSchema.parse(
    JSON.parse(npm(["pack", "--ignore-scripts", "--json", "--pack-destination", folder], ROOT)),
  );
  if (tarball === undefined) throw new Error("npm pack made nothing");
  packed = tarball.files.map(({ path }) => path);
  const app = join(folder, "app");
  mkdirSync(join(app, "scenarios"), { recursive: true });
  writeFileSync(join(app, "package.json"), '{ "private": true }\n');
  cpSync(join(ROOT, "scenarios", "prime-video.yaml"), join(app, "scenarios", "prime-video.yaml"));
  npm(["install", "--no-audit", "--no-fund", "--prefer-offline", join(folder, tarball.filename)], app);
}, 10 * MINUTES);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the tarball holds the built program and its prices, and nothing of the sources", () => {
  for (const path of [
    "bin/archcost.js",
    "bin/package.json",
    "dist/archcost.cjs",
    "dist/png.cjs",
    "dist/pricing/index.json",
    "LICENSE",
  ]) {
    expect(packed).toContain(path);
  }
  expect(packed.filter((path) => /^(src|test|pricing|node_modules|dist\/cache)\//.test(path))).toEqual([]);
});

test("the installed command prints what each architecture costs", { timeout: 2 * MINUTES }, () => {
  const table = npm(["exec", "--offline", "--", "archcost", "run", "scenarios/prime-video.yaml"], join(folder, "app"));
  expect(table).toContain("microservices");
});

test("the installed command draws PNG charts without the canvas override of this repository", {
  timeout: 2 * MINUTES,
}, () => {
  const app = join(folder, "app");
  npm(["exec", "--offline", "--", "archcost", "run", "scenarios/prime-video.yaml", "--output", "out"], app);
  const pictures = readdirSync(join(app, "out"), { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".png"),
  );
  expect(pictures.length).toBeGreaterThan(0);
  for (const file of pictures) {
    const bytes = readFileSync(join(app, "out", file));
    expect(bytes.subarray(0, 8).toString("hex")).toBe(PNG_SIGNATURE);
    expect(bytes.length).toBeGreaterThan(5000);
  }
});

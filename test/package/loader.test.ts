// bin/archcost.js with a command of a few bytes: what it does with V8's code cache.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
const COMMAND = `/*0123456789abcdef*/exports.harmless = (text) => text;
exports.standardStreams = () => process;
exports.main = async (argv, io) => {
  if (argv[1] === "throw") throw new Error("thrown");
  io.stdout.write(argv.join(" ") + "\\n");
  return argv[1] === "wrong" ? 2 : 0;
};`;

let folder = "";
let cache = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archcost-loader-"));
  cache = join(folder, "cache");
  cpSync(join(ROOT, "bin"), join(folder, "bin"), { recursive: true });
  mkdirSync(join(folder, "dist"));
  writeFileSync(join(folder, "dist", "archcost.cjs"), COMMAND);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function archcost(args: readonly string[], env: Readonly<Record<string, string>> = { ARCHCOST_CACHE: cache }) {
  const script = join(folder, "bin", "archcost.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { env, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** The one cache file; its time of change tells whether a run has written it anew. */
function cacheFile() {
  const [name, ...others] = readdirSync(cache);
  if (name === undefined || others.length > 0) throw new Error(`not one file: ${readdirSync(cache).join(", ")}`);
  const path = join(cache, name);
  return { path, mode: statSync(path).mode & 0o777, changed: statSync(path, { bigint: true }).mtimeNs };
}

test("the first run leaves a cache that only the user can read, the second one uses it", () => {
  expect(archcost(["run", "a"])).toEqual({ status: 0, stdout: "run a\n", stderr: "" });
  const first = cacheFile();
  expect(first.mode).toBe(0o600);
  expect(archcost(["run", "b"]).stdout).toBe("run b\n");
  expect(cacheFile()).toEqual(first);
});

test("a cache that others can write is not used but replaced", () => {
  archcost(["run"]);
  const first = cacheFile();
  chmodSync(first.path, 0o666);
  expect(archcost(["run", "b"]).stdout).toBe("run b\n");
  expect(cacheFile()).toMatchObject({ path: first.path, mode: 0o600 });
});

test.each(["", "not a cache of V8's", "x".repeat(5000)])("a cache that is damaged is replaced: %#", (damage) => {
  archcost(["run"]);
  writeFileSync(cacheFile().path, damage);
  expect(archcost(["run", "b"])).toEqual({ status: 0, stdout: "run b\n", stderr: "" });
  expect(statSync(cacheFile().path).size).not.toBe(damage.length);
});

test("another command, a run that went wrong and the word off leave nothing", () => {
  expect(archcost(["schema"]).status).toBe(0);
  expect(archcost(["run", "wrong"]).status).toBe(2);
  expect(archcost(["run"], { ARCHCOST_CACHE: "off", HOME: folder }).status).toBe(0);
  expect(existsSync(cache) || existsSync(join(folder, ".cache"))).toBe(false);
});

test("the cache lies in the user's cache folder, and few are kept", () => {
  archcost(["run"], { XDG_CACHE_HOME: folder });
  cache = join(folder, "archcost");
  expect(cacheFile().mode).toBe(0o600);
  for (const digit of "23456789") {
    writeFileSync(join(folder, "dist", "archcost.cjs"), COMMAND.replace("0123456789abcdef", digit.repeat(16)));
    archcost(["run"], { XDG_CACHE_HOME: folder });
  }
  expect(readdirSync(cache).length).toBe(4);
});

test("a folder that cannot be made costs nothing but time", () => {
  writeFileSync(cache, "a file where the folder should be");
  expect(archcost(["run", "a"])).toEqual({ status: 0, stdout: "run a\n", stderr: "" });
  expect(archcost(["run", "a"], {})).toEqual({ status: 0, stdout: "run a\n", stderr: "" });
});

test("a fault of the program ends with 70 and says where", () => {
  const { status, stderr } = archcost(["run", "throw"]);
  expect(status).toBe(70);
  expect(stderr).toContain("Error: thrown");
});

// Real disks, pipes and processes: output is complete, or a message and the exit code say that it is not.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const COMMAND = resolve("bin/archcost.js");
const SCENARIO = resolve("scenarios/prime-video.yaml");
const MINUTE = 60_000;
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "archcost-disk-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Streams = { readonly stdin?: number | "ignore"; readonly stdout?: number | "pipe" };

function run(args: readonly string[], { stdin = "ignore", stdout = "pipe" }: Streams = {}) {
  const ran = spawnSync(process.execPath, [COMMAND, ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: [stdin, stdout, "pipe"],
  });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

const JSON_OF_IT = ["run", SCENARIO, "--quiet", "--format", "json"];

test.runIf(existsSync("/dev/full"))("a disk that is full is a message and exit code 2, for every command", () => {
  const commands = [
    JSON_OF_IT,
    ["--version"],
    ["schema"],
    ["init"],
    ["prices", "list"],
    ["explain", SCENARIO, "monolith"],
    ["check", SCENARIO],
    ["sweep", SCENARIO, "--vary", "streams=1,2"],
  ];
  for (const args of commands) {
    const full = openSync("/dev/full", "w");
    const ran = run(args, { stdout: full });
    closeSync(full);
    const message = "error: standard output cannot be written in full: no space is left";
    expect([args, ran.code, ran.err]).toEqual([args, 2, expect.stringContaining(message)]);
  }
  const file = run(["check", SCENARIO, "--format", "json=/dev/full"]);
  expect([file.code, file.err]).toEqual([2, expect.stringContaining("/dev/full cannot be written in full")]);
});

/** A small file system of its own, where this machine lets us make one. */
function disk(
  kilobytes: number,
): { readonly path: string; readonly readOnly: () => void; readonly gone: () => void } | undefined {
  const path = mkdtempSync(join(folder, "mount-"));
  const mount = (options: string): void => {
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "none", path], { stdio: "ignore" });
  };
  try {
    mount(`size=${kilobytes}k`);
  } catch {
    return undefined;
  }
  return {
    path,
    readOnly: () => mount("remount,ro"),
    gone: () => execFileSync("umount", [path], { stdio: "ignore" }),
  };
}

test("a disk that fills up takes no half result, and one that is read-only none", (context) => {
  const small = disk(256);
  if (small === undefined) return context.skip();
  try {
    const whole = run(JSON_OF_IT).out;
    expect(whole.length).toBeGreaterThan(256 * 1024);
    const file = openSync(join(small.path, "result.json"), "w");
    const redirected = run(JSON_OF_IT, { stdout: file });
    closeSync(file);
    expect([redirected.code, redirected.err]).toEqual([2, expect.stringContaining("no space is left")]);
    rmSync(join(small.path, "result.json"));
    const folders = run(["run", SCENARIO, "--quiet", "--charts", "none", "--output", join(small.path, "out")]);
    expect([folders.code, folders.out, folders.err]).toEqual([2, "", expect.stringContaining("no space is left")]);
    expect(readdirSync(join(small.path, "out"))).toEqual([]);
    small.readOnly();
    const frozen = run(["run", SCENARIO, "--quiet", "--charts", "none", "--output", join(small.path, "other")]);
    expect([frozen.code, frozen.err]).toEqual([2, expect.stringContaining("the file system is read-only")]);
  } finally {
    small.gone();
  }
});

test("a place that cannot be written is a message, and nothing else is written", () => {
  writeFileSync(join(folder, "file"), "kept");
  mkdirSync(join(folder, "taken.json"));
  const below = run(["run", SCENARIO, "--quiet", "--charts", "none", "--output", "file/out"]);
  expect([below.code, below.err]).toEqual([2, expect.stringContaining("has a file where a folder should be")]);
  const same = run(["run", SCENARIO, "--quiet", "--charts", "none", "--output", "file"]);
  expect([same.code, same.err]).toEqual([2, expect.stringContaining("has a file where a folder should be")]);
  const formats = ["--format=json=new.json", "--format=junit=taken.json", "--format=sarif=file/s.json"];
  const check = run(["check", SCENARIO, ...formats]);
  expect([check.code, existsSync(join(folder, "new.json"))]).toEqual([2, false]);
  expect(run(["check", SCENARIO, ...formats.slice(0, 2)]).err).toContain("taken.json is a folder, not a file");
  expect(existsSync(join(folder, "new.json"))).toBe(false);
  expect(readFileSync(join(folder, "file"), "utf8")).toBe("kept");
  const long = run(["sweep", SCENARIO, "--vary", "streams=1,2", "--output", `${"x".repeat(300)}.png`]);
  expect([long.code, long.err]).toEqual([2, expect.stringContaining("has a name that is too long")]);
});

test("devices and pipes are written to, never replaced", () => {
  const ran = run(["check", SCENARIO, "--format", "json=/dev/null"]);
  expect(ran.code).toBe(0);
  expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
  const script = `"${process.execPath}" "${COMMAND}" check "${SCENARIO}" --format json=/dev/stdout | cat`;
  expect(JSON.parse(execFileSync("bash", ["-c", script], { encoding: "utf8" }))).toHaveProperty("verdict");
});

test("a reader that has had enough ends the run without a word, and not with 0", () => {
  const script = `"${process.execPath}" "${COMMAND}" ${JSON_OF_IT.join(" ")} | head -c 1; echo " \${PIPESTATUS[0]}"`;
  const ran = spawnSync("bash", ["-c", script], { encoding: "utf8" });
  expect([ran.stdout, ran.stderr]).toEqual(["{ 2\n", ""]);
});

const { O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

test("a pipe that does not block gets all of the output", { timeout: MINUTE }, async () => {
  const pipe = join(folder, "out.pipe");
  execFileSync("mkfifo", [pipe]);
  const reader = openSync(pipe, O_RDONLY | O_NONBLOCK);
  const writer = openSync(pipe, O_WRONLY | O_NONBLOCK);
  const child = spawn(process.execPath, [COMMAND, ...JSON_OF_IT], { stdio: ["ignore", writer, "ignore"] });
  closeSync(writer);
  const ended = new Promise<number | null>((done) => child.once("exit", done));
  let text = "";
  const chunk = Buffer.alloc(65_536);
  for (let open = true; open; ) {
    await new Promise((later) => setTimeout(later, 20));
    try {
      const read = readSync(reader, chunk);
      text += chunk.subarray(0, read).toString("latin1");
      open = read > 0;
    } catch {
      // nothing yet
    }
  }
  closeSync(reader);
  expect(await ended).toBe(0);
  expect(JSON.parse(text)).toHaveProperty("architectures");
});

test("standard input that does not block, or is a folder", { timeout: MINUTE }, async () => {
  const pipe = join(folder, "in.pipe");
  execFileSync("mkfifo", [pipe]);
  const reader = openSync(pipe, O_RDONLY | O_NONBLOCK);
  const writer = openSync(pipe, O_WRONLY);
  const child = spawn(process.execPath, [COMMAND, "run", "-", "--quiet"], { stdio: [reader, "ignore", "ignore"] });
  closeSync(reader);
  const ended = new Promise<number | null>((done) => child.once("exit", done));
  const text = readFileSync(SCENARIO);
  const half = Math.floor(text.length / 2);
  await new Promise((later) => setTimeout(later, 500));
  writeSync(writer, text.subarray(0, half));
  await new Promise((later) => setTimeout(later, 100));
  writeSync(writer, text.subarray(half));
  closeSync(writer);
  expect(await ended).toBe(0);
  const opened = openSync(folder, "r");
  const ran = run(["run", "-"], { stdin: opened });
  closeSync(opened);
  expect([ran.code, ran.err]).toEqual([2, expect.stringContaining("standard input is a folder, not a file")]);
});

test("nothing is written through a link, unless its own folder is named", () => {
  const [inside, other] = [join(folder, "repository"), join(folder, "elsewhere")];
  mkdirSync(join(inside, ".git"), { recursive: true });
  mkdirSync(other);
  symlinkSync(other, join(inside, "out"));
  for (const output of ["repository/out", "repository/out/deeper", join(inside, "out")]) {
    const ran = run(["sweep", SCENARIO, "--vary", "streams=1,2", "--output", join(output, "x.png")]);
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining("is a link: nothing is written through links")]);
    expect(ran.err).toContain(`name the folder itself: ${other}`);
  }
  expect(readdirSync(other)).toEqual([]);
  // A link in the place of the file itself is replaced, and what it led to stays.
  writeFileSync(join(other, "kept"), "kept");
  symlinkSync(join(other, "kept"), join(inside, "check.json"));
  expect(run(["check", SCENARIO, "--format", "json=repository/check.json"]).code).toBe(0);
  expect([lstatSync(join(inside, "check.json")).isFile(), readFileSync(join(other, "kept"), "utf8")]).toEqual([
    true,
    "kept",
  ]);
  expect(run(["check", SCENARIO, "--format", "json=elsewhere/check.json"]).code).toBe(0);
});

test("what a killed run has left goes with the next; what a living one needs stays", () => {
  const out = join(folder, "left");
  mkdirSync(out);
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  const names = [
    `.archcost-${dead}-0.tmp`,
    `.archcost-${dead}-12345678-aaaa-bbbb-cccc-123456789abc.tmp`,
    `.archcost-${process.pid}-12345678-aaaa-bbbb-cccc-123456789abc.tmp`,
    "notes.tmp",
  ];
  for (const name of names) writeFileSync(join(out, name), "half");
  expect(run(["check", SCENARIO, "--format", "json=left/check.json"]).code).toBe(0);
  expect(readdirSync(out).sort()).toEqual([names[2], "check.json", "notes.tmp"]);
});

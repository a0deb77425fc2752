// Standard input is read up to its limit: what comes after it is neither waited for nor held.
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { expect, test } from "vitest";

const CHUNK = Buffer.alloc(1_048_576, "# no end\n");

/** Pipes a scenario of so many MB, made as it is read, into a command whose heap is small. */
function piped(megabytes: number, args: readonly string[]) {
  let sent = 0;
  const source = Readable.from(
    (function* () {
      for (; sent < megabytes; sent += 1) yield CHUNK;
    })(),
    { objectMode: false, highWaterMark: CHUNK.length },
  );
  const command = spawn(process.execPath, ["--max-old-space-size=64", resolve("bin/archcost.js"), ...args]);
  let [stdout, stderr] = ["", ""];
  command.stdout.on("data", (text) => (stdout += text));
  command.stderr.on("data", (text) => (stderr += text));
  // The command has gone before all is sent.
  command.stdin.on("error", () => source.destroy());
  source.pipe(command.stdin);
  return new Promise<{ code: number | null; stdout: string; stderr: string; sent: number }>((done) => {
    command.on("close", (code) => done({ code, stdout, stderr, sent }));
  });
}

test.each([["run"], ["check"], ["explain", "a"], ["sweep", "--vary", "orders=1,2"]])(
  "3 GB piped to %s are an error after the first megabyte",
  { timeout: 60_000 },
  async (command, ...more) => {
    const { code, stdout, stderr, sent } = await piped(3072, [command, "-", ...more]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("standard input is larger than 1 MB");
    // The limit, and what pipes and streams hold on the way.
    expect(sent).toBeLessThan(8);
  },
);

test("a megabyte is read", { timeout: 60_000 }, async () => {
  const { code, stderr } = await piped(1, ["run", "-"]);
  expect(code).toBe(2);
  expect(stderr).not.toContain("larger");
});

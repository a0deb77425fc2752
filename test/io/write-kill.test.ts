// A kill -9 at any moment of writing leaves the old file or the new one, and what the next run removes.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";

test("kill -9 while writing", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "archcost-kill-"));
  try {
    const bundle = join(folder, "write.mjs");
    buildSync({
      entryPoints: [resolve("src/io/write.ts")],
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: bundle,
    });
    const file = join(folder, "result.json");
    const text = (n: number): string => `${n} `.repeat(200_000);
    writeFileSync(file, text(0));
    const script = `import { writeFiles } from ${JSON.stringify(bundle)};
      console.log("ready");
      for (let n = 1; ; n = n % 9 + 1) writeFiles([{ path: ${JSON.stringify(file)}, data: (n + " ").repeat(200_000) }]);`;
    const seen = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      await new Promise((ready) => child.stdout.once("data", ready));
      await new Promise((later) => setTimeout(later, 1 + round * 3));
      const gone = new Promise((exit) => child.once("exit", exit));
      child.kill("SIGKILL");
      await gone;
      const found = readFileSync(file, "utf8");
      seen.add(found.slice(0, 1));
      expect(found === text(Number(found.slice(0, 1)))).toBe(true);
    }
    expect(seen.size).toBeGreaterThan(1);
    const once = `import { writeFiles } from ${JSON.stringify(bundle)};
      writeFiles([{ path: ${JSON.stringify(file)}, data: "last" }]);`;
    spawnSync(process.execPath, ["--input-type=module", "-e", once]);
    expect(readdirSync(folder).sort()).toEqual(["result.json", "write.mjs"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

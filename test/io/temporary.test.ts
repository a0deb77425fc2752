// What runs that were killed have left in the system's temporary folder goes with the next one.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { repository, scenario } from "../cli/repository.ts";

test("prices of a baseline that a killed run has left are removed, those of a run at work stay", () => {
  const repo = repository();
  const temporary = mkdtempSync(join(tmpdir(), "archcost-left-"));
  try {
    repo.write("s.cost.yaml", scenario());
    repo.write("prices/aws/note.yaml", "then: 1\n");
    repo.commit("first");
    repo.write("s.cost.yaml", scenario("", { orders: "2e6" }));
    repo.write("prices/aws/note.yaml", "now: 1\n");
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    const [left, atWork] = [`archcost-baseline-${gone}-Ab12`, `archcost-baseline-${process.pid}-Cd34`];
    for (const name of [left, atWork, "archcost-baseline-mine"]) {
      mkdirSync(join(temporary, name, "prices"), { recursive: true });
      writeFileSync(join(temporary, name, "prices", "a.yaml"), "");
    }
    const ran = spawnSync(
      process.execPath,
      [resolve("bin/archcost.js"), "diff", "HEAD:s.cost.yaml", "s.cost.yaml", "--pricing", "prices"],
      { cwd: repo.folder, encoding: "utf8", env: { ...process.env, TMPDIR: temporary } },
    );
    expect(ran.stderr).toBe("");
    expect(readdirSync(temporary).sort()).toEqual([atWork, "archcost-baseline-mine"].sort());
  } finally {
    repo.remove();
    rmSync(temporary, { recursive: true, force: true });
  }
});

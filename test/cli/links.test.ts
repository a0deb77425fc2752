// Links that a pull request holds, in a real repository: no command follows one out, or to git's own files, and no message shows
// a line of what is no scenario.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { archcost } from "../run.ts";
import { type Repository, repository, scenario } from "./repository.ts";

const SECRET = "ghs_not_for_the_log";
let repo: Repository;
let outside: Repository;

/** Names in the repository that lead to a secret, each by another way. */
const WAYS = ["config.yaml", "out.yaml", "folder/secret.yaml", "here.yaml", "chain.yaml", "up/../../secret.yaml"];

beforeAll(() => {
  repo = repository();
  outside = repository();
  const secrets = `[remote]\n\turl = https://x:${SECRET}@example.org\n${SECRET}: 1\n`;
  outside.write("secret.yaml", secrets);
  outside.write("sub/deeper/x", "");
  outside.write("prices/aws/acme/service.yaml", secrets);
  repo.write("own.yaml", scenario());
  repo.write("pricing/acme/box/rates/x", "");
  repo.commit("start");
  writeFileSync(repo.path(".git/config"), `${secrets}[core]\n\trepositoryformatversion = 0\n`, { flag: "a" });
  repo.write(".env", `${SECRET}=${SECRET}\n`);
  symlinkSync(".git/config", repo.path("config.yaml"));
  symlinkSync(outside.path("secret.yaml"), repo.path("out.yaml"));
  symlinkSync(outside.folder, repo.path("folder"));
  symlinkSync(".env", repo.path("here.yaml"));
  symlinkSync("config.yaml", repo.path("chain.yaml"));
  symlinkSync(outside.path("sub/deeper"), repo.path("up"));
  symlinkSync("own.yaml", repo.path("fine.yaml"));
});

afterAll(() => {
  repo.remove();
  outside.remove();
});

/** Every command that reads a file which is named on the command line. */
const COMMANDS: Readonly<Record<string, (file: string, own: string) => readonly string[]>> = {
  run: (file) => ["run", file],
  "run, several": (file, own) => ["run", own, file, "--format", "json"],
  "run, prices": (file, own) => ["run", own, "--pricing", file],
  explain: (file) => ["explain", file, "a"],
  simulate: (file) => ["simulate", file],
  "simulate, trace": (file, own) => ["simulate", own, "--trace", file],
  sweep: (file) => ["sweep", file, "--vary", "orders=1,2"],
  cases: (file) => ["cases", file, file],
  "cases, table": (file, own) => ["cases", own, file],
  check: (file) => ["check", file],
  "check, github": (file) => ["check", file, "--format", "github"],
  "check, budgets": (file, own) => ["check", own, "--budgets", file],
  "check, stored baseline": (file, own) => ["check", own, "--baseline", file],
  "diff, before": (file, own) => ["diff", file, own],
  "diff, now": (file, own) => ["diff", own, file],
  "budget init": (file) => ["budget", "init", file],
  breakeven: (file) => ["breakeven", file],
  sensitivity: (file) => ["sensitivity", file],
  uncertainty: (file) => ["uncertainty", file],
  economics: (file) => ["economics", file],
  levers: (file) => ["levers", file],
  plan: (file) => ["plan", file],
  "prices list": (file) => ["prices", "list", "--pricing", file],
  schema: (file) => ["schema", "aws/lambda", "--pricing", file],
};

describe.each(Object.keys(COMMANDS))("%s", (name) => {
  test.each(WAYS)("%s is refused, and nothing of it shown", async (way) => {
    const ran = await archcost([...(COMMANDS[name]?.(`${repo.folder}/${way}`, repo.path("own.yaml")) ?? [])]);
    expect(ran.code, ran.stdout + ran.stderr).toBe(2);
    expect(ran.stdout + ran.stderr).not.toContain(SECRET);
  });
});

test("which link it is, and why it is not followed", async () => {
  const ran = await archcost(["run", ...WAYS.map(repo.path)]);
  const wanted = ["is a link that leads to git's own files", "is a link that leads out of the repository"];
  for (const [way, why] of [
    ["config.yaml", wanted[0]],
    ["chain.yaml", wanted[0]],
    ["out.yaml", wanted[1]],
    ["folder/secret.yaml", wanted[1]],
  ]) {
    expect(ran.stderr).toContain(`${way} ${why}`);
  }
  expect(ran.stderr).toContain("here.yaml is not a scenario");
});

test("a link within the repository to a scenario is followed", async () => {
  expect((await archcost(["run", repo.path("fine.yaml")])).code).toBe(0);
});

test("a pattern does not list a folder that a link leads to", async () => {
  const ran = await archcost(["check", repo.path("folder/*.yaml")]);
  expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("no file matches")]);
});

test("a folder of prices, and links in it", async () => {
  mkdirSync(repo.path("pricing/aws"), { recursive: true });
  const text = scenario().replace(
    "custom/line, quantity: 50, price: 2, unit: h, role: work, source: a quote, reason: not modelled",
    "acme/box, boxes: 3",
  );
  repo.write("priced.yaml", `${text}catalog: ./pricing\n`);
  for (const target of [outside.path("secret.yaml"), repo.path(".git/config"), repo.path(".env")]) {
    symlinkSync(target, repo.path("pricing/acme/box/service.yaml"));
    const ran = await archcost(["run", repo.path("priced.yaml")]);
    rmSync(repo.path("pricing/acme/box/service.yaml"));
    expect([ran.code, ran.stderr]).toEqual([
      2,
      expect.stringContaining("service.yaml is a link to what is no file of prices"),
    ]);
    expect(ran.stdout + ran.stderr).not.toContain(SECRET);
  }
  symlinkSync(outside.path("prices"), repo.path("pricing/planted"));
  const listed = await archcost(["prices", "list", "--pricing", repo.path("pricing")]);
  expect(listed.stdout + listed.stderr).not.toMatch(/planted|ghs_/);
});

test("a file that is named without a link shows no line either, unless it is a scenario", async () => {
  for (const file of [repo.path(".env"), repo.path(".git/config"), outside.path("secret.yaml")]) {
    const ran = await archcost(["run", file]);
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("is not a scenario")]);
    expect(ran.stderr).not.toContain(SECRET);
  }
  repo.write("broken.yaml", "scenario: x\narchitectures: [}\n");
  expect((await archcost(["run", repo.path("broken.yaml")])).stderr).toContain("architectures: [}");
  repo.write("broken.json", '{\n  "scenario": "x",\n  "architectures": [}\n');
  expect((await archcost(["run", repo.path("broken.json")])).stderr).toContain('"architectures": [}');
  repo.write("indented.yaml", "  scenario: x\n  regio: y\n");
  expect((await archcost(["run", repo.path("indented.yaml")])).stderr).toContain("  regio: y");
});

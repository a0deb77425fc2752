import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkSchema } from "../../src/result/check.ts";
import { archcost } from "../run.ts";
import { type Repository, repository, scenario } from "./repository.ts";

let repo: Repository;
const BUDGETS = `budgets:
  - { id: box, assert: "one_box.cost.month <= 120 USD" }
  - { id: steps, assert: "workflow.cost.month <= 130 USD", level: error, owner: "@payments" }
  - { id: growth, assert: "workflow.cost.month <= baseline(workflow.cost.month) * 1.05", level: error }
`;
beforeAll(() => {
  repo = repository();
  repo.write("scenarios/orders.yaml", scenario(BUDGETS));
  repo.commit("first");
  repo.git("checkout", "-q", "-b", "feature");
  repo.write("scenarios/orders.yaml", scenario(BUDGETS, { transitions: "8" }));
  repo.commit("three states more");
});
afterAll(() => repo.remove());

const file = (): string => repo.path("scenarios/orders.yaml");

async function report(...argv: readonly string[]) {
  const ran = await archcost(["check", ...argv, "--format", "json"]);
  return { ...ran, report: ran.stdout === "" ? undefined : checkSchema.parse(JSON.parse(ran.stdout)) };
}

test("a broken budget ends with 1 and names the line that did it", async () => {
  const { code, report: found } = await report(file(), "--baseline", "main");
  expect(code).toBe(1);
  const [one] = found?.scenarios ?? [];
  expect(one?.outcomes.map(({ id, status }) => [id, status])).toEqual([
    ["box", "passed"],
    ["steps", "broken"],
    ["growth", "broken"],
  ]);
  const line =
    readFileSync(file(), "utf8")
      .split("\n")
      .findIndex((text) => text.includes("work * 8")) + 1;
  expect(one?.outcomes[1]?.causes[0]).toMatchObject({ change: expect.closeTo(75, 6), place: { line } });
  expect(one?.cost[0]).toMatchObject({ architecture: "workflow", before: 125, month: 200 });
  expect(one?.change?.edits).toEqual([
    expect.objectContaining({
      cause: "design",
      before: "work * 5",
      after: "work * 8",
      place: expect.objectContaining({ line }),
    }),
  ]);
  expect(found?.baseline?.commit).toBe(repo.git("rev-parse", "main"));
});

test.each([
  { argv: ["--exit-zero"], code: 0 },
  { argv: ["--fail-on", "warn"], code: 1 },
])("$argv ends with $code", async ({ argv, code }) => {
  expect((await report(file(), "--baseline", "main", ...argv)).code).toBe(code);
});

test("warnings end with 0, and with 1 where they are to fail", async () => {
  repo.write("warn.yaml", scenario('budgets: [{ id: w, assert: "workflow.cost.month <= 1 USD", level: warn }]\n'));
  expect((await archcost(["check", repo.path("warn.yaml")])).code).toBe(0);
  expect((await archcost(["check", repo.path("warn.yaml"), "--fail-on", "warn"])).code).toBe(1);
});

test("a wrong name ends with 2, with its place and a suggestion, and writes nothing", async () => {
  repo.write("wrong.yaml", scenario('budgets: [{ id: w, assert: "workflw.cost.month <= 1 USD" }]\n'));
  const out = repo.path("out/wrong.xml");
  const ran = await archcost(["check", repo.path("wrong.yaml"), "--format", `junit=${out}`, "--format", "github"]);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toMatch(/wrong\.yaml:\d+:\d+: error: no name "workflw\.cost\.month"/);
  expect(ran.stderr).toContain('did you mean "workflow.cost.month"?');
  expect(ran.stdout).toMatch(/^::error file=.*wrong\.yaml,line=\d+,col=\d+,/);
  expect(existsSync(out)).toBe(false);
  expect((await archcost(["run", repo.path("wrong.yaml")])).code).toBe(2);
});

test("run shows broken budgets, a line each, and ends with 0", async () => {
  const budgetLine =
    readFileSync(file(), "utf8")
      .split("\n")
      .findIndex((text) => text.includes("id: steps")) + 1;
  const ran = await archcost(["run", file()]);
  expect(ran.code).toBe(0);
  expect(ran.stderr).toBe(
    `budget steps broken: workflow.cost.month is $200; wanted: at most $130, 53.8 % over (${file()}:${budgetLine})\n`,
  );
  expect((await archcost(["run", file(), "--quiet"])).stderr).toBe("");
  expect((await archcost(["run", file(), "--architecture", "one-box"])).code).toBe(0);
});

test("several formats at once, files before the end", async () => {
  const ran = await archcost([
    "check",
    file(),
    "--baseline",
    "main",
    "--format",
    "github",
    "--format",
    "text",
    "--format",
    `junit=${repo.path("o/j.xml")}`,
    "--format",
    `sarif=${repo.path("o/s.json")}`,
    "--format",
    `summary=${repo.path("o/s.md")}`,
  ]);
  expect(ran.code).toBe(1);
  expect(ran.stdout).toMatch(/^::error /m);
  expect(ran.stdout).toMatch(/^archcost check: 2 of 3 budgets broken/m);
  expect(readFileSync(repo.path("o/j.xml"), "utf8")).toContain('failures="2"');
  expect(JSON.parse(readFileSync(repo.path("o/s.json"), "utf8")).runs[0].results).toHaveLength(2);
  expect(readFileSync(repo.path("o/s.md"), "utf8")).toContain("2 of 3 budgets broken");
});

test.each([
  { argv: ["--format", "jnit=x"], message: 'did you mean "junit"?' },
  { argv: ["--format", "json", "--format", "sarif"], message: "cannot both go to standard output" },
  { argv: ["--format", "junit="], message: "the name of a file is missing" },
  { argv: ["--format", "summary"], message: "GITHUB_STEP_SUMMARY" },
  { argv: ["--architecture", "workflow"], message: "leave --architecture out" },
  { argv: ["--baseline", "nosuch"], message: 'git knows no commit "nosuch"' },
  { argv: ["--baseline", "missing.json"], message: "and there is no such file" },
  { argv: ["--baseline=--upload-pack=touch"], message: "is no name of a commit" },
  { argv: ["--baseline", "main;touch x"], message: "is no name of a commit" },
  { argv: ["--baseline", "$(touch x)"], message: "is no name of a commit" },
])("$argv is refused in words", async ({ argv, message }) => {
  const ran = await archcost(["check", file(), ...argv]);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain(message);
});

test("patterns, each file once; one that finds nothing is an error", async () => {
  const found = await report(repo.path("scen*/*.{yaml,yml}"), file(), "--baseline", "main");
  expect(found.report?.scenarios).toHaveLength(1);
  const ran = await archcost(["check", repo.path("nothing/*.yaml")]);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain("no file matches");
});

test("a baseline that is a stored result", async () => {
  const now = await archcost(["run", file(), "--format", "json", "--quiet"]);
  repo.write("stored.json", now.stdout);
  const { report: found } = await report(file(), "--baseline", repo.path("stored.json"));
  expect(found?.scenarios[0]?.outcomes.map(({ status }) => status)).toEqual(["passed", "broken", "passed"]);
  repo.write("no-result.json", '{"a": 1}');
  const ran = await archcost(["check", file(), "--baseline", repo.path("no-result.json")]);
  expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("holds no result of a run")]);
});

test("a result of an older program with fewer figures still compares", async () => {
  const now = JSON.parse((await archcost(["run", file(), "--format", "json", "--quiet"])).stdout);
  const { carbon: _1, break_even: _2, uncertainty: _3, growth: _4, ...older } = now;
  repo.write(
    "older.json",
    JSON.stringify({ ...older, schema_version: "0.9", program: { name: "archcost", version: "0.0.1" } }),
  );
  const { report: found } = await report(file(), "--baseline", repo.path("older.json"));
  expect(found?.scenarios[0]?.outcomes[2]?.status).toBe("passed");
  expect(found?.scenarios[0]?.change?.program.before).toBe("0.0.1");
});

test("a scenario that is new has no baseline, and its other budgets count", async () => {
  repo.write("scenarios/new.yaml", scenario(BUDGETS, { transitions: "4" }));
  const { code, report: found } = await report(repo.path("scenarios/new.yaml"), "--baseline", "main");
  expect(code).toBe(0);
  expect(found?.scenarios[0]).toMatchObject({ is_new: true, change: null });
  expect(found?.scenarios[0]?.outcomes.map(({ status }) => status)).toEqual(["passed", "passed", "skipped"]);
});

test("budgets in a file of their own", async () => {
  repo.write(
    "budgets.yaml",
    'budgets:\n  - { id: all, assert: "one_box.cost.month <= 1 USD" }\n  - { id: other, assert: "x.cost.month <= 1 USD", scenario: scenarios/other.yaml }\n',
  );
  const wrong = await archcost(["check", repo.path("warn.yaml"), "--budgets", repo.path("budgets.yaml")]);
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringContaining('no scenario "scenarios/other.yaml" is checked'),
  ]);
  repo.write(
    "budgets.yaml",
    'budgets: [{ id: all, assert: "one_box.cost.month <= 1 USD" }, { id: w, assert: "cheapest == one_box", scenario: warn.yaml }]\n',
  );
  const doubled = await archcost(["check", repo.path("warn.yaml"), "--budgets", repo.path("budgets.yaml")]);
  expect([doubled.code, doubled.stderr]).toEqual([2, expect.stringContaining('two budgets have the id "w"')]);
  repo.write("plain.yaml", scenario());
  repo.write("budgets.yaml", 'budgets: [{ id: all, assert: "one_box.cost.month <= 1 USD" }]\n');
  const { code, report: found } = await report(repo.path("plain.yaml"), "--budgets", repo.path("budgets.yaml"));
  expect(code).toBe(1);
  expect(found?.scenarios[0]?.outcomes[0]?.place.file).toBe(repo.path("budgets.yaml"));
});

test("without any budget it says so", async () => {
  const ran = await archcost(["check", repo.path("plain.yaml")]);
  expect([ran.code, ran.stderr]).toEqual([0, "warning: there are no budgets to check\n"]);
});

test("a shallow clone ends with 2 and the mend", async () => {
  const clone = repo.path("../shallow-clone");
  repo.git("clone", "-q", "--depth", "1", "--branch", "feature", `file://${repo.folder}`, clone);
  try {
    const ran = await archcost(["check", `${clone}/scenarios/orders.yaml`, "--baseline", "HEAD~1"]);
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("fetch-depth: 0")]);
  } finally {
    repo.git("-C", clone, "rev-parse");
    const { rmSync } = await import("node:fs");
    rmSync(clone, { recursive: true, force: true });
  }
});

test("a link at the baseline is not followed", async () => {
  mkdirSync(repo.path("links"), { recursive: true });
  symlinkSync("/etc/hostname", repo.path("links/s.yaml"));
  repo.commit("a link");
  const { rmSync } = await import("node:fs");
  rmSync(repo.path("links/s.yaml"));
  repo.write("links/s.yaml", scenario());
  const ran = await archcost(["check", repo.path("links/s.yaml"), "--baseline", "HEAD"]);
  expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("is a link or too large")]);
});

test("a link out of the repository is not read, one within it is", async () => {
  symlinkSync("/etc/passwd", repo.path("links/out.yaml"));
  symlinkSync("/etc", repo.path("links/folder"));
  symlinkSync("s.yaml", repo.path("links/in.yaml"));
  for (const name of ["links/out.yaml", "links/o*.yaml", "links/folder/passwd"]) {
    const ran = await archcost(["check", repo.path(name)]);
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("is a link that leads out of the repository")]);
    expect(ran.stdout + ran.stderr).not.toContain("root:");
  }
  const budgets = await archcost(["check", repo.path("links/s.yaml"), "--budgets", repo.path("links/out.yaml")]);
  expect([budgets.code, budgets.stderr]).toEqual([2, expect.not.stringContaining("root:")]);
  expect((await archcost(["check", repo.path("links/in.yaml")])).code).toBe(0);
});

test("the baseline is where the branches parted, whatever has come to the other since", async () => {
  const fork = repo.git("rev-parse", "main");
  const tree = repo.git("rev-parse", "main^{tree}");
  const later = repo.git("commit-tree", tree, "-p", "main", "-m", "later");
  repo.git("update-ref", "refs/heads/later", later);
  const { report: found } = await report(file(), "--baseline", "later");
  expect(found?.baseline).toEqual({ name: "later", commit: fork });
});

test("a stranger's file cannot give commands to the runner through the log", async () => {
  repo.write("hostile.yaml", `scenario: x\n"::error::pwned": 1\n::set-output name=a::b: 1\n##[error]x: 1\n`);
  const ran = await archcost(["check", repo.path("hostile.yaml"), "--format", "github"]);
  expect(ran.code).toBe(2);
  for (const line of ran.stderr.split("\n")) expect(line).not.toMatch(/^\s*::|##\[/);
  for (const line of ran.stdout.trimEnd().split("\n"))
    expect(line).toMatch(/^::error (?:file=[^,:]*,line=\d+,col=\d+,)?title=archcost [a-z-]+::/);
});

test.each([
  { how: "git knows it by its text", transitions: "8" },
  { how: "another text under the same name of the scenario", transitions: "8", more: "x".repeat(4000) },
])("a file that was renamed is compared with what it was: $how", async ({ transitions, more = "" }) => {
  const own = repository();
  try {
    own.write("scenarios/orders.yaml", scenario(BUDGETS));
    own.commit("first");
    own.git("checkout", "-q", "-b", "feature");
    own.git("rm", "-q", "scenarios/orders.yaml");
    own.write("other/shop.yaml", `# ${more}\n${scenario(BUDGETS, { transitions })}`);
    own.commit("renamed");
    const { report: found } = await report(own.path("other/shop.yaml"), "--baseline", "main");
    expect(found?.scenarios[0]?.is_new).toBe(false);
    expect(found?.scenarios[0]?.outcomes[2]?.status).toBe("broken");
  } finally {
    own.remove();
  }
});

test("a scenario that was deleted is told, in every format that people read, and one that was renamed is not", async () => {
  const own = repository();
  try {
    own.write("scenarios/orders.yaml", scenario(BUDGETS));
    own.write("scenarios/bills.yaml", scenario(BUDGETS).replace("Orders", "Bills"));
    own.write("prices.yaml", "no: scenario\n");
    own.commit("first");
    own.git("checkout", "-q", "-b", "feature");
    own.git("rm", "-q", "scenarios/bills.yaml", "prices.yaml");
    own.git("mv", "scenarios/orders.yaml", "scenarios/shop.yaml");
    own.commit("renamed, and two files less");
    const argv = [own.path("scenarios/shop.yaml"), "--baseline", "main"];
    const { report: found } = await report(...argv);
    expect(found?.gone).toEqual([
      { file: "scenarios/bills.yaml", name: "Bills", budgets: 3, moved_to: null, fails: "error" },
    ]);
    for (const format of ["text", "markdown", "github"]) {
      const { stdout } = await archcost(["check", ...argv, "--format", format]);
      expect(stdout).toMatch(
        /bills(?:\\)?\.yaml \(Bills\) was deleted since main: it and its 3 budgets are checked no more/,
      );
    }
    const without = await report(own.path("scenarios/shop.yaml"), "--baseline", "HEAD");
    expect(without.report?.gone).toEqual([]);
  } finally {
    own.remove();
  }
});

test("a scenario whose file and title were renamed is not told as deleted", async () => {
  const own = repository();
  try {
    own.write("scenarios/orders.yaml", scenario(BUDGETS));
    own.commit("first");
    own.git("checkout", "-q", "-b", "feature");
    own.git("mv", "scenarios/orders.yaml", "scenarios/shop.yaml");
    own.write("scenarios/shop.yaml", scenario(BUDGETS).replace("Orders", "Shop"));
    own.commit("another name");
    const { report: found } = await report(own.path("scenarios/shop.yaml"), "--baseline", "main");
    expect([found?.gone, found?.counts.budgets]).toEqual([[], 3]);
  } finally {
    own.remove();
  }
});

test("a bomb is an error that names its limit", async () => {
  const shares = Array.from(
    { length: 101 },
    (_, i) => `  - { id: b${i}, assert: "share(cheapest == one_box) >= ${i}%" }`,
  );
  repo.write("bomb.yaml", scenario(`budgets:\n${shares.join("\n")}\n`));
  const ran = await archcost(["check", repo.path("bomb.yaml")]);
  expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("more than 100 shares of samples")]);
  const copies = Array.from({ length: 98 }, (_, i) => `  copy${i}: { extends: one-box }\n`).join("");
  const parts = Array.from({ length: 60 }, (_, i) => `      part${i}: { service: aws/sqs }\n`).join("");
  repo.write(
    "bomb.yaml",
    scenario().replace(/^ {2}one-box:\n {4}components:\n/m, (head) => `${copies}${head}${parts}`),
  );
  const many = await archcost(["check", repo.path("bomb.yaml")]);
  expect([many.code, many.stderr]).toEqual([2, expect.stringMatching(/\d{4} components in all .*the limit is 5000/)]);
});

// A gate that a pull request cannot disarm: what a change does to its own budgets, in real repositories.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CheckReport, checkSchema } from "../../src/result/check.ts";
import { archcost } from "../run.ts";
import { type Repository, repository, scenario } from "./repository.ts";

let repo: Repository;
const budget = (more = "", bound = "130", id = "steps"): string =>
  `  - { id: ${id}, assert: "workflow.cost.month <= ${bound} USD"${more} }\n`;
const orders = (budgets: string, changes = {}): string =>
  scenario(budgets === "" ? "" : `budgets:\n${budgets}`, changes);
const FILE = "scenarios/orders.yaml";

beforeEach(() => {
  repo = repository();
  repo.write(FILE, orders(budget()));
  repo.commit("first");
  repo.git("checkout", "-q", "-b", "feature");
});
afterEach(() => repo.remove());

async function check(...argv: readonly string[]) {
  return checkFrom({}, repo.path("scenarios/*.yaml"), "--baseline", "main", ...argv);
}

async function checkFrom(env: Record<string, string>, ...argv: readonly string[]) {
  const ran = await archcost(["check", "--format", "json", ...argv], env);
  return { ...ran, report: ran.stdout === "" ? undefined : checkSchema.parse(JSON.parse(ran.stdout)) };
}

function changesOf(report: CheckReport | undefined): readonly string[] {
  return (report?.budget_changes ?? []).map(({ id, what, fails }) => `${fails} ${id}: ${what}`);
}

test.each([
  { how: "removed", after: "", what: /^error steps: removed: / },
  { how: "a bound raised", after: budget("", "5000"), what: /^error steps: .*130 USD became .*5000 USD$/ },
  { how: "another unit", after: budget("").replace("130 USD", "5 kUSD"), what: /^error steps: / },
  { how: "another figure", after: budget("").replace("workflow", "one_box"), what: /^error steps: / },
  { how: "always true", after: budget("").replace('USD"', 'USD or 1 == 1"'), what: /^error steps: / },
  { how: "a level lowered", after: budget(", level: warn"), what: /^error steps: level error became warn$/ },
  { how: "no level", after: budget(", level: none"), what: /^error steps: level error became none$/ },
  {
    how: "a waiver",
    after: budget(", waiver: { until: 2027-01-01, reason: later }"),
    what: /^error steps: waiver until 2027-01-01 added$/,
  },
  { how: "another id", after: budget("", "5000", "other"), what: /^error steps: removed: / },
])("$how: the base's budget counts, and the change of it fails", async ({ after, what }) => {
  repo.write(FILE, orders(after, { transitions: "8" }));
  const { code, report } = await check();
  expect(code).toBe(1);
  expect(report?.verdict).toBe("failed");
  expect(report?.budgets_from).toMatchObject({ side: "base", name: "main", commit: repo.git("rev-parse", "main") });
  expect(changesOf(report)[0]).toMatch(what);
  expect(report?.scenarios[0]?.outcomes.find(({ id }) => id === "steps")?.status).toBe("broken");
  // The change alone, with the cost as it was.
  repo.write(FILE, orders(after));
  expect((await check()).code).toBe(1);
  for (const [format, begins] of [
    ["text", "archcost check: budgets changed"],
    ["github", "::error file=scenarios/orders.yaml,line="],
    ["markdown", "<!-- archcost:"],
    ["junit", "<?xml"],
    ["sarif", "{"],
    ["gitlab", "["],
  ] as const) {
    const ran = await archcost(["check", repo.path("scenarios/*.yaml"), "--baseline", "main", "--format", format]);
    expect([ran.code, ran.stdout.startsWith(begins)]).toEqual([1, true]);
    expect(ran.stdout).toContain("budgets changed");
  }
});

test.each([
  {
    how: "tightened",
    after: budget("", "126"),
    what: ["no steps: workflow.cost.month <= 130 USD became workflow.cost.month <= 126 USD"],
  },
  {
    how: "one more",
    after: budget() + budget("", "900", "more"),
    what: ["no more: added: workflow.cost.month <= 900 USD"],
  },
  { how: "another message", after: budget(", message: ask us, owner: payments"), what: [] },
])("$how is no weaker, and does not fail", async ({ after, what }) => {
  repo.write(FILE, orders(after));
  const { code, report } = await check();
  expect([code, changesOf(report)]).toEqual([0, what]);
});

test("a budget that the change tightens or adds counts as the change has it", async () => {
  repo.write(FILE, orders(budget("", "120") + budget("", "90", "more")));
  const { code, report } = await check();
  expect(code).toBe(1);
  expect(report?.scenarios[0]?.outcomes.map(({ id, status }) => [id, status])).toEqual([
    ["steps", "broken"],
    ["more", "broken"],
  ]);
  expect(report?.counts.budget_changes).toBe(0);
});

test("changes that are allowed are reported, and the change's own budgets count", async () => {
  repo.write(FILE, orders(budget("", "5000"), { transitions: "8" }));
  const { code, report } = await check("--allow-budget-changes");
  expect([code, report?.verdict, report?.budgets_from?.side]).toEqual([0, "passed", "head"]);
  expect(changesOf(report)[0]).toMatch(/^no steps: /);
  const base = await check("--allow-budget-changes", "--budgets-from", "base");
  expect([base.code, base.report?.counts.budget_changes, base.report?.counts.errors]).toEqual([1, 0, 1]);
  const text = await archcost(["check", repo.path(FILE), "--baseline", "main", "--allow-budget-changes"]);
  expect(text.stdout).toMatch(/^note: budgets changed: steps: .*\nbudgets: as the change has them$/m);
});

test("budgets from head are judged, and a change of them fails all the same", async () => {
  repo.write(FILE, orders(budget("", "5000"), { transitions: "8" }));
  const { code, report } = await check("--budgets-from", "head");
  expect([code, report?.counts.errors, report?.counts.budget_changes]).toEqual([1, 0, 1]);
});

test("a budget of the base that names what is gone is reported as changed, not as wrong input", async () => {
  const flow = (text: string): string => text.replaceAll("workflow", "flow");
  repo.write(FILE, flow(orders(budget())));
  const renamed = await check();
  expect([renamed.code, renamed.report?.scenarios[0]?.outcomes.map(({ status }) => status)]).toEqual([1, ["passed"]]);
  expect(changesOf(renamed.report)).toHaveLength(1);
  repo.write(FILE, flow(orders("")));
  const removed = await check();
  expect([removed.code, removed.report?.counts.budgets, changesOf(removed.report).length]).toEqual([1, 0, 1]);
});

test.each([
  { env: { GITHUB_BASE_REF: "main" }, name: "origin/main" },
  { env: { CI_MERGE_REQUEST_DIFF_BASE_SHA: "base" }, name: "base" },
])("in a pull request the base's budgets count without being asked for: $name", async ({ env, name }) => {
  repo.git("update-ref", "refs/remotes/origin/main", "main");
  repo.git("tag", "base", "main");
  repo.write(FILE, orders(budget("", "5000"), { transitions: "8" }));
  const { code, report } = await checkFrom(env, repo.path(FILE));
  expect([code, report?.budgets_from?.name, report?.baseline]).toEqual([1, name, null]);
  expect((await checkFrom(env, repo.path(FILE), "--budgets-from", "head")).code).toBe(0);
});

test("--budgets-from base without any commit to take them from is refused in words", async () => {
  const ran = await checkFrom({}, repo.path(FILE), "--budgets-from", "base");
  expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("there is no commit to take them from")]);
});

test("a file of budgets is the base's too; an entry for another scenario has left this one", async () => {
  const entry = (id: string, of: string, bound = "130"): string =>
    `  - { id: ${id}, assert: "workflow.cost.month <= ${bound} USD"${of === "" ? "" : `, scenario: ${of}`} }\n`;
  repo.git("checkout", "-q", "main");
  repo.write(FILE, orders(""));
  repo.write("scenarios/bills.yaml", orders("").replace("Orders", "Bills"));
  repo.write("budgets.yaml", `budgets:\n${entry("all", "")}${entry("one", "orders.yaml")}`);
  repo.commit("a file of budgets");
  const run = () => check("--budgets", repo.path("budgets.yaml"));
  expect((await run()).code).toBe(0);
  repo.write("budgets.yaml", `budgets:\n${entry("all", "", "900")}${entry("one", "bills.yaml")}`);
  const { code, report } = await run();
  expect(code).toBe(1);
  // One line for a budget of all scenarios, however many those are.
  expect(changesOf(report).filter((change) => change.startsWith("error"))).toEqual([
    "error all: workflow.cost.month <= 130 USD became workflow.cost.month <= 900 USD",
    "error one: removed: workflow.cost.month <= 130 USD",
  ]);
  repo.git("rm", "-q", "-f", "scenarios/orders.yaml");
  repo.write("budgets.yaml", `budgets:\n${entry("all", "")}`);
  expect(changesOf((await run()).report)).toContain("error one: removed: workflow.cost.month <= 130 USD");
});

test.each([
  { how: "deleted", move: undefined, words: "was deleted since main" },
  { how: "moved to where no pattern looks", move: "attic/orders.yaml", words: "was moved to attic/orders.yaml" },
  { how: "renamed to what no pattern takes", move: "scenarios/orders.yml", words: "was moved to scenarios/orders.yml" },
])("a scenario that is $how fails by name", async ({ move, words }) => {
  repo.git("checkout", "-q", "main");
  repo.write("scenarios/other.yaml", orders("").replace("Orders", "Other"));
  repo.commit("another");
  repo.git("checkout", "-q", "-B", "feature");
  if (move === undefined) repo.git("rm", "-q", FILE);
  else {
    mkdirSync(repo.path("attic"), { recursive: true });
    repo.git("mv", FILE, move);
  }
  repo.commit("out of the way");
  const { code, report } = await check();
  expect([code, report?.gone]).toEqual([
    1,
    [{ file: FILE, name: "Orders", budgets: 1, moved_to: move ?? null, fails: "error" }],
  ]);
  for (const format of ["text", "github", "junit", "sarif", "gitlab"]) {
    const ran = await archcost(["check", repo.path("scenarios/*.yaml"), "--baseline", "main", "--format", format]);
    expect(ran.stdout.replaceAll("\\", "")).toContain(words);
  }
  expect((await check("--allow-budget-changes")).code).toBe(0);
  // Named as a shell expands the pattern.
  expect((await checkFrom({}, repo.path("scenarios/other.yaml"), "--baseline", "main")).code).toBe(1);
});

test("another scenario of the same name does not stand for one that is gone", async () => {
  repo.git("checkout", "-q", "main");
  repo.write("scenarios/twin.yaml", orders(budget()));
  repo.commit("two of a name");
  repo.git("checkout", "-q", "-B", "feature");
  repo.git("rm", "-q", "scenarios/twin.yaml");
  repo.commit("one less");
  const { code, report } = await check();
  expect([code, report?.gone.map(({ file }) => file)]).toEqual([1, ["scenarios/twin.yaml"]]);
});

test("what was deleted where the call does not look is a note", async () => {
  repo.git("checkout", "-q", "main");
  repo.write("elsewhere/bills.yaml", orders(budget()).replace("Orders", "Bills"));
  repo.commit("elsewhere");
  repo.git("checkout", "-q", "-B", "feature");
  repo.git("rm", "-q", "elsewhere/bills.yaml");
  repo.commit("deleted");
  const { code, report } = await check();
  expect([code, report?.gone.map(({ fails }) => fails)]).toEqual([0, ["no"]]);
});

test("a pattern that meets more files than it may is an error, never a part of them", async () => {
  mkdirSync(repo.path("many"));
  for (let i = 0; i <= 10_000; i += 1) writeFileSync(repo.path(`many/${i}.yaml`), "");
  const ran = await archcost(["check", repo.path("many/*.yaml")]);
  expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("matches more than 10000 files")]);
});

const GROWTH = `budgets: [{ id: growth, assert: "workflow.cost.month <= baseline(workflow.cost.month) * 1.05" }]\n`;

test("a budget that needs a baseline is skipped where there is none, and says so", async () => {
  repo.write(FILE, scenario(GROWTH));
  const ran = await archcost(["check", repo.path(FILE)]);
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain("growth: skipped: there is no baseline: nothing to compare with");
});

test.each([
  { how: "does not parse", text: "scenario: [Orders\n" },
  { how: "does not link", text: scenario(GROWTH).replace("orders / 1 month", "order / 1 month") },
  { how: "is no scenario", text: "a: 1\n" },
])("a baseline that $how is a warning on that scenario, which is checked without", async ({ text }) => {
  repo.git("checkout", "-q", "main");
  repo.write(FILE, text);
  repo.write("scenarios/well.yaml", scenario(GROWTH).replace("Orders", "Well"));
  repo.commit("a faulty baseline");
  repo.git("checkout", "-q", "-B", "feature");
  repo.write(FILE, scenario(`${GROWTH}`));
  const { code, report } = await check();
  expect(code).toBe(0);
  expect(report?.scenarios.map((one) => [one.outcomes[0]?.status, typeof one.baseline_problem])).toEqual([
    ["skipped", "string"],
    ["passed", "object"],
  ]);
  const github = await archcost(["check", repo.path("scenarios/*.yaml"), "--baseline", "main", "--format", "github"]);
  expect(github.stdout).toMatch(/^::warning file=scenarios\/orders\.yaml,line=1,col=1,title=No baseline::Orders: /);
  expect(github.stdout + github.stderr).not.toContain("@");
});

test("paths of annotations, SARIF and GitLab begin at the repository's root, however the file is named", async () => {
  repo.write(FILE, orders(budget(), { transitions: "8" }));
  repo.write("a/b/wrong.yaml", "scenario: x\n");
  for (const name of [repo.path(FILE), relative(process.cwd(), repo.path(FILE))]) {
    const out = async (format: string) =>
      (await archcost(["check", name, "--baseline", "main", "--format", format])).stdout;
    expect(await out("github")).toMatch(
      /^::error file=scenarios\/orders\.yaml,line=\d+,.*\(scenarios\/orders\.yaml:\d+\)/,
    );
    expect(JSON.parse(await out("gitlab"))[0].location.path).toBe(FILE);
    expect(JSON.parse(await out("sarif")).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(
      FILE,
    );
    expect(await out("junit")).toContain(`classname="${FILE}"`);
  }
  const wrong = await archcost(["check", repo.path("a/b/wrong.yaml"), "--format", "github"]);
  expect(wrong.stdout).toMatch(/^::error file=a\/b\/wrong\.yaml,/);
});

test.each([{ branch: "fix/#12-größe" }, { branch: "機能/コスト" }, { branch: "a;b$(c)&d" }])(
  "a branch may be named $branch",
  async ({ branch }) => {
    repo.git("branch", branch, "main");
    const { code, report } = await checkFrom({}, repo.path(FILE), "--baseline", branch);
    expect([code, report?.baseline?.name]).toEqual([0, branch]);
  },
);

test("a repository of another user is refused with the way out", async () => {
  process.env["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1";
  try {
    const ran = await archcost(["check", repo.path(FILE), "--baseline", "main"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("dubious ownership");
    expect(ran.stderr).toContain("git config --global --add safe.directory");
  } finally {
    delete process.env["GIT_TEST_ASSUME_DIFFERENT_OWNER"];
  }
});

test.each([
  { version: "2.0", code: 2, words: "schema version 2.0, and this program reads up to 1.0" },
  { version: "1.7", code: 2, words: "was written by a newer archcost" },
  { version: "one", code: 2, words: 'has the schema version "one", which is none' },
  { version: "1.0", code: 0, words: "" },
])("a stored result of schema version $version ends with $code", async ({ version, code, words }) => {
  const { stdout } = await archcost(["run", repo.path(FILE), "--format", "json", "--quiet"]);
  const folder = mkdtempSync(join(tmpdir(), "archcost-stored-"));
  try {
    const stored = join(folder, "stored.json");
    writeFileSync(stored, JSON.stringify({ ...JSON.parse(stdout), schema_version: version }));
    const ran = await archcost(["check", repo.path(FILE), "--baseline", stored]);
    expect([ran.code, ran.stderr]).toEqual([code, expect.stringContaining(words)]);
    expect((await archcost(["diff", stored, stored])).code).toBe(code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

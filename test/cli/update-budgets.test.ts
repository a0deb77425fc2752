// `check --update-budgets` in real files: nothing but the bounds changes, or nothing at all.
import { lstatSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { archcost } from "../run.ts";
import { type Repository, repository, scenario } from "./repository.ts";

let repo: Repository;
beforeEach(() => {
  repo = repository();
});
afterEach(() => repo.remove());

// workflow costs 25 USD for each transition of an order, so 125 USD with 5; 2 % of room is 127.5.
const steps = (bound: string): string => `{ id: steps, assert: "workflow.cost.month <= ${bound} USD" }`;
const update = (...files: readonly string[]) =>
  archcost(["check", ...files.map((file) => repo.path(file)), "--update-budgets"]);
const read = (file: string): string => readFileSync(repo.path(file), "utf8");

test("a budget of several scenarios keeps the loosest bound that any of them needs, edited once", async () => {
  for (const [name, transitions] of [
    ["a", "5"],
    ["b", "8"],
    ["c", "6"],
  ] as const)
    repo.write(`${name}.yaml`, scenario("", { transitions }));
  repo.write(
    "budgets.yaml",
    `# kept\nbudgets:\n  - ${steps("5000")} # ours\n  - { id: box, assert: "one_box.cost.month <= 900 USD" }\n`,
  );
  const shared = await archcost([
    "check",
    ...["a.yaml", "b.yaml", "c.yaml"].map((file) => repo.path(file)),
    "--budgets",
    repo.path("budgets.yaml"),
    "--update-budgets",
  ]);
  expect(shared.code).toBe(0);
  expect(read("budgets.yaml")).toBe(
    '# kept\nbudgets:\n  - { id: steps, assert: "workflow.cost.month <= 204 USD" } # ours\n  - { id: box, assert: "one_box.cost.month <= 102 USD" }\n',
  );
  expect(shared.stderr.match(/^\+ assert/gm)).toHaveLength(2);
});

test("a scenario that breaks a shared budget leaves it as it is", async () => {
  repo.write("a.yaml", scenario());
  repo.write("b.yaml", scenario("", { transitions: "800" }));
  const text = `budgets: [${steps("5000")}]\n`;
  repo.write("budgets.yaml", text);
  const argv = ["check", repo.path("a.yaml"), repo.path("b.yaml"), "--budgets", repo.path("budgets.yaml")];
  expect((await archcost([...argv, "--update-budgets"])).code).toBe(1);
  expect(read("budgets.yaml")).toBe(text);
});

test("many budgets of one file, of other lengths after than before: each keeps its place", async () => {
  const bounds = ["9e5", "5000", "200.5", "130", "126"];
  const list = bounds
    .map((bound, i) => `  - { id: b${i}, assert: 'workflow.cost.month <= ${bound} USD' } # ${i}\n`)
    .join("");
  repo.write("a.yaml", scenario(`budgets:\n${list}`));
  expect((await update("a.yaml")).code).toBe(0);
  const { budgets } = parse(read("a.yaml"));
  expect(budgets.map(({ assert }: { assert: string }) => assert)).toEqual([
    ...Array.from({ length: 4 }, () => expect.stringMatching(/^workflow\.cost\.month <= 127\.[56] USD$/)),
    "workflow.cost.month <= 126 USD",
  ]);
  for (const i of bounds.keys()) expect(read("a.yaml")).toContain(`# ${i}\n`);
});

test("byte order mark, line ends and a link stay", async () => {
  const text = `\ufeff${scenario(`budgets: [${steps("5000")}]\n`)}`.replaceAll("\n", "\r\n");
  repo.write("real.yaml", text);
  symlinkSync("real.yaml", repo.path("link.yaml"));
  const ran = await update("link.yaml", "real.yaml");
  expect([ran.code, ran.stderr.match(/^\+ assert/gm)?.length]).toEqual([0, 1]);
  expect(lstatSync(repo.path("link.yaml")).isSymbolicLink()).toBe(true);
  expect(lstatSync(repo.path("real.yaml")).isSymbolicLink()).toBe(false);
  expect(read("real.yaml")).toBe(text.replace("5000", "127.5"));
});

test.each([
  {
    how: "an anchor that another budget reads",
    budgets: `budgets:\n  - { id: steps, assert: &a "workflow.cost.month <= 5000 USD" }\n  - { id: again, assert: *a }\n`,
  },
])("$how is refused, and nothing is written", async ({ budgets }) => {
  const text = scenario(budgets);
  repo.write("a.yaml", text);
  repo.write("b.yaml", scenario(`budgets: [${steps("5000")}]\n`));
  const other = read("b.yaml");
  const ran = await update("b.yaml", "a.yaml");
  expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("tighten its budgets by hand")]);
  expect([read("a.yaml"), read("b.yaml")]).toEqual([text, other]);
});

test("bytes that are no UTF-8 are not written back as others", async () => {
  const bytes = Buffer.concat([
    Buffer.from(scenario(`budgets: [${steps("5000")}]\n`)),
    Buffer.from([0x23, 0xff, 0x0a]),
  ]);
  writeFileSync(repo.path("a.yaml"), bytes);
  const ran = await update("a.yaml");
  expect(ran.code).toBe(2);
  expect(readFileSync(repo.path("a.yaml")).equals(bytes)).toBe(true);
});

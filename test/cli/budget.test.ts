import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archcost } from "../run.ts";
import { type Repository, repository, scenario } from "./repository.ts";

let repo: Repository;
beforeAll(() => {
  repo = repository();
});
afterAll(() => repo.remove());

test("budget init proposes budgets that hold today and not for long", async () => {
  repo.write("a.yaml", scenario());
  const proposed = await archcost(["budget", "init", repo.path("a.yaml")]);
  expect(proposed.stdout).toMatchInlineSnapshot(`
    "budgets:
      # the decision that this scenario stands for
      - { id: ranking, assert: "cheapest == one_box", level: error }
      # today 125 USD
      - { id: workflow-month, assert: "workflow.cost.month <= 138 USD", level: error }
      # today 100 USD
      - { id: one-box-month, assert: "one_box.cost.month <= 110 USD", level: error }
    "
  `);
  repo.write("b.yaml", scenario(proposed.stdout));
  const kept = await archcost(["check", repo.path("b.yaml"), "--format", "json"]);
  expect([kept.code, JSON.parse(kept.stdout).counts.budgets]).toEqual([0, proposed.stdout.match(/id:/g)?.length]);
  repo.write("b.yaml", scenario(proposed.stdout, { transitions: "5.7" }));
  expect((await archcost(["check", repo.path("b.yaml")])).code).toBe(1);
  repo.write("b.yaml", scenario(proposed.stdout));
  expect((await archcost(["budget", "init", repo.path("b.yaml")])).stdout).toBe("budgets: []\n");
});

test.each(["", "x", "-5%", "2000%"])("--margin %j is refused", async (margin) => {
  const ran = await archcost(["budget", "init", repo.path("a.yaml"), `--margin=${margin}`]);
  expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("write a share such as 10%")]);
});

const LOOSE = `# our budgets
budgets:
  # the workflow
  - id: steps   # as agreed
    assert: "workflow.cost.month <= 1 kUSD"   # a thousand
    level: error
  - { id: box, assert: 'one_box.cost.month <= 101 USD', level: warn }
  - { id: share, assert: workflow.roles.coordination.share >= 50% }
  - { id: both, assert: one_box.cost.month <= 9 kUSD and cheapest == one_box }
  - { id: broken, assert: one_box.cost.month <= 1 USD, level: none }
  - { id: half, assert: workflow.cost.month / 2 <= 1 kUSD }
# end
`;

test("--update-budgets tightens only, keeps comments and order, and shows the difference", async () => {
  repo.write("c.yaml", scenario(LOOSE));
  const ran = await archcost(["check", repo.path("c.yaml"), "--update-budgets"]);
  expect(ran.code).toBe(0);
  const text = readFileSync(repo.path("c.yaml"), "utf8");
  expect(text).toBe(
    scenario(LOOSE.replace('<= 1 kUSD"   # a', '<= 0.1275 kUSD"   # a').replace(">= 50%", ">= 98.03%")),
  );
  expect(ran.stderr).toContain(
    "- assert: workflow.cost.month <= 1 kUSD\n+ assert: workflow.cost.month <= 0.1275 kUSD\n",
  );
  expect((await archcost(["check", repo.path("c.yaml")])).code).toBe(0);
  const again = await archcost(["check", repo.path("c.yaml"), "--update-budgets"]);
  expect(again.stderr).toBe("no budget can be tightened\n");
  expect(readFileSync(repo.path("c.yaml"), "utf8")).toBe(text);
});

test("a broken budget is not loosened", async () => {
  const text = scenario('budgets: [{ id: a, assert: "workflow.cost.month <= 1 USD" }]\n');
  repo.write("d.yaml", text);
  expect((await archcost(["check", repo.path("d.yaml"), "--update-budgets"])).code).toBe(1);
  expect(readFileSync(repo.path("d.yaml"), "utf8")).toBe(text);
});

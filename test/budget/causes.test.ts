// What a broken budget is put down to.
import { expect, test } from "vitest";
import { checkSchema } from "../../src/result/check.ts";
import { repository, scenario } from "../cli/repository.ts";
import { archcost } from "../run.ts";

test("a share of a role is put down to the line items of that role, and membership says what was found", async () => {
  const repo = repository();
  const handler =
    "      code: { service: custom/line, quantity: 100, price: 5, unit: h, role: work, source: a quote, reason: not modelled }\n";
  const budgets =
    'budgets: [{ id: share, assert: "workflow.roles.coordination.share <= 1%" }, { id: in, assert: "cheapest in [workflow]" }]\n';
  try {
    repo.write("s.yaml", scenario(budgets).replace("  one-box:\n", `${handler}  one-box:\n`));
    const ran = await archcost(["check", repo.path("s.yaml"), "--format", "json"]);
    const [share, member] = checkSchema.parse(JSON.parse(ran.stdout)).scenarios[0]?.outcomes ?? [];
    expect(share?.causes.map(({ text }) => text)).toEqual([expect.stringMatching(/^workflow\.steps, /)]);
    expect(member?.message).toBe("cheapest is one_box; wanted: one of workflow");
  } finally {
    repo.remove();
  }
});

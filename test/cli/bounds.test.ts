// What a hostile or an enormous scenario may ask for: each bound names itself, and long is not slow.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { archcost, runText, withFile } from "../run.ts";

const LONG = { timeout: 60_000 };

function scenario(variables: readonly string[], messages = "1"): string {
  return `scenario: x
region: us-east-1
as_of: 2026-11-23
workload: { unit: order, driver: orders, throughput: orders / 1 month }
variables:
  orders: 1000
${variables.map((line) => `  ${line}\n`).join("")}architectures:
  a: { components: { c: { service: aws/sqs, messages: ${messages} } } }
`;
}

/** v0 rests on v1, v1 on v2 and so on. */
function chain(length: number): readonly string[] {
  return Array.from({ length }, (_, i) => (i === length - 1 ? `v${i}: 1` : `v${i}: v${i + 1} + 1`));
}

test.each([
  ["forward", chain(20_000)],
  ["backward", [...chain(20_000)].reverse()],
])("a chain of 20,000 variables is linked in any order: %s", LONG, async (_, variables) => {
  const { assumptions } = await runText(scenario(variables, "v0"));
  expect(assumptions.find(({ address }) => address === "v0")?.value).toBe(20_000);
});

test("a circle of 20,000 variables is one fault, its chain cut in the middle", LONG, async () => {
  const circle = chain(20_000).map((line) => line.replace(/: 1$/, ": v0"));
  await withFile(scenario(circle), async (file) => {
    const ran = await archcost(["run", file]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/"v0" depends on itself: v0 -> v1 .* \(\d+ more\) .* v19999 -> v0\n/);
    expect(ran.stderr).toContain("1 error");
  });
});

test("of thousands of unknown names the first hundreds get a suggestion, and the bound is said", LONG, async () => {
  const variables = Array.from({ length: 1000 }, (_, i) => `known_${i}: knwon_${i}`);
  await withFile(scenario(variables), async (file) => {
    const ran = await archcost(["run", file]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("1000 errors");
    expect(ran.stderr.match(/did you mean/g)).toHaveLength(300);
    expect(ran.stderr).toContain("note: names that were meant are looked for 300 times only");
  });
});

test("a table of cases has at most a thousand columns", async () => {
  const folder = mkdtempSync(join(tmpdir(), "archcost-bounds-"));
  const [file, table] = [join(folder, "scenario.yaml"), join(folder, "cases.csv")];
  writeFileSync(file, scenario([]));
  const columns = ["orders", ...Array.from({ length: 1000 }, (_, i) => `label_${i}`)];
  writeFileSync(table, `${columns.join(",")}\n${columns.map(() => "1").join(",")}\n`);
  const ran = await archcost(["cases", file, table]);
  expect([ran.code, ran.stdout]).toEqual([2, ""]);
  expect(ran.stderr).toMatch(/cases\.csv:1:\d+: error: 1001 columns, the limit is 1000/);
});

test("a variable that divides by nothing is words in the result, and no fault of the program", async () => {
  const { assumptions } = await runText(scenario(["z: 0", "y: orders / z"]));
  expect(assumptions.find(({ address }) => address === "y")?.value).toBe("no finite number: orders / z");
});

// The worked example of docs/pricing.md does what the document says, and its files fit the schemas that it names.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { resultSchema } from "../../src/result/schema.ts";
import { archcost } from "../run.ts";

const DOC = readFileSync("docs/pricing.md", "utf8");
const files = [...DOC.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g)].map(([, path = "", text = ""]) => ({ path, text }));

function written(): string {
  const root = mkdtempSync(join(tmpdir(), "archcost-doc-"));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

test("the worked example comes to the figures of the document", async () => {
  const ran = await archcost(["run", join(written(), "documents.yaml"), "--format", "json", "--quiet"]);
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  const items = resultSchema.parse(JSON.parse(ran.stdout)).architectures["partner"]?.line_items ?? [];
  const cost = (component: string, meter: string): number =>
    items
      .filter((item) => item.x_Component === component && item.x_Meter === meter)
      .reduce((sum, item) => sum + item.ListCost, 0);
  expect(cost("read", "pages")).toBeCloseTo(1000 * 0.01 + 1000 * 0.008, 10);
  expect(cost("worker", "hours")).toBeCloseTo(730 * 0.067, 10);
  expect(cost("receive", "requests")).toBeCloseTo(1000 * 0.00000018, 12);
});

test("its folder of prices is sound", async () => {
  const ran = await archcost(["prices", "verify", "--pricing", join(written(), "prices")]);
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
});

test.each(["service", "rates", "table", "quotas"])("archcost schema %s takes the files of its kind", async (kind) => {
  const { code, stdout } = await archcost(["schema", kind]);
  expect(code).toBe(0);
  const schema = z.fromJSONSchema(JSON.parse(stdout));
  const folder = { service: /service\.yaml$/, rates: /\/rates\//, table: /\/tables\//, quotas: /quotas\.yaml$/ }[kind];
  const examples = files.filter(({ path }) => folder?.test(path)).map(({ text }) => parse(text));
  if (kind === "quotas") examples.push(parse(readFileSync("pricing/aws/lambda/quotas.yaml", "utf8")));
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) expect(schema.safeParse(example).error?.issues ?? []).toEqual([]);
  expect(schema.safeParse({ nonsense: 1 }).success).toBe(false);
});

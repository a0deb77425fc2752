// Environments and overheads in every format for people and programs.
import { expect, test } from "vitest";
import { renderCsv } from "../../src/report/csv.ts";
import { renderFocus } from "../../src/report/focus.ts";
import { renderHtml } from "../../src/report/html.ts";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { renderTable } from "../../src/report/table.ts";
import { runText } from "../run.ts";

const result = await runText(`
scenario: Beside
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 1000000 }
environments: { prod: {}, test: { load: 2%, schedule: weekdays 8..18 } }
accounts: { one: { environments: [prod] }, two: { environments: [test] } }
overheads:
  support: { plan: business }
  tax: { title: "VAT <b>", percent: 20% }
  currency: { code: EUR, rate: 0.9, date: 2026-11-20, source: a bank }
architectures:
  a: { components: { nat: { service: aws/nat-gateway, data: 1 KB }, queue: { service: aws/sqs } }, omit: { data-transfer: x, public-ipv4: x } }
`);

test("the table has environments with their lines, and the second total, within the page", () => {
  const text = renderTable(result, { width: 80 });
  expect(text).toMatch(/^ {2}prod: \$\d/m);
  expect(text).toMatch(/^ {2}test: \$32\.9$/m);
  expect(text).toContain("test: 2 % of the load, switched on weekdays 8..18, in account two");
  expect(text).toMatch(/^With overheads$/m);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("Markdown and HTML have the same figures, and names are no markup", () => {
  const markdown = renderMarkdown([result]);
  expect(markdown).toContain("**With overheads**");
  expect(markdown).not.toContain("<b>");
  const page = renderHtml(result);
  expect(page).toContain("With overheads");
  expect(page).toContain("VAT &lt;b&gt;");
  const total = result.architectures["a"]?.overheads?.month;
  expect(page).toContain(`<data value="${total}">`);
});

test("CSV and FOCUS say which environment and account a line belongs to", () => {
  const rows = renderCsv([result]).trimEnd().split("\n");
  expect(rows[0]).toMatch(/,x_Environment$/);
  expect(rows.filter((row) => row.endsWith(",test")).length).toBeGreaterThan(0);
  const focus = renderFocus([result], "2026-12");
  expect(focus.split("\n")[0]).toContain(",Tags,x_Environment");
  expect(focus).toContain('"{""environment"":""test""}"');
});

test("a result without environments has no such columns", async () => {
  const plain = await runText(`
scenario: Plain
region: us-east-1
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 1000000 }
architectures: { a: { components: { queue: { service: aws/sqs } } } }
`);
  expect(renderCsv([plain]).split("\n")[0]).not.toContain("x_Environment");
  expect(renderFocus([plain], "2026-12")).not.toContain("Tags");
  expect(renderTable(plain)).not.toContain("With overheads");
});

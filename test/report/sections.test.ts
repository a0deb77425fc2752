// The order of a whole report: what convinces a reader comes in one order, and everything else stands within it.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archcost } from "../run.ts";

const folder = mkdtempSync(join(tmpdir(), "archcost-sections-"));
const pages = new Map<string, string>();

beforeAll(async () => {
  for (const name of ["prime-video", "order-company"]) {
    const output = join(folder, name);
    const ran = await archcost(["run", `scenarios/${name}.yaml`, "--output", output, "--charts", "none", "--quiet"]);
    if (ran.code !== 0) throw new Error(ran.stderr);
    pages.set(name, readFileSync(join(output, "report.html"), "utf8"));
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Titles and what stands under headings of its own within each section. */
function outline(name: string): readonly (readonly [string, readonly string[]])[] {
  const text = pages.get(name) ?? "";
  return [...text.matchAll(/<section id="[^"]*"[\s\S]*?<\/section>/g)].map(([section]) => [
    /<h2 [^>]*>([^<]*)/.exec(section)?.[1]?.trim() ?? "",
    [...section.matchAll(/<h3 class="part" id="[^"]*">([^<]*)/g)].map((match) => match[1]?.trim() ?? ""),
  ]);
}

test("the sections of a report with everything in it come in the order in which a reader asks", () => {
  expect(outline("prime-video")).toEqual([
    ["Comparison", ["Metrics and objectives", "Operations"]],
    ["Break-even", []],
    ["Limits", []],
    ["Growth and evolution plan", []],
    ["Uncertainty", []],
    ["Tornado: what matters most", []],
    ["Levers", ["Waterfall", "Each lever alone", "What to combine"]],
    ["Carbon", []],
    ["Data quality and assumptions", ["Not counted"]],
    ["Price book used", []],
    ["Method", []],
    ["Command to reproduce", []],
  ]);
});

test("what a scenario does not ask for leaves the order of the rest as it is", () => {
  expect(outline("order-company").map(([title]) => title)).toEqual([
    "Comparison",
    "Break-even",
    "Limits",
    "Uncertainty",
    "Tornado: what matters most",
    "Carbon",
    "Data quality and assumptions",
    "Price book used",
    "Method",
    "Command to reproduce",
  ]);
  expect(outline("order-company")[0]?.[1]).toEqual(["Environments", "With overheads", "Operations"]);
});

test.each(["prime-video", "order-company"])(
  "%s: the contents name the sections in their order, and lead to them",
  (name) => {
    const text = pages.get(name) ?? "";
    const [nav = ""] = /<nav[\s\S]*?<\/nav>/.exec(text) ?? [];
    const entries = [...nav.matchAll(/<a href="#([^"]*)">([^<]*)/g)];
    expect(entries.map((entry) => entry[2])).toEqual(outline(name).map(([title]) => title));
    for (const [, id] of entries) expect(text).toContain(`<section id="${id}"`);
  },
);

test("budgets and what is not counted are told before the comparison", () => {
  const text = pages.get("prime-video") ?? "";
  const first = text.slice(text.indexOf('data-part="first"'), text.indexOf("<nav"));
  expect(first).toMatch(/<details class="budgets" id="budgets"[\s\S]*<table/);
  expect(first).toContain('<a href="#not-counted">');
});

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { turnsOf } from "../../src/report/html/curves.ts";
import { data } from "../../src/report/html/markup.ts";
import { renderHtml } from "../../src/report/html.ts";
import { hostile, result } from "./fixture.ts";

const x = [20, 200, 2000, 20_000];
const falling = x.map((at) => 150_000 / at);
const curve = {
  over: "streams",
  x,
  month: { microservices: x.map((at) => at * 1170), monolith: x.map((at) => 100_000 + at * 25) },
  per_unit: { microservices: x.map(() => 1.6), monolith: falling },
};
const page = renderHtml({ ...result, curve });
const program = { loader: "document.title;", program: "BBBB", hash: "CCCC=", model: "AAAA" };

const headingsOf = (text: string): readonly (string | undefined)[] =>
  [...text.matchAll(/<h2 id=[^>]*>([^<]*)/g)].map((match) => match[1]?.trim());

test("the verdict is the heading, and every section is there in order", () => {
  expect(/<h1>([^<]*)/.exec(page)?.[1]?.replaceAll("\u00a0", " ")).toBe(result.comparison.verdict[0]);
  expect(headingsOf(page)).toEqual([
    "Comparison",
    "Break-even",
    "Limits",
    "Growth",
    "Data quality and assumptions",
    "Price book used",
    "Method",
    "Command to reproduce",
  ]);
});

test("the first screen has a card for each architecture with the year, the unit and the first limit", () => {
  const cards = page.split('<li class="card').slice(1);
  expect(cards.map((card) => /<h3>([^<]*)/.exec(card)?.[1])).toEqual(
    result.comparison.rows.map(({ architecture }) => architecture),
  );
  for (const card of cards) expect(card).toMatch(/a month<[\s\S]*A year[\s\S]*Per stream-hour[\s\S]*First limit/);
  expect(page.indexOf("Not counted:")).toBeLessThan(page.indexOf('<section id="comparison"'));
});

test("the policy allows this page's own style and nothing else", () => {
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1];
  const hash = createHash("sha256").update(String(style)).digest("base64");
  expect(page).toContain(
    `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
  );
  expect(page).not.toMatch(/<script|\sstyle=|\son\w+=/);
});

test("a program is allowed by its hash only", () => {
  const hash = createHash("sha256").update(program.loader).digest("base64");
  const computing = renderHtml(result, { program });
  expect(computing).toContain(`script-src &#39;sha256-${hash}&#39; &#39;sha256-${program.hash}&#39;;`);
  expect(computing).toContain(`<script>${program.loader}</script>`);
  expect(computing).not.toMatch(/unsafe/);
});

test("figures are rounded for people and whole for programs", () => {
  expect(page).toContain('<data value="2338682.7">$2,340,000</data>');
});

test("a figure carries all its digits where its text does not show them, and only there", () => {
  expect(data(1234.5678, (x) => `$${Math.round(x ?? Number.NaN)}`).markup).toBe('<data value="1234.5678">$1235</data>');
  expect(data(12.5, String).markup).toBe("12.5");
  expect(data(null, () => "never").markup).toBe("never");
});

test("prices show formula, source and the region they come from", () => {
  expect(page).toContain("<code>throughput * transitions</code>");
  expect(page).toContain("us-east-1<small>price of us-east-2</small>");
  expect(page).toContain('<a href="https://aws.amazon.com/lambda/pricing/" rel="noreferrer">AWS Lambda pricing</a>');
});

test("every picture says what it shows and stands in a wide and a narrow form", () => {
  const pictures = [...page.matchAll(/<svg [^>]*>/g)].map(([tag]) => tag);
  expect(pictures.length).toBeGreaterThanOrEqual(6);
  for (const tag of pictures) expect(tag).toMatch(/role="img" aria-label="[^"]{20,}"/);
  expect(page.match(/<div class="wide">/g)?.length).toBe(page.match(/<div class="narrow">/g)?.length);
  expect(page).not.toMatch(/NaN|Infinity|undefined/);
});

test("the load at which the cheapest becomes another one is told and marked", () => {
  const [turn, ...others] = turnsOf(curve);
  expect(others).toEqual([]);
  expect(turn).toMatchObject({ below: "microservices", above: "monolith" });
  expect(turn?.at).toBeGreaterThan(20);
  expect(turn?.at).toBeLessThan(200);
  expect(page.match(/<circle class="dot"/g)?.length).toBe(2);
});

test("elements are closed in the order in which they were opened", () => {
  for (const text of [page, renderHtml(hostile, { program })]) {
    const open: string[] = [];
    for (const [tag, slash, name = ""] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
      if (["meta", "br", "wbr"].includes(name) || tag.endsWith("/>")) continue;
      if (slash === "/") expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  }
});

test("hostile names stay text", () => {
  const text = renderHtml(hostile);
  expect(text).not.toMatch(/<script|<img|javascript:|[^\P{Cc}\n]|\u202e/u);
  expect(text).toContain("&lt;/script&gt;&lt;img src=x");
});

test("the same result gives the same page", () => {
  expect(renderHtml(structuredClone({ ...result, curve }))).toBe(page);
});

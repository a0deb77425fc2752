import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { renderHtml } from "../../src/report/html.ts";
import { hostile, result } from "./fixture.ts";

const page = renderHtml(result);

test("the verdict is the heading, and every part is there in order", () => {
  const headings = [...page.matchAll(/<h[12]>([^<]*)/g)].map((match) => match[1]);
  expect(headings).toEqual([
    result.comparison.verdict[0],
    "Comparison",
    "Limits",
    "Growth",
    "microservices: Lambda under Step Functions",
    "monolith",
    "app-runner: Containers without a cluster",
    "Not counted",
    "Notes",
    "Assumptions",
    "Price book",
  ]);
});

test("the policy allows this page's own style and nothing else", () => {
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1];
  const hash = createHash("sha256").update(String(style)).digest("base64");
  expect(page).toContain(
    `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
  );
  expect(page).not.toMatch(/<script|\sstyle=|\son\w+=/);
});

test("figures are rounded for people and whole for programs", () => {
  expect(page).toContain('<data value="2338682.7">$2,340,000</data>');
});

test("prices show formula, source and the region they come from", () => {
  expect(page).toContain("<code>throughput * transitions</code>");
  expect(page).toContain("us-east-1, price of us-east-2");
  expect(page).toContain('<a href="https://aws.amazon.com/lambda/pricing/" rel="noreferrer">AWS Lambda pricing</a>');
});

test("elements are closed in the order in which they were opened", () => {
  for (const text of [page, renderHtml(hostile, { charts: [{ name: "x", title: "x", svg: "<svg/>" }] })]) {
    const open: string[] = [];
    for (const [, slash, name = ""] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
      if (["meta", "img"].includes(name)) continue;
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

test("charts are embedded, their names escaped", () => {
  const charts = [
    { name: "cost-by-driver", title: 'Cost "by" driver', svg: '<svg onload="alert(1)"/>' },
    { name: "cost-per-unit", title: "Cost per unit", png: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) },
  ];
  const text = renderHtml(result, { charts });
  expect(text).toContain(
    '<img src="data:image/svg+xml,%3Csvg%20onload%3D%22alert(1)%22%2F%3E" alt="Cost &quot;by&quot; driver">',
  );
  expect(text).toContain('<img src="data:image/png;base64,iVBORw==" alt="Cost per unit">');
});

test("the same result gives the same page", () => {
  expect(renderHtml(structuredClone(result))).toBe(page);
});

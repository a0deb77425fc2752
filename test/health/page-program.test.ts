// What the page of a report runs: small, and nothing in it that the page has no use for or may not do.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const programs = readdirSync("dist").filter((name) => name.endsWith("-page.js"));

test("there are programs", () => expect(programs.length).toBeGreaterThan(1));

test.each(programs)("%s checks no schemas: what it reads was written by the program that wrote the page", (name) => {
  const text = readFileSync(`dist/${name}`, "utf8");
  expect(text).not.toMatch(/_zod|~standard/);
});

test.each(programs)("%s makes no code at run time, which the policy of the page would refuse", (name) => {
  expect(readFileSync(`dist/${name}`, "utf8")).not.toMatch(/new Function|\beval\(/);
});

// A report goes through mail: each of ours stays under 450 kB, however many environments it tells of.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const reports = readdirSync("reports", { withFileTypes: true }).filter((entry) => entry.isDirectory());

test("there are reports", () => {
  expect(reports.length).toBeGreaterThan(5);
});

test.each(reports.map(({ name }) => name))("reports/%s/report.html is under 450 kB", (name) => {
  expect(readFileSync(`reports/${name}/report.html`).length).toBeLessThan(450_000);
});

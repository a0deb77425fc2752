// A report goes through mail: with six architectures it stays under 450 kB, and with more in proportion. An architecture in
// three environments has three times the lines to tell.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";

const SIX = 450_000;

const reports = readdirSync("reports", { withFileTypes: true }).filter((entry) => entry.isDirectory());

test("there are reports", () => {
  expect(reports.length).toBeGreaterThan(5);
});

test.each(reports.map(({ name }) => name))("reports/%s/report.html is small enough for a mail", (name) => {
  const { architectures, environments = { only: {} } } = parse(readFileSync(`scenarios/${name}.yaml`, "utf8"));
  const deployments = Object.keys(architectures).length * Object.keys(environments).length;
  expect(readFileSync(`reports/${name}/report.html`).length).toBeLessThan(SIX * Math.max(1, deployments / 6));
});

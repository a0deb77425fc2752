// `run --locale`: numbers for people in every format, and data that stays data.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { archcost } from "../run.ts";

const SCENARIO = "scenarios/thumbnails.yaml";

test.each(["table", "markdown", "memo"])("%s follows the language", async (format) => {
  const english = await archcost(["run", SCENARIO, "--format", format, "--quiet"]);
  const german = await archcost(["run", SCENARIO, "--format", format, "--quiet", "--locale", "de-DE"]);
  expect(english.stdout).toMatch(/\$2,630/);
  expect(german.stdout).toMatch(/2\.630\s\$/);
  expect(german.stdout).not.toMatch(/\$\d/);
  expect((await archcost(["run", SCENARIO, "--format", format, "--quiet"])).stdout).toBe(english.stdout);
});

test.each(["csv", "limits-csv", "carbon-csv", "focus"])("%s is data and does not", async (format) => {
  const english = await archcost(["run", SCENARIO, "--format", format, "--quiet"]);
  const german = await archcost(["run", SCENARIO, "--format", format, "--quiet", "--locale", "de-DE"]);
  expect(german.stdout).toBe(english.stdout);
});

test("the report follows it too, and has the same bytes each time", async () => {
  const folder = mkdtempSync(join(tmpdir(), "archcost-locale-"));
  try {
    const page = async (): Promise<string> => {
      const argv = ["run", SCENARIO, "--output", folder, "--charts", "none", "--quiet", "--locale", "de-DE"];
      expect((await archcost(argv)).code).toBe(0);
      return readFileSync(join(folder, "report.html"), "utf8");
    };
    const first = await page();
    expect(first).toMatch(/<h1>fleet is the cheapest at 2\.630\s\$/);
    expect(first).toContain('<data value="2634.1');
    expect(await page()).toBe(first);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.each([
  { tag: "de_DE", hint: 'did you mean "de-DE"?' },
  { tag: "de-DEE", hint: 'did you mean "de-DE"?' },
  { tag: "klingon!", hint: "write a language and a country" },
])("$tag is told, with exit code 2", async ({ tag, hint }) => {
  const ran = await archcost(["run", SCENARIO, "--locale", tag]);
  expect(ran).toMatchObject({ code: 2, stdout: "" });
  expect(ran.stderr).toContain(`--locale: no data for "${tag}"`);
  expect(ran.stderr).toContain(hint);
});

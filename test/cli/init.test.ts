// Starters and shipped scenarios run as they are; the schema that they name is today's.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TEMPLATES } from "../../src/cli/templates.ts";
import { archcost } from "../run.ts";

const scenarios = readdirSync("scenarios").filter((name) => name.endsWith(".yaml"));

test.each(scenarios)("scenarios/%s runs, and warns of nothing", async (name) => {
  const ran = await archcost(["run", `scenarios/${name}`, "--format", "json"]);
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  expect((JSON.parse(ran.stdout) as { warnings: string[] }).warnings).toEqual([]);
});

test.each(scenarios)("scenarios/%s names the schema in its first line", (name) => {
  const [first] = readFileSync(`scenarios/${name}`, "utf8").split("\n");
  expect(first).toBe("# yaml-language-server: $schema=./scenario.schema.json");
});

test("scenario.schema.json is what the program makes (mend: archcost schema > scenarios/scenario.schema.json)", async () => {
  const ran = await archcost(["schema"]);
  expect(ran.stdout).toBe(readFileSync("scenarios/scenario.schema.json", "utf8"));
});

test("a schema holds services with their parameters; results have one too", async () => {
  const scenario = (await archcost(["schema"])).stdout;
  expect(scenario).toContain('"aws/lambda"');
  expect(scenario).toContain("configured memory");
  expect(JSON.parse((await archcost(["schema", "result"])).stdout)).toHaveProperty("properties.comparison");
  const wrong = await archcost(["schema", "aws/lamda"]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('did you mean "aws/lambda"')]);
});

test.each(Object.keys(TEMPLATES))("init --template %s writes a starter that runs", async (template) => {
  const file = join(mkdtempSync(join(tmpdir(), "archcost-init-")), "my.yaml");
  expect((await archcost(["init", "--template", template, "--output", file])).code).toBe(0);
  const ran = await archcost(["run", file]);
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  const again = await archcost(["init", "--template", template, "--output", file]);
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("exists already")]);
});

test("init --list names every starter, and writes nothing", async () => {
  const { code, stdout } = await archcost(["init", "--list"]);
  expect(code).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ")[0]),
  ).toEqual(Object.keys(TEMPLATES));
});

test("a program killed while it writes leaves no partial file", () => {
  const folder = mkdtempSync(join(tmpdir(), "archcost-kill-"));
  spawnSync(process.execPath, ["bin/archcost.js", "run", "scenarios/prime-video.yaml", "--output", folder, "--quiet"], {
    timeout: 150,
    killSignal: "SIGKILL",
  });
  for (const name of ["result.json", "report.html"]) {
    const file = join(folder, name);
    if (!existsSync(file)) continue;
    const text = readFileSync(file, "utf8");
    expect(name === "result.json" ? JSON.parse(text) : text.trimEnd().endsWith("</html>")).toBeTruthy();
  }
});

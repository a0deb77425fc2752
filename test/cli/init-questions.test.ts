// What archcost init asks on a terminal, answered by a script.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { DATABASES, scenarioText } from "../../src/cli/init-scenario.ts";
import { main } from "../../src/cli/main.ts";
import { archcost, runText } from "../run.ts";

async function init(answers: readonly string[], argv: readonly string[] = []) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  stdin.end(answers.map((answer) => `${answer}\n`).join(""));
  let stdout = "";
  let stderr = "";
  const code = await main(["init", ...argv], {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    stdin,
    env: { ARCHCOST_TODAY: "2026-11-23" },
    cwd: () => process.cwd(),
  });
  return { code, stdout, stderr };
}

const NOTHING_SAID = Array.from({ length: 11 }, () => "");

test("Enter takes every answer in brackets, and the scenario runs without a warning", async () => {
  const { code, stdout, stderr } = await init(NOTHING_SAID);
  expect([code, stderr]).toEqual([0, expect.stringContaining("How many orders a day? [30000]")]);
  const result = await runText(stdout);
  expect(result.warnings).toEqual([]);
  expect(Object.keys(result.architectures["containers"]?.environments ?? {})).toEqual([
    "production",
    "test",
    "staging",
  ]);
  expect(result.architectures["functions"]?.components["app@test"]?.account).toBe("development-account");
  const { containers } = result.architectures;
  expect(containers?.overheads?.lines.map(({ kind, account }) => [kind, account])).toEqual([
    ["support", "production-account"],
    ["support", "development-account"],
  ]);
  expect(Object.keys(containers?.components ?? {})).toEqual(expect.arrayContaining(["database", "nat", "logs"]));
});

test("answers that are words of YAML stay text", async () => {
  const { code, stdout } = await init(["null", "true", ...NOTHING_SAID]);
  expect(code).toBe(0);
  expect((await runText(stdout)).scenario.name).toBe("null");
});

test("an answer that cannot be taken is asked for again", async () => {
  const answers = [
    "Shop",
    "basket",
    "many",
    "20,000",
    "3",
    "eu-wst-1",
    "eu-west-1",
    "rds",
    "none",
    "busines",
    "business",
    "EUR 0.9",
  ];
  const { code, stdout, stderr } = await init(answers);
  expect(code).toBe(0);
  expect(stderr).toContain("a number above 0");
  expect(stderr).toContain("did you mean eu-west-1?");
  expect(stderr).toContain("did you mean business?");
  const result = await runText(stdout);
  const { overheads, environments, components } = result.architectures["containers"] ?? {};
  expect(result.workload.driver).toBe("baskets_per_day");
  expect(overheads?.currency?.code).toBe("EUR");
  expect(environments).toBeUndefined();
  expect(components?.["database"]?.service).toBe("aws/rds");
});

test("where the input ends early nothing is written", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "archcost-init-")), "my.yaml");
  const { code, stdout, stderr } = await init(["Shop"], ["--output", file]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("nothing was written");
  expect(() => readFileSync(file)).toThrow();
});

test("a template asks nothing, nor does a terminal that is none", async () => {
  const starter = readFileSync("scenarios/templates/batch.yaml", "utf8");
  expect((await init([], ["--template", "batch"])).stdout).toBe(starter);
  expect((await archcost(["init"])).stdout).toBe(readFileSync("scenarios/templates/api.yaml", "utf8"));
});

test.each(DATABASES)("with %s as its database the scenario runs in Frankfurt without a warning", async (database) => {
  const text = scenarioText({
    name: 'A "shop": with # signs',
    unit: "2nd order",
    perDay: 12345.6,
    calls: 7,
    region: "eu-central-1",
    database,
    environments: ["test"],
    accounts: false,
    support: "enterprise",
    currency: undefined,
    today: "2026-11-23",
  });
  const result = await runText(text);
  expect(result.warnings).toEqual([]);
  expect(result.scenario.name).toBe('A "shop": with # signs');
});

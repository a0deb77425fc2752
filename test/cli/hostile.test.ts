// A scenario whose every name and text is hostile, in a real repository, through every command and format: no terminal and no
// runner's log gets anything to act on, and no text ends its line.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import { HIDDEN } from "../../src/result/harmless.ts";
import { archcost, type Ran } from "../run.ts";
import { type Repository, repository } from "./repository.ts";

const MARK = "planted";
const BIDI = "\u202e\u2066\u200f\u061c";
const HOSTILE = `\r\n${MARK} ::error::a\n::${MARK} file=x::b\n  ::${MARK}::c\u2028::${MARK}::d ##[error]e ##vso[task.f]g ###[h ##teamcity[i \u001b[31mj\u001b]0;k\u0007 ${BIDI} \u009b2J \u{e0041} <!-- <script> | % %0A::${MARK}::`;
const FILE = `x\n::${MARK}::y ##[error] ##vso[a] \u001b[31m ${BIDI} \r%0A, z.yaml`;
/** Keys whose values are text for people. */
const PROSE = /^(scenario|question|title|reason|note|source|message|owner|advice|unit|team|deployment|security|doc)$/;

let repo: Repository;
let file = "";

/** The same scenario with hostile text after every text for people, and after every name that may be any text. */
function hostile(text: string): string {
  const document = parseDocument(text);
  const visit = (node: unknown, path: readonly string[]): void => {
    if (isSeq(node)) for (const item of node.items) visit(item, path);
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : "";
      const prose = PROSE.test(name) || path.at(-1) === "omit";
      if (isScalar(value) && typeof value.value === "string" && prose) {
        // A unit of a quantity is a formula's; the one of a variable or the workload is not.
        if (name !== "unit" || path.at(-1) === "workload") value.value += HOSTILE;
      } else visit(value, [...path, name]);
    }
  };
  visit(document.contents, []);
  return document.toString();
}

const MORE = `
  - { id: low, assert: "fleet.cost.month <= 1 USD", level: error, owner: the owner, message: the message }
levers:
  fewer: { title: fewer images, class: rate, variables: { images_per_day: 100000 }, reason: the reason }
`;

beforeAll(() => {
  repo = repository();
  const own = hostile(`${readFileSync("scenarios/thumbnails.yaml", "utf8").trimEnd()}${MORE}`);
  repo.write(FILE, own);
  file = repo.path(FILE);
  repo.commit("start");
  repo.write(FILE, own.replace("200000", "250000"));
  repo.write("cases.csv", `images_per_day,${MARK}\n10,"a\n::${MARK}::b ##[c] ${BIDI}"\n`);
  repo.write(
    `bad-${FILE}`,
    `scenario: "x${BIDI}"\n"::error::${MARK}": 1\n::set-output name=a::${MARK}: 1\n##[error]x${BIDI}: 1\n`,
  );
});
afterAll(() => repo.remove());

const UNSEEN = new RegExp(`[${HIDDEN}]`, "u");
const COLOUR_CODE = "\u001b\\[(?:[012]|3[1236]|1;3[136])m";
const COLOUR = new RegExp(COLOUR_CODE, "g");
const OUR_COMMAND = /^::(error|warning|notice) (file=[^:,]*,line=\d+,col=\d+,)?title=[^:,]*::/;
/** Formats that break long texts at spaces: there a word of a stranger's may begin a line, but no command. */
const WRAPPED =
  /^(run|breakeven|sensitivity|uncertainty|economics|levers|plan) .*?(--format (table|text)|--chart|OUT|FILE FILE)$/;

/** @param name of the command: what begins a line there, and whether lines of ours for a runner are expected */
function expectHarmless({ stdout, stderr }: Ran, name: string): void {
  for (const line of `${stdout}\n${stderr}`.split("\n")) {
    const own = line.replace(COLOUR, "");
    expect(own.replaceAll("\t", "")).not.toMatch(UNSEEN);
    expect(own).not.toMatch(/##\w*\[/);
    if (name.includes("github") && OUR_COMMAND.test(own)) continue;
    expect(own).not.toMatch(/^\s*::/);
    if (!WRAPPED.test(name)) expect(own).not.toMatch(new RegExp(`^\\s*(: :)?${MARK}`));
  }
}

const SCENARIO_COMMANDS: readonly (readonly string[])[] = [
  ...[
    "table",
    "json",
    "csv",
    "limits-csv",
    "carbon-csv",
    "decisions-csv",
    "markdown",
    "memo",
    "focus",
    "focus-overheads",
  ].map((format) => ["run", "FILE", "--format", format]),
  ["run", "FILE", "--chart"],
  ["run", "FILE", "FILE"],
  ["run", "FILE", "--charts", "none", "--output", "OUT"],
  ["run", "FILE", "--architecture", `x\n::${MARK}::`],
  ["run", "FILE", "--set", `${HOSTILE}=1`],
  ["run", "missing-FILE"],
  ...["text", "json"].map((format) => ["explain", "FILE", "fleet", "--format", format]),
  ["explain", "FILE", "fleet", "--carbon"],
  ["explain", "FILE", HOSTILE],
  ...["table", "json", "csv"].map((format) => ["simulate", "FILE", "--ramp", "0..100% over 1m", "--format", format]),
  ...["table", "json", "csv"].map((format) => ["sweep", "FILE", "--vary", "images_per_day=1,2", "--format", format]),
  ["sweep", "FILE", "--vary", `x\n::${MARK}::=1`],
  ...["csv", "json"].map((format) => ["cases", "FILE", "TABLE", "--label", MARK, "--format", format]),
  ["cases", "FILE", "TABLE"],
  ...["text", "json", "markdown", "summary", "junit", "sarif", "gitlab", "github"].flatMap((format) => [
    ["check", "FILE", "--format", format],
    ["check", "FILE", "--baseline", "HEAD", "--format", format],
  ]),
  ["check", "FILE", "--format", HOSTILE],
  ["check", "FILE", "--format", "text", "--format", "github"],
  ["check", "bad-FILE", "--format", "github"],
  ["check", "bad-FILE"],
  ...["text", "json", "markdown"].map((format) => ["diff", "HEAD", "FILE", "--format", format]),
  ["budget", "init", "FILE"],
  ...["breakeven", "sensitivity", "uncertainty", "economics", "levers", "plan"].flatMap((command) =>
    ["text", "table", "json", "csv", "markdown"].map((format) => [command, "FILE", "--format", format]),
  ),
  ["init", "--template", HOSTILE],
  ["init", "--output", "FILE"],
  ["prices", "list", HOSTILE],
  ["prices", "show", "aws/lambda", HOSTILE],
  ["schema", HOSTILE],
  [HOSTILE],
];

/** Formats that colours change. */
const COLOURED = SCENARIO_COMMANDS.filter((args) => WRAPPED.test(args.join(" ")) || args[0] !== "run");

describe.each([
  { env: {}, commands: SCENARIO_COMMANDS },
  { env: { FORCE_COLOR: "1" }, commands: COLOURED.filter((args) => /table|text|OUT|chart/.test(args.join(" "))) },
])("with $env", ({ env, commands }) => {
  test.each(commands.map((args) => ({ args, name: args.join(" ").slice(0, 60) })))("$name", async ({ args }) => {
    const real = args.map((arg) =>
      arg === "TABLE"
        ? repo.path("cases.csv")
        : arg === "OUT"
          ? repo.path(`out${BIDI}`)
          : arg === "missing-FILE" || arg === "bad-FILE"
            ? repo.path(arg.replace("FILE", FILE))
            : arg === "FILE"
              ? file
              : arg,
    );
    const summary = { GITHUB_STEP_SUMMARY: repo.path("summary.md") };
    const ran = await archcost(real, { ...env, ...summary });
    expect([0, 1, 2]).toContain(ran.code);
    expectHarmless(ran, args.join(" "));
  });
});

test("the scenario is one that runs, and its text is in what is written", async () => {
  const ran = await archcost(["run", file, "--format", "json", "--quiet"]);
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  // JSON says what was written, to the character.
  expect(JSON.parse(ran.stdout).scenario.name).toContain(HOSTILE);
  const check = await archcost(["check", file, "--format", "github"]);
  expect([check.code, check.stdout]).toEqual([1, expect.stringMatching(/^::error file=/)]);
});

// What holds of every sound scenario. Each law makes another scenario or asks for the same figures in another way.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { DRIVER, oddScenario } from "./odd.js";
import { folder, runProgram } from "./program.js";
import { randomFrom } from "./random.js";

/** Sums in another order differ by this share of what was added up. */
const CLOSE = 1e-9;
const LAWS_A_CASE = 4;
/** words of a command that are paths of ours */
const OURS = ["odd.yaml", "out"];

const fileOf = (name, text) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const scenarioFile = (data, name = "odd.yaml") => fileOf(name, stringify(data, { aliasDuplicateObjects: false }));
const near = (a, b, scale) => Math.abs(a - b) <= CLOSE * Math.max(Math.abs(a), Math.abs(b), scale);
const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);

/** Runs a command that has to end well, without a figure that is none. */
async function ask(argv, allowed = [0]) {
  const ran = await runProgram(argv.map((word) => (OURS.includes(word) ? join(folder, word) : word)));
  const said = argv.join(" ");
  if (ran.why !== undefined) throw new Error(`${said}: ${ran.why}`);
  if (!allowed.includes(ran.code)) throw new Error(`${said}: exit code ${ran.code}\n${ran.stderr}`);
  const none = /\bNaN\b|\bInfinity\b|\bundefined\b/.exec(ran.stdout);
  if (none !== null)
    throw new Error(
      `${said}: ${ran.stdout
        .slice(0, none.index + 40)
        .split("\n")
        .at(-1)}`,
    );
  return ran;
}

async function resultOf(data, more = []) {
  const { stdout } = await ask(["run", scenarioFile(data, "other.yaml"), "--format", "json", "--quiet", ...more]);
  return JSON.parse(stdout);
}

/** Cost and carbon of each architecture, and what rounding there may be. */
function figuresOf(result) {
  return Object.entries(result.architectures).map(([name, { cost, carbon, line_items: lines }]) => ({
    name,
    cost: cost.month,
    carbon: carbon?.month.central ?? 0,
    scale: sum(lines.map((line) => Math.abs(line.EffectiveCost))),
  }));
}

/** @param known name of an architecture in `found` by its name in `base` */
function same(base, found, why, known = (name) => name) {
  for (const { name, cost, carbon, scale } of figuresOf(base)) {
    const other = figuresOf(found).find((each) => each.name === known(name));
    if (other === undefined) throw new Error(`${why}: no ${name}`);
    if (!near(cost, other.cost, scale)) throw new Error(`${why}: ${name} costs ${other.cost}, not ${cost}`);
    if (!near(carbon, other.carbon, 0)) throw new Error(`${why}: ${name} emits ${other.carbon}, not ${carbon}`);
  }
}

function notLess(base, found, why) {
  for (const { name, cost, scale } of figuresOf(base)) {
    const other = figuresOf(found).find((each) => each.name === name);
    if (other.cost < cost && !near(cost, other.cost, scale))
      throw new Error(`${why}: ${name} costs ${other.cost}, before ${cost}`);
  }
}

const hasCover = (data) => (data.savings_plans ?? []).some(({ cover }) => cover !== undefined);

function withDriver(data, value) {
  return { ...data, variables: { ...data.variables, [DRIVER]: value } };
}

function driverOf({ variables }) {
  return typeof variables[DRIVER] === "number" ? variables[DRIVER] : variables[DRIVER].value;
}

/** Every component that names a service, changed. */
function eachComponent(data, change) {
  const architectures = Object.entries(data.architectures).map(([name, spec]) => [
    name,
    { ...spec, components: mapValues(spec.components, change) },
  ]);
  return { ...data, architectures: Object.fromEntries(architectures) };
}

const mapValues = (record, change) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

function shuffled(record, random) {
  return Object.fromEntries(
    Object.entries(record)
      .map((entry) => ({ entry, at: random.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ entry }) => entry),
  );
}

const renamed = (name) => `z_${name}`;
const renameKeys = (record) => Object.fromEntries(Object.entries(record).map(([key, value]) => [renamed(key), value]));

/** Other names for architectures, components, accounts and environments. */
function withOtherNames(data) {
  const architectures = Object.entries(data.architectures).map(([name, spec]) => [
    renamed(name),
    {
      ...spec,
      ...(spec.extends === undefined ? {} : { extends: renamed(spec.extends) }),
      components: renameKeys(spec.components),
    },
  ]);
  const { current, environments, accounts, budgets: _, ...rest } = data;
  return {
    ...rest,
    ...(current === undefined ? {} : { current: renamed(current) }),
    architectures: Object.fromEntries(architectures),
    ...(environments === undefined ? {} : { environments: renameKeys(environments) }),
    ...(accounts === undefined
      ? {}
      : { accounts: mapValues(accounts, (own) => ({ environments: (own.environments ?? []).map(renamed) })) }),
  };
}

/** Cells of a CSV that has no line breaks in its cells. */
function csvRows(text) {
  const [header, ...rows] = text
    .trimEnd()
    .split("\n")
    .map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, -1).map(([, cell]) => cell));
  return rows.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ""])));
}

async function sameSums(file, base) {
  for (const format of ["csv", "focus"]) {
    const { stdout } = await ask(["run", file, "--format", format, "--quiet"]);
    const rows = csvRows(stdout);
    for (const { name, cost, scale } of figuresOf(base)) {
      const own = rows.filter((row) => (row.x_Architecture ?? row.ResourceId.split("/")[0]) === name);
      const total = sum(own.map((row) => Number(row.EffectiveCost)));
      if (!near(total, cost, scale)) throw new Error(`${format} of ${name} adds up to ${total}, not ${cost}`);
    }
  }
}

/** A result in itself: lines, roles and components add up to the total, to the same with and without environments. */
function addsUp(base) {
  for (const [name, found] of Object.entries(base.architectures)) {
    const { cost, line_items: lines, roles, components, environments } = found;
    const scale = sum(lines.map((line) => Math.abs(line.EffectiveCost)));
    const plans = sum(lines.filter((l) => l.x_Component.startsWith("savings-plan-")).map((l) => l.EffectiveCost));
    const sums = {
      lines: sum(lines.map((line) => line.EffectiveCost)),
      roles: sum(Object.values(roles).map((role) => role.month)),
      components: sum(Object.values(components).map((each) => each.cost.month)) + plans,
      ...(environments === undefined
        ? {}
        : { environments: sum(Object.values(environments).map((e) => e.month ?? e.cost.month)) + plans }),
    };
    for (const [what, total] of Object.entries(sums))
      if (!near(total, cost.month, scale)) throw new Error(`${what} of ${name} add up to ${total}, not ${cost.month}`);
    for (const line of lines)
      if (line.EffectiveCost < 0 || line.ListCost < 0)
        throw new Error(`${name}: a cost below 0: ${JSON.stringify(line)}`);
    const unused = lines.filter((line) => line.x_Meter === "unused_commitment");
    if (unused.some((line) => line.ListCost !== 0)) throw new Error(`${name}: unused commitment has a list cost`);
  }
}

async function sameInTables(data, random) {
  const today = driverOf(data);
  const values = [today, today * random.pick([0, 0.5, 3]) + random.pick([0, 1])];
  const file = scenarioFile(data);
  const table = fileOf("cases.csv", [DRIVER, ...values].join("\n"));
  const asked = ["--result", "cost.month"];
  const cases = csvRows((await ask(["cases", file, table, ...asked])).stdout);
  const swept = JSON.parse(
    (await ask(["sweep", file, "--vary", `${DRIVER}=${values.join(",")}`, ...asked, "--format", "json"])).stdout,
  );
  for (const [i, value] of values.entries()) {
    const run = await resultOf(data, ["--set", `${DRIVER}=${value}`]);
    for (const { name, cost, scale } of figuresOf(run)) {
      const inCases = Number(cases[i][name] ?? cases[i][`${name}.cost.month`]);
      const inSweep = swept.rows[i][name];
      if (!near(inCases, cost, scale)) throw new Error(`cases: ${name} at ${value} costs ${inCases}, run says ${cost}`);
      if (!near(inSweep, cost, scale)) throw new Error(`sweep: ${name} at ${value} costs ${inSweep}, run says ${cost}`);
    }
  }
}

const FORMATS = "table json csv limits-csv carbon-csv decisions-csv markdown memo focus focus-overheads".split(" ");
/** A command line on the scenario, after its name; a result may be none of a scenario that has nothing to show. */
const COMMANDS = [
  ...FORMATS.map((format) => `run odd.yaml --format ${format}`),
  ...["text", "json", "markdown", "github", "junit", "sarif", "gitlab"].map(
    (format) => `check odd.yaml --format ${format}`,
  ),
  ...["table", "json", "csv", "markdown"].flatMap((format) => [
    `breakeven odd.yaml --format ${format}`,
    `breakeven odd.yaml --over share --format ${format}`,
    `sensitivity odd.yaml --format ${format}`,
    `uncertainty odd.yaml --samples 64 --format ${format}`,
    `economics odd.yaml --format ${format}`,
  ]),
  ...["table", "json", "csv"].map((format) => `simulate odd.yaml --for 1h --format ${format}`),
  "run odd.yaml --output out --charts none",
  "run odd.yaml --chart",
  "explain odd.yaml alpha",
  "explain odd.yaml alpha --carbon",
  "diff odd.yaml odd.yaml",
  "diff odd.yaml odd.yaml --format json",
  "plan odd.yaml",
  "levers odd.yaml --for alpha",
  "budget init odd.yaml",
  "run odd.yaml --load 0%",
  "sweep odd.yaml --vary load=0%,1%,100% --result carbon.month.central",
  "sweep odd.yaml --vary load=0%,1%,100% --result cost.per_unit --format json",
];

/** Each throws where it is broken. `data` is the scenario, `base` its result, `file` its file. */
const LAWS = {
  "more work never costs less": async ({ data, base, random }) => {
    if (hasCover(data)) return;
    const more = driverOf(data) * random.pick([1.001, 2, 1000]) + random.pick([0, 1e-6, 1]);
    notLess(base, await resultOf(withDriver(data, more)), `at ${more} instead of ${driverOf(data)}`);
  },
  "one component more never costs less": async ({ data, base, random }) => {
    if (hasCover(data)) return;
    const added = random.pick(Object.values(data.architectures).flatMap(({ components }) => Object.values(components)));
    if (added === undefined) return;
    const architectures = mapValues(data.architectures, (spec) => ({
      ...spec,
      components: { ...spec.components, another: added },
    }));
    notLess(base, await resultOf({ ...data, architectures }), "with one component more");
  },
  "order does not matter": async ({ data, base, random }) => {
    const architectures = shuffled(
      mapValues(data.architectures, (spec) => ({ ...spec, components: shuffled(spec.components, random) })),
      random,
    );
    same(
      base,
      await resultOf({ ...data, architectures, variables: shuffled(data.variables, random) }),
      "in another order",
    );
  },
  "names do not matter": async ({ data, base }) =>
    same(base, await resultOf(withOtherNames(data)), "with other names", renamed),
  "count: 1 is nothing": async ({ data, base }) =>
    same(base, await resultOf(eachComponent(data, (spec) => ({ count: 1, ...spec }))), "with count: 1"),
  "attempts: 1 is nothing": async ({ data, base }) =>
    same(base, await resultOf(eachComponent(data, (spec) => ({ attempts: 1, ...spec }))), "with attempts: 1"),
  "--load 100% is nothing": async ({ data, base }) =>
    same(base, await resultOf(data, ["--load", "100%"]), "--load 100%"),
  "a plan of nothing and a discount of nothing are nothing": async ({ data, base }) => {
    const plan = {
      commit: 0,
      term: "1y",
      payment: "no_upfront",
      assumed_discounts: { "aws/lambda": "10%", "aws/ec2": "10%", "aws/ecs-fargate": "10%" },
    };
    const savings_plans = [...(data.savings_plans ?? []), plan];
    const discounts = [...(data.discounts ?? []), { services: ["aws/*"], percent: 0 }];
    same(base, await resultOf({ ...data, savings_plans, discounts }), "with a commitment of 0");
  },
  "what extends another costs the same": async ({ data, base }) => {
    const [[name]] = Object.entries(data.architectures);
    const architectures = { ...data.architectures, copy: { extends: name } };
    const found = await resultOf({ ...data, architectures });
    same(base, found, "beside a copy");
    same({ architectures: { [name]: base.architectures[name] } }, found, "the copy", () => "copy");
  },
  "CSV and FOCUS add up": async ({ file, base }) => sameSums(file, base),
  "two runs are identical": async ({ random }) => {
    const argv = random.pick(COMMANDS).split(" ");
    const [one, other] = [await ask(argv, [0, 1, 2]), await ask(argv, [0, 1, 2])];
    if (one.stdout !== other.stdout || one.code !== other.code)
      throw new Error(`${argv.join(" ")} differs from itself`);
  },
  "cases, sweep and run agree": async ({ data, random }) => sameInTables(data, random),
  "every command ends with 0, 1 or 2": async ({ random }) => {
    for (let i = 0; i < 3; i += 1) await ask(random.pick(COMMANDS).split(" "), [0, 1, 2]);
  },
};

/** Runs the odd scenario of a seed against some of the laws. */
export async function runCase(seed) {
  const random = randomFrom(seed);
  const data = oddScenario(random);
  const file = scenarioFile(data);
  const text = stringify(data, { aliasDuplicateObjects: false });
  const ran = await runProgram(["run", file, "--format", "json", "--quiet"]);
  if (ran.why !== undefined) return { code: ran.code, why: ran.why, text };
  if (ran.code !== 0) return { code: ran.code, why: `a sound scenario is refused: ${ran.stderr}`, text };
  const base = JSON.parse(ran.stdout);
  const names = Object.keys(LAWS);
  try {
    addsUp(base);
    for (let i = 0; i < LAWS_A_CASE; i += 1) {
      const [law] = names.splice(random.below(names.length), 1);
      scenarioFile(data);
      await LAWS[law]({ data, file, base, random }).catch((error) => {
        throw new Error(`${law}: ${error.stack}`);
      });
    }
  } catch (error) {
    return { code: 70, why: error.message, text };
  }
  return { code: 0, text };
}

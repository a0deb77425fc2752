// Mutated scenarios, price files and budgets: each gives a result or clean diagnostics.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { mutateBytes, mutateTree, randomBudgets } from "./mutate.js";
import { folder, ROOT, runProgram } from "./program.js";
import { randomFrom } from "./random.js";

const file = join(folder, "case.yaml");
const budgetFile = join(folder, "budgets.yaml");
const originalFile = join(folder, "original.yaml");

const yamlIn = (path) =>
  readdirSync(path)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => join(path, name));
const scenarios = [...yamlIn(join(ROOT, "scenarios")), ...yamlIn(join(ROOT, "scenarios/templates"))].map((path) =>
  readFileSync(path, "utf8"),
);
const SERVICES = ["sqs", "lambda", "s3", "step-functions-standard", "ecs-fargate"];
const FORMATS = ["text", "json", "markdown", "github", "junit", "sarif", "gitlab"];

/** Prices of a real service with a few things wrong, laid over the built-in ones by the scenario's `catalog:`. */
function priceCase(random) {
  const service = random.pick(SERVICES);
  const names = ["service.yaml", "quotas.yaml", "rates/us-east-1.yaml"];
  const wrong = random.pick(names);
  rmSync(join(folder, "prices"), { recursive: true, force: true });
  for (const name of [...names.slice(0, random.below(names.length)), wrong]) {
    const text = readFileSync(join(ROOT, "pricing/aws", service, name), "utf8");
    const target = join(folder, "prices/aws", service, name);
    mkdirSync(join(target, ".."), { recursive: true });
    writeFileSync(target, name === wrong ? mutated(text, text, random) : text);
  }
  const parameters = {
    lambda: ", duration: 1 s, memory: 1 GB",
    "ecs-fargate": ", tasks: 2, cpu: 1 vCPU, memory: 2 GB",
    "step-functions-standard": ", transitions: 5",
  };
  return `scenario: x
region: us-east-1
as_of: 2026-11-23
catalog: prices
workload: { unit: order, driver: orders, throughput: orders / 1 month }
variables: { orders: 1000000 }
architectures:
  a: { components: { c: { service: aws/${service}${parameters[service] ?? ""} } } }
budgets: [{ id: a, assert: "a.cost.month <= 5 USD" }]
`;
}

function mutated(text, other, random) {
  return (random.below(2) === 0 ? mutateBytes : mutateTree)(text, random, other);
}

/** The shortest of three most of the time: as odd as a long one, and read in a fraction of its time. */
function someScenario(random) {
  const three = Array.from({ length: random.below(8) === 0 ? 1 : 3 }, () => random.pick(scenarios));
  return three.reduce((a, b) => (b.length < a.length ? b : a));
}

/** A text, what it was made of, and budgets in a file of their own where they are what is wrong. */
function makeCase(random) {
  const kind = random.below(10);
  if (kind < 2) return { text: priceCase(random) };
  const original = someScenario(random);
  if (kind < 8) return { text: mutated(original, random.pick(scenarios), random), original };
  const { budgets: _, ...plain } = parse(original);
  const own = randomBudgets(Object.keys(plain.architectures), random);
  const budgets = random.below(2) === 0 ? own : mutateBytes(own, random, original);
  return { text: stringify(plain), original, budgets };
}

/** Commands that read a scenario, the first two as often as in life. */
const COMMANDS = ["breakeven", "sensitivity", "uncertainty", "simulate", "economics", "budget init"];

function commandFor({ original, budgets }, random) {
  if (budgets !== undefined) return ["check", file, "--budgets", budgetFile, "--format", random.pick(FORMATS)];
  const kind = random.below(10);
  if (kind < 3) return ["run", file, "--format", random.pick(["table", "json", "csv", "markdown"])];
  if (kind === 3) return [...random.pick(COMMANDS).split(" "), file];
  if (kind === 4 && original !== undefined) return ["diff", originalFile, file];
  return ["check", file, "--format", random.pick(FORMATS)];
}

/** Runs the mutated case of a seed. */
export async function runCase(seed) {
  const random = randomFrom(seed);
  const made = makeCase(random);
  const argv = commandFor(made, random);
  writeFileSync(file, made.text);
  if (made.budgets !== undefined) writeFileSync(budgetFile, made.budgets);
  if (argv[0] === "diff") writeFileSync(originalFile, made.original);
  const { code, why } = await runProgram(argv);
  return {
    code,
    why: why === undefined ? undefined : `${argv.slice(0, 2).join(" ")}: ${why}`,
    text: made.budgets ?? made.text,
  };
}

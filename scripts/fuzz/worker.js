// Runs one case after the other as the command would, and answers with what came of it.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { mutateBytes, mutateTree, randomBudgets } from "./mutate.js";
import { randomFrom } from "./random.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const { main } = createRequire(import.meta.url)(join(ROOT, "dist", "archcost.cjs"));
const folder = mkdtempSync(join(tmpdir(), "archcost-fuzz-"));
const file = join(folder, "case.yaml");
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

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

function makeCase(random) {
  const kind = random.below(10);
  if (kind < 2) return priceCase(random);
  const text = random.pick(scenarios);
  if (kind < 8) return mutated(text, random.pick(scenarios), random);
  const { budgets: _, ...plain } = parse(text);
  return `${JSON.stringify(plain).slice(0, -1)}, ${JSON.stringify(parse(randomBudgets(Object.keys(plain.architectures), random))).slice(1)}`;
}

async function runCase(seed) {
  const random = randomFrom(seed);
  const text = makeCase(random);
  writeFileSync(file, text);
  let said = "";
  const stream = { write: (chunk) => (said += chunk) };
  const io = { stdout: stream, stderr: stream, env: { ARCHCOST_TODAY: "2026-11-23" }, cwd: () => folder };
  const argv =
    random.below(3) === 0
      ? ["run", file, "--format", random.pick(["table", "json", "csv", "markdown"])]
      : ["check", file, "--format", random.pick(FORMATS)];
  // Time of the processor, which a busy machine does not lengthen.
  const start = process.cpuUsage();
  let why;
  let code;
  try {
    code = await main(argv, io);
    if (![0, 1, 2].includes(code)) why = `exit code ${code}`;
    else if (/^\s+at .+:\d+:\d+\)?$/m.test(said)) why = "a stack trace";
    else if (code === 2 && !/error/.test(said)) why = "exit code 2 without a diagnostic";
  } catch (error) {
    why = error instanceof Error ? error.stack : String(error);
  }
  const { user, system } = process.cpuUsage(start);
  const ms = (user + system) / 1e3;
  return { seed, code, ms, rss: process.memoryUsage().rss, why, argv, text: why === undefined ? undefined : text };
}

process.on("message", async (seed) => process.send(await runCase(seed)));
process.on("disconnect", () => process.exit());

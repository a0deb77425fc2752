// Sound but odd scenarios: zero and tiny work, environments x accounts x plans x discounts x curves x months.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "./program.js";

export const DRIVER = "orders";
const REGIONS = ["us-east-1", "eu-west-1"];
const DRIVER_VALUES = [0, 1e-12, 1e-3, 1, 7, 1000, 123_456, 1e6, 3e9, 1e12];
const SCALES = [0, 1e-9, 1e-6, 0.001, 0.37, 1, 1, 3];
const TERMS = ["1y", "3y"];
const PAYMENTS = ["no_upfront", "partial_upfront", "all_upfront"];
const SCHEDULES = ["weekdays 8..18", "daily 0..24", "weekends 23..24", "mon..thu 7..19"];
/** Discounts of a plan where no rate is sourced: the first two are often equal. */
const PLAN_DISCOUNTS = ["20%", "20%", "0%", "27%", "72%"];
const PLANNED = ["aws/lambda", "aws/ec2", "aws/ecs-fargate"];

const yamlOf = (...path) => parse(readFileSync(join(ROOT, "pricing/aws", ...path), "utf8"));
/** Components that a source works an example of: their sizes are sound. */
const examples = readdirSync(join(ROOT, "pricing/aws"), { recursive: true }).flatMap((file) => {
  const [name, last] = file.split(/[\\/]/);
  if (last !== "cases.yaml") return [];
  const { service, cases } = yamlOf(file);
  const { parameters } = yamlOf(name, "service.yaml");
  return cases
    .filter((each) => REGIONS.includes(each.region) && each.as_of === undefined && each.month === undefined)
    .map((each) => ({ service, region: each.region, given: each.parameters ?? {}, parameters }));
});

const some = (random, most, make) => Array.from({ length: random.below(most + 1) }, (_, i) => make(i));
const entries = (names, make) => Object.fromEntries(names.map((name) => [name, make(name)]));
const maybe = (random, oneIn, make) => (random.below(oneIn) === 0 ? make() : {});

/** A component of an example, its numbers scaled where their bounds allow it. */
function component(random, region) {
  const fitting = examples.filter((each) => each.region === region);
  const planned = examples.filter((each) => PLANNED.includes(each.service));
  const { service, given, parameters } = random.pick(random.below(3) === 0 ? planned : fitting);
  const spec = { service, ...said(parameters) };
  for (const [name, value] of Object.entries(given)) spec[name] = scaled(value, parameters[name], random);
  return {
    ...spec,
    ...maybe(random, 6, () => ({ count: random.pick([1, 2, 7]) })),
    ...maybe(random, 8, () => ({ attempts: random.pick([1, 1.5, 10]) })),
    ...maybe(random, 8, () => ({ account: random.pick(["live", "spare"]) })),
  };
}

/** Said here where the default depends on what else is in the design: a component more is then not another default. */
function said(parameters) {
  const beside = Object.entries(parameters).filter(([, parameter]) => parameter.default_beside !== undefined);
  return Object.fromEntries(beside.map(([name, parameter]) => [name, parameter.default]));
}

/** A number of uses for one unit of work, times a scale: what has a least or a greatest value stays. */
function scaled(value, parameter, random) {
  if (typeof value !== "number" || parameter?.per !== "work") return value;
  const factor = random.pick(SCALES);
  const bounded = (parameter.max ?? parameter.maximum) !== undefined || Number(parameter.min ?? 0) > 0;
  return bounded ? value : value * factor * (random.below(3) === 0 ? 1 : 1e-6);
}

function customLine(random) {
  return {
    service: "custom/line",
    quantity: random.pick(["0", "1", `${DRIVER}`, `${DRIVER} * 1e-9`, "1e-12"]),
    price: random.pick(["0 USD", "1 USD", "0.000001 USD"]),
    role: random.pick(["work", "network"]),
    source: "a quote",
    reason: "of its own",
  };
}

function architectures(random, region) {
  const names = ["alpha", "beta", "gamma"].slice(0, 1 + random.below(3));
  const made = entries(names, () => ({ components: componentsOf(random, region) }));
  const [base] = names;
  return {
    ...made,
    ...maybe(random, 3, () => ({
      derived: {
        extends: base,
        components: random.below(2) === 0 ? {} : { extra: component(random, region) },
      },
    })),
  };
}

function componentsOf(random, region) {
  const names = ["front", "worker", "store", "queue", "fleet"].slice(0, 1 + random.below(5));
  return entries(names, () => (random.below(12) === 0 ? customLine(random) : component(random, region)));
}

function curve(random) {
  const weight = () => random.pick([0, 0, 1e-6, 0.5, 1, 4]);
  const drawn = (length) => {
    const weights = Array.from({ length }, weight);
    return weights.some((each) => each > 0) ? weights : weights.fill(1);
  };
  return random.pick([
    () => ({ hours: drawn(24) }),
    () => ({ weekdays: drawn(7) }),
    () => ({ hours: drawn(24), weekdays: drawn(7), burst: random.pick([1, 1.7, 1000]) }),
    () => ({ weights: Array.from({ length: 168 }, (_, hour) => (hour === 100 ? 168 : 0)) }),
    () => ({ weights: drawn(168) }),
  ])();
}

function environments(random) {
  const others = some(random, 2, (i) => [
    ["test", "staging"][i],
    {
      load: random.pick([0, "0.01%", "2%", 1, "300%"]),
      ...maybe(random, 2, () => ({ schedule: random.pick(SCHEDULES) })),
      ...maybe(random, 2, () => ({ min_copies: random.pick([0, 1, 2]) })),
    },
  ]);
  const all = { production: {}, ...Object.fromEntries(others) };
  return {
    environments: all,
    ...maybe(random, 2, () => ({ accounts: { live: { environments: [random.pick(Object.keys(all))] }, spare: {} } })),
  };
}

/** Plans that commit to an amount: one that covers a share of the least hour grows with it, and more work may then cost less. */
function savingsPlans(random) {
  const plans = some(random, 2, () => ({
    ...(random.below(4) === 0
      ? { cover: random.pick(["0%", "50%", "100%"]) }
      : { commit: random.pick([0, "1e-9 USD/h", "0.05 USD/h", "2 USD/h", "1e6 USD/h"]) }),
    term: random.pick(TERMS),
    payment: random.pick(PAYMENTS),
    [random.pick(["discounts", "assumed_discounts"])]: entries(PLANNED, () => random.pick(PLAN_DISCOUNTS)),
  }));
  return plans.length === 0 ? {} : { savings_plans: plans };
}

function discounts(random) {
  const rules = some(random, 2, () => ({
    services: [random.pick(["aws/*", "aws/lambda", "aws/s3", "aws/ec2"])],
    percent: random.pick([0, "7.5%", "50%", "100%"]),
  }));
  return rules.length === 0 ? {} : { discounts: rules };
}

function existing(random) {
  return {
    existing: {
      ...maybe(random, 2, () => ({ free_tier: random.pick(["unused", "used"]) })),
      ...maybe(random, 3, () => ({
        usage: { "aws/s3": { storage: random.pick(["1 GB * month", "60000 GB * month"]) } },
      })),
    },
  };
}

function overheads(random) {
  return {
    overheads: {
      ...maybe(random, 2, () => ({ support: { plan: random.pick(["business-support-plus", "enterprise"]) } })),
      ...maybe(random, 2, () => ({ tax: { percent: random.pick([0, "19%", "100%"]) } })),
      ...maybe(random, 3, () => ({ currency: { code: "EUR", rate: 0.9, date: "2026-11-20", source: "a bank" } })),
    },
  };
}

/** Variables that are ranges, and one that is nothing. */
function variables(random) {
  const value = random.pick(DRIVER_VALUES);
  return {
    [DRIVER]: random.below(4) === 0 ? { value, low: value / 3, high: value * 2, reason: "a guess" } : value,
    nothing: 0,
    share: { value: 0.5, low: 0, high: 1, reason: "a guess" },
  };
}

/** An odd scenario as the data of its file. */
export function oddScenario(random) {
  const region = random.pick(REGIONS);
  const made = architectures(random, region);
  return {
    scenario: "Odd",
    region,
    as_of: "2026-11-23",
    assume_prices_from: { "eu-west-1": "us-east-1" },
    ...maybe(random, 4, () => ({ month: random.pick(["672 h", "744 h"]) })),
    workload: {
      unit: "order",
      driver: DRIVER,
      throughput: random.pick([`${DRIVER} / 1 month`, `${DRIVER} / 1 month`, `${DRIVER} * share / 1 day`]),
      ...maybe(random, 4, () => ({ report_per: { unit: "batch", count: random.pick([1000, 1e-9]) } })),
      ...maybe(random, 2, () => ({ curve: curve(random) })),
    },
    variables: variables(random),
    ...maybe(random, 2, () => ({ current: random.pick(Object.keys(made)) })),
    architectures: made,
    ...maybe(random, 3, () => environments(random)),
    ...maybe(random, 3, () => savingsPlans(random)),
    ...maybe(random, 3, () => discounts(random)),
    ...maybe(random, 3, () => existing(random)),
    ...maybe(random, 4, () => overheads(random)),
    ...maybe(random, 4, () => ({ growth: random.pick([0, "8%/month", [1, 1.1, 0, 2]]) })),
    ...maybe(random, 4, () => ({ budgets: [{ id: "least", assert: `${Object.keys(made)[0]}.cost.month <= 5 USD` }] })),
  };
}

import type { Catalog } from "../catalog/catalog.ts";
import type { Rate } from "../catalog/rate.ts";
import type { GraphBuilder } from "../formula/builder.ts";
import { meanOf } from "../formula/over-month.ts";
import { MONEY } from "../formula/unit.ts";
import type { Scenario } from "../scenario/read.ts";
import type { ScenarioData } from "../scenario/schema.ts";
import type { MeterUse } from "./component-task.ts";
import { customService } from "./custom-line.ts";
import { type LinkedLine, sum } from "./lines.ts";
import {
  FROM_0,
  isWithin,
  type Linker,
  NO_UNIT,
  type NumberValue,
  PERCENT,
  type Range,
  type Written,
} from "./linker.ts";
import { rateInUnit } from "./rate-in-unit.ts";
import { leastOverYear } from "./season.ts";
import { lineOf, type WorkloadScope, writtenAt } from "./workload.ts";

type Plan = NonNullable<ScenarioData["savings_plans"]>[number];

/** A meter use that a plan may cover, with its price on demand and under the plan. */
type Eligible = {
  readonly use: MeterUse;
  readonly rate: Rate;
  readonly onDemand: number;
  readonly planPrice: number;
  readonly source: string;
};

export type Covered = {
  /** pricing units a month that plans pay for */
  readonly units: ReadonlyMap<MeterUse, number>;
  readonly lines: readonly LinkedLine[];
};

export type PlanTask = {
  readonly architecture: string;
  readonly linker: Linker;
  readonly catalog: Catalog;
  readonly scenario: Scenario;
  readonly workload: WorkloadScope;
  readonly day: string;
  readonly region: string;
};

/** Discounts that differ by less are equal: 20 % of two prices are not the same number to the bit. */
const SAME_DISCOUNT = 1e-9;

/** pricing units an hour that plans pay for, as instants */
type CoveredHours = Map<MeterUse, number>;

/**
 * Applies the scenario's Savings Plans hour by hour over the load curve: eligible usage with the highest discount first,
 * usage of equal discounts by what it would spend; commitment that an hour does not use is lost. What is covered leaves
 * the tiers.
 * @see https://docs.aws.amazon.com/savingsplans/latest/userguide/sp-applying.html
 */
export function coverByPlans(task: PlanTask, uses: readonly { use: MeterUse; rate: Rate }[]): Covered {
  const covered: CoveredHours = new Map();
  const lines: LinkedLine[] = [];
  const plans = task.scenario.data.savings_plans ?? [];
  plans.forEach((plan, index) => {
    if (plan.architectures !== undefined && !plan.architectures.includes(task.architecture)) return;
    lines.push(...coverByPlan(task, plan, index, uses, covered));
  });
  const units = new Map([...covered].map(([use, hourly]) => [use, monthOf(task.linker, hourly)]));
  return { units, lines };
}

/** A month of what is an hour's. */
function monthOf({ builder, monthSeconds }: Linker, hourly: number): number {
  return builder.op("mul", meanOf(builder, hourly), builder.constant(monthSeconds / 3600));
}

function coverByPlan(
  task: PlanTask,
  plan: Plan,
  index: number,
  uses: readonly { use: MeterUse; rate: Rate }[],
  covered: CoveredHours,
): readonly LinkedLine[] {
  const { linker } = task;
  const { builder } = linker;
  const zero = builder.constant(0);
  const eligible = eligibleUses(task, plan, index, uses).map((found) => {
    const before = covered.get(found.use);
    const hourly = found.use.hourly ?? zero;
    // What earlier plans leave of it in each hour.
    const open = before === undefined ? hourly : builder.op("max", zero, builder.op("sub", hourly, before));
    return { ...found, open, spend: builder.op("mul", open, builder.constant(found.planPrice)) };
  });
  const spendOf = (some: readonly { readonly spend: number }[]): number =>
    sum(
      builder,
      some.map(({ spend }) => spend),
    );
  const commitHour = commitmentOf(task, plan, index, spendOf(eligible));
  if (commitHour === undefined) return [];
  let remaining = commitHour;
  const spent: number[] = [];
  const lines: LinkedLine[] = [];
  for (const group of byDiscount(eligible)) {
    const wanted = spendOf(group);
    const part = coveredShare(builder, remaining, wanted);
    remaining = builder.op("max", zero, builder.op("sub", remaining, wanted));
    for (const each of group) {
      // What a plan gives for nothing takes nothing of the commitment.
      const hourly = each.planPrice === 0 ? each.open : builder.op("mul", each.open, part);
      const line = coveredLine(each, monthOf(linker, hourly), builder);
      const before = covered.get(each.use);
      covered.set(each.use, before === undefined ? hourly : builder.op("add", before, hourly));
      spent.push(line.effective);
      lines.push(line);
    }
  }
  const paid = monthOf(linker, commitHour);
  const unused = builder.op("max", zero, builder.op("sub", paid, sum(builder, spent)));
  return [...lines, unusedLine(task, plan, index, unused)];
}

/** The share of what is wanted that a commitment pays for; 0 where nothing is wanted. */
function coveredShare(builder: GraphBuilder, remaining: number, wanted: number): number {
  const zero = builder.constant(0);
  const share = builder.op("min", builder.constant(1), builder.op("div", remaining, wanted));
  return builder.op("if", builder.op("lt", zero, wanted), share, zero);
}

/** Uses in groups of one discount, in their order. */
function byDiscount<T extends Eligible>(eligible: readonly T[]): readonly (readonly T[])[] {
  const groups: T[][] = [];
  for (const each of eligible) {
    const last = groups.at(-1);
    const same = last?.[0] !== undefined && discountOf(last[0]) - discountOf(each) <= SAME_DISCOUNT;
    if (same) last.push(each);
    else groups.push([each]);
  }
  return groups;
}

function coveredLine(
  { use, rate, onDemand, planPrice, source }: Eligible,
  month: number,
  builder: GraphBuilder,
): LinkedLine {
  const effective = builder.op("mul", month, builder.constant(planPrice));
  const tiers = [{ from: 0, to: Number.POSITIVE_INFINITY, price: String(planPrice), sku: null }];
  return {
    use,
    rate: { ...rate, source, tiers },
    kind: "commitment",
    tier: 0,
    price: builder.constant(onDemand),
    consumed: month,
    quantity: month,
    list: builder.op("mul", month, builder.constant(onDemand)),
    contracted: effective,
    effective,
  };
}

/**
 * USD an hour that a plan commits to, as a node.
 * @param coverable USD an hour, at plan prices, of all that it may cover: an instant
 */
function commitmentOf(task: PlanTask, plan: Plan, index: number, coverable: number): number | undefined {
  const { linker, scenario, workload } = task;
  const { builder } = linker;
  const at = (key: string): readonly (string | number)[] => ["savings_plans", index, key];
  if (plan.commit !== undefined && plan.cover === undefined) {
    const perHour = { text: "USD/h", factor: 1 / 3600, dimension: linker.unit("USD/h")?.dimension ?? MONEY };
    const given = writtenAt(scenario, at("commit"), plan.commit);
    const commit = linker.number(given, workload.scope, perHour, '"commit"');
    if (commit !== undefined) checkRange(linker, commit, given, '"commit"', FROM_0);
    return commit === undefined ? undefined : builder.op("mul", commit.node, builder.constant(3600));
  }
  if (plan.cover === undefined || plan.commit !== undefined) {
    const message = plan.cover === undefined ? "says neither" : "says both";
    const hint = "commit: USD an hour, or cover: a share of the least hour of what the plan may cover";
    const place = scenario.source.place(["savings_plans", index]);
    linker.problems.error("commitment", `a Savings Plan has "commit" or "cover"; this one ${message}`, place, hint);
    return undefined;
  }
  const written = writtenAt(scenario, at("cover"), plan.cover);
  const cover = linker.number(written, workload.scope, NO_UNIT, '"cover"');
  const share = cover === undefined ? undefined : linker.month(cover, written, '"cover"');
  if (share === undefined) return undefined;
  checkRange(linker, share, written, '"cover"', { least: 0, most: 1, words: COVER_RANGE });
  const least = builder.op("neg", builder.op("peak", builder.op("neg", coverable)));
  // What is committed is the same all year.
  return builder.op("mul", share.node, leastOverYear(least, workload.season, linker));
}

function unusedLine(task: PlanTask, plan: Plan, index: number, unused: number): LinkedLine {
  const title = `Savings Plan ${plan.term} ${plan.payment.replace("_", " ")}: unused commitment`;
  const service = customService(title, "idle", "USD");
  const meter = { title, unit: "USD", role: "idle" as const };
  const use: MeterUse = {
    architecture: task.architecture,
    component: `savings-plan-${index + 1}`,
    account: null,
    region: task.region,
    service,
    name: "unused_commitment",
    meter,
    rateService: "aws/savings-plans",
    rateKey: `plan-${index + 1}`,
    planKey: undefined,
    unit: { text: "USD", factor: 1, dimension: MONEY },
    quantity: unused,
    firstTries: unused,
    hourly: undefined,
    formula: `max(0, commitment - covered usage), commitment ${plan.commit ?? `${plan.cover} of the least hour`}`,
    place: task.scenario.source.place(["savings_plans", index]),
    line: lineOf(task.scenario, ["savings_plans", index]),
  };
  const rate: Rate = {
    service: "aws/savings-plans",
    key: `plan-${index + 1}`,
    region: task.region,
    regionOfPrice: task.region,
    unit: "USD",
    // A list price is of what is used: without the plan nobody would pay for this.
    tiers: [{ from: 0, to: Number.POSITIVE_INFINITY, price: "0", sku: null }],
    from: task.day,
    observed: task.day,
    gapDays: 0,
    status: "listed",
    source: "the scenario's commitment",
    retrieved: null,
    note: plan.reason ?? null,
  };
  const nothing = task.linker.builder.constant(0);
  return {
    use,
    rate,
    kind: "commitment",
    tier: 0,
    price: nothing,
    consumed: unused,
    quantity: unused,
    list: nothing,
    contracted: nothing,
    effective: unused,
  };
}

/** Uses the plan covers, highest discount first; a plan whose rate is neither sourced nor stated is a fault. */
function eligibleUses(
  task: PlanTask,
  plan: Plan,
  index: number,
  uses: readonly { use: MeterUse; rate: Rate }[],
): readonly Eligible[] {
  const found = uses.flatMap(({ use, rate }): readonly Eligible[] => {
    const key = use.planKey;
    const tier = rate.tiers[0];
    if (key === undefined || tier === undefined || use.hourly === undefined) return [];
    const onDemand = Number(tier.price);
    // What costs nothing has no discount.
    if (!(onDemand > 0)) return [];
    const stated = statedFor(plan.discounts, use.rateService, key);
    if (stated !== undefined) return statedRate(task, { use, rate, onDemand, index, of: "discounts" }, stated);
    const rateKey = `${plan.plan}/${plan.term}/${plan.payment}/${use.rateService}#${key}`;
    const sourced = task.catalog.rate("aws/savings-plans", rateKey, use.region, task.day);
    if ("tiers" in sourced) {
      const planRate = rateInUnit(sourced, use.unit.text, task, task.scenario.source.place(["savings_plans", index]));
      if (planRate === undefined) return [];
      return [{ use, rate: planRate, onDemand, planPrice: Number(planRate.tiers[0]?.price), source: planRate.source }];
    }
    const assumed = statedFor(plan.assumed_discounts, use.rateService, key);
    if (assumed !== undefined)
      return statedRate(task, { use, rate, onDemand, index, of: "assumed_discounts" }, assumed);
    const message = `no Savings Plans rate is known for ${use.rateService}#${key} in ${use.region} (${plan.term}, ${plan.payment})`;
    const hint = `state it: discounts: { "${use.rateService}": 27% } with a reason`;
    task.linker.problems.error("missing-rate", message, task.scenario.source.place(["savings_plans", index]), hint);
    return [];
  });
  return found.sort((a, b) => discountOf(b) - discountOf(a));
}

function discountOf({ planPrice, onDemand }: Eligible): number {
  return 1 - planPrice / onDemand;
}

type Discount = { readonly key: string; readonly text: string | number };

/** What a plan states for a rate: for the rate itself, else for its service. */
function statedFor(
  discounts: Readonly<Record<string, string | number>> | undefined,
  service: string,
  rate: string,
): Discount | undefined {
  const key = [`${service}#${rate}`, service].find((each) => discounts !== undefined && Object.hasOwn(discounts, each));
  const text = key === undefined ? undefined : discounts?.[key];
  return key === undefined || text === undefined ? undefined : { key, text };
}

type Stated = Pick<Eligible, "use" | "rate" | "onDemand"> & {
  readonly index: number;
  readonly of: "discounts" | "assumed_discounts";
};

/** A price under a plan from a discount that the scenario, or a lever, gives in percent. */
function statedRate(task: PlanTask, { use, rate, onDemand, index, of }: Stated, { key, text }: Discount): Eligible[] {
  const written = writtenAt(task.scenario, ["savings_plans", index, of, key], text);
  const range = { least: 0, below: 1, words: "is from 0 to below 100 %" };
  const share = task.linker.figure(written, task.workload.scope, PERCENT, `the discount of ${key}`, range);
  if (share === undefined) return [];
  const source = `${of === "discounts" ? "stated" : "assumed"}: ${text} off`;
  // A price of its own: that of what is not covered stays what it is.
  const own = {
    service: "aws/savings-plans",
    key: `plan-${index + 1}/${rate.service}#${rate.key}`,
    status: "assumed" as const,
  };
  return [{ use, rate: { ...rate, ...own }, onDemand, planPrice: onDemand * (1 - share), source }];
}

const COVER_RANGE = "is between 0 and 100 %, a share of the least hour of what the plan may cover";

/** Reports a figure that is known and outside its range; what depends on variables is left to them. */
function checkRange(linker: Linker, value: NumberValue, written: Written, what: string, range: Range): void {
  const known = linker.builder.constantValue(value.node);
  if (known === undefined || isWithin(known, range)) return;
  linker.problems.error("out-of-range", `${what} ${range.words}`, written.place());
}

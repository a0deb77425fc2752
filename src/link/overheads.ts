import type { Catalog } from "../catalog/catalog.ts";
import type { Rate } from "../catalog/rate.ts";
import { suggest } from "../diagnostic/suggest.ts";
import type { GraphBuilder } from "../formula/builder.ts";
import type { Unit } from "../formula/unit.ts";
import { MONEY } from "../formula/unit.ts";
import type { Scenario } from "../scenario/read.ts";
import type { OverheadsSpec } from "../scenario/schema.ts";
import { type LinkedLine, sum } from "./lines.ts";
import { FROM_0_TO_100, type Linker, PERCENT } from "./linker.ts";
import { rateInUnit } from "./rate-in-unit.ts";
import { type WorkloadScope, writtenAt } from "./workload.ts";

/** One thing paid on top of a bill: nodes of what it is counted on, of what is there already, and of what it costs. */
export type LinkedOverhead = {
  readonly kind: "support" | "tax";
  readonly title: string;
  /** null: all accounts together */
  readonly account: string | null;
  readonly base: number;
  readonly existing: number;
  readonly cost: number;
  readonly formula: string;
  readonly rate: Rate | undefined;
};

/** What an architecture costs with all that is paid on top: a second total beside the first. */
export type LinkedOverheads = {
  readonly lines: readonly LinkedOverhead[];
  readonly total: number;
};

export type OverheadTask = {
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly linker: Linker;
  readonly workload: WorkloadScope;
  readonly priceDay: string;
};

type SupportPlan = {
  readonly title: string;
  readonly per: string;
  readonly rate: Rate;
  readonly minimum: Rate;
  readonly accounts: readonly string[] | undefined;
};

const USD: Unit = { text: "USD", factor: 1, dimension: MONEY };

/** Links the overheads of one architecture; undefined where the scenario states none, or they are faulty (reported). */
export function linkOverheads(lines: readonly LinkedLine[], task: OverheadTask): LinkedOverheads | undefined {
  const spec = task.scenario.data.overheads;
  if (spec === undefined) return undefined;
  const { builder } = task.linker;
  const plan = spec.support === undefined ? undefined : supportPlan(spec.support, task);
  const support = plan === undefined ? [] : supportLines(plan, lines, task);
  const cost = sum(
    builder,
    lines.map((line) => line.effective),
  );
  const supported = sum(builder, [cost, ...support.map((line) => line.cost)]);
  const tax = spec.tax === undefined ? [] : taxLine(spec.tax, supported, task);
  return { lines: [...support, ...tax], total: sum(builder, [supported, ...tax.map((line) => line.cost)]) };
}

function supportPlan(spec: NonNullable<OverheadsSpec["support"]>, task: OverheadTask): SupportPlan | undefined {
  const { catalog, scenario, linker, priceDay } = task;
  const place = scenario.source.place(["overheads", "support", "plan"]);
  const plans = catalog.table(spec.provider, "support_plans");
  const per = plans?.cell(spec.plan, "per")?.value;
  const title = plans?.cell(spec.plan, "title")?.value;
  if (typeof per !== "string" || typeof title !== "string") {
    const near = suggest(spec.plan, plans?.keys ?? []);
    const hint = near === undefined ? `plans: ${(plans?.keys ?? []).join(", ")}` : `did you mean "${near}"?`;
    linker.problems.error("unknown-plan", `no support plan "${spec.plan}"`, place, hint);
    return undefined;
  }
  const service = `${spec.provider}/support`;
  const rate = catalog.rate(service, spec.plan, "global", priceDay, undefined);
  const minimum = catalog.rate(service, `${spec.plan}/minimum`, "global", priceDay, undefined);
  if ("tiers" in rate && "tiers" in minimum) {
    const share = rateInUnit(rate, "USD", task, place);
    const least = rateInUnit(minimum, "month", task, place);
    if (share === undefined || least === undefined) return undefined;
    return { title, per, rate: share, minimum: least, accounts: spec.accounts };
  }
  const earliest = "tiers" in rate ? undefined : rate.earliest;
  const since = earliest === undefined ? "" : `; the earliest known is of ${earliest}`;
  linker.problems.error("missing-rate", `what "${spec.plan}" costs on ${priceDay} is not known${since}`, place);
  return undefined;
}

/** A line for each account that has the plan, or one for all of them. */
function supportLines(plan: SupportPlan, lines: readonly LinkedLine[], task: OverheadTask): readonly LinkedOverhead[] {
  const { builder } = task.linker;
  const covered = lines.filter(({ use }) => plan.accounts?.includes(use.account ?? "") ?? true);
  const accounts = [...new Set(covered.map(({ use }) => use.account))];
  const groups =
    plan.per === "account"
      ? accounts.map((account) => ({ account, own: covered.filter(({ use }) => use.account === account) }))
      : [{ account: null, own: covered }];
  return groups.map(({ account, own }) => {
    const base = sum(
      builder,
      own.map((line) => grossOf(builder, line)),
    );
    const existing = existingSpend(account, groups.length, task);
    const whole = planCost(builder, plan, builder.op("add", base, existing));
    const cost = builder.op("sub", whole, planCost(builder, plan, existing));
    const formula = `${describe(plan)} of gross charges, at least ${plan.minimum.tiers[0]?.price} USD`;
    const title = `Support, ${plan.title}`;
    return { kind: "support" as const, title, account, base, existing, cost, formula, rate: plan.rate };
  });
}

/** What a support plan is counted on: charges before discounts agreed upon; commitments as they are paid. */
function grossOf(builder: GraphBuilder, line: LinkedLine): number {
  return builder.op("add", line.effective, builder.op("sub", line.list, line.contracted));
}

/** USD a month that the organisation spends already, in an account or in all. */
function existingSpend(account: string | null, groups: number, task: OverheadTask): number {
  const { linker, scenario, workload } = task;
  const nothing = linker.builder.constant(0);
  const spend = scenario.data.existing?.spend;
  if (spend === undefined) return nothing;
  const path = ["existing", "spend"];
  const figure = (text: string | number, at: readonly string[]): number => {
    const written = writtenAt(scenario, at, text);
    const value = linker.number(written, workload.scope, USD, '"spend"');
    const month = value === undefined ? undefined : linker.month(value, written, '"spend"');
    return month?.node ?? nothing;
  };
  if (typeof spend !== "object") {
    if (groups > 1) {
      const hint = "name them: spend: { production: 12000 USD }";
      linker.problems.error("which-account", "the plan is each account's own", scenario.source.place(path), hint);
    }
    return figure(spend, path);
  }
  const own = Object.entries(spend).filter(([name]) => account === null || name === account);
  return sum(
    linker.builder,
    own.map(([name, text]) => figure(text, [...path, name])),
  );
}

/** Cost of a plan at a month's gross charges: graduated bands, at least the minimum; nothing where nothing is charged. */
function planCost(builder: GraphBuilder, { rate, minimum }: SupportPlan, charges: number): number {
  const price = (of: Rate, tier: number, text: string): number =>
    builder.input(`price:${of.service}#${of.key}@${of.region}/${tier}`, Number(text));
  const zero = builder.constant(0);
  const slices = rate.tiers.map((tier, index) => {
    const capped = builder.op("min", charges, builder.constant(tier.to));
    const slice = builder.op("max", zero, builder.op("sub", capped, builder.constant(tier.from)));
    return builder.op("mul", slice, price(rate, index, tier.price));
  });
  const least = sum(
    builder,
    minimum.tiers.map((tier, index) => price(minimum, index, tier.price)),
  );
  const cost = builder.op("max", least, sum(builder, slices));
  return builder.op("if", builder.op("lt", zero, charges), cost, zero);
}

function describe({ rate }: SupportPlan): string {
  const share = (price: string): string => `${Math.round(Number(price) * 1e4) / 100} %`;
  return rate.tiers
    .map(({ to, price }) => (to === Number.POSITIVE_INFINITY ? share(price) : `${share(price)} to ${to} USD`))
    .join(", ");
}

function taxLine(
  spec: NonNullable<OverheadsSpec["tax"]>,
  base: number,
  { linker, scenario, workload }: OverheadTask,
): readonly LinkedOverhead[] {
  const { builder } = linker;
  const written = writtenAt(scenario, ["overheads", "tax", "percent"], spec.percent);
  const share = linker.figure(written, workload.scope, PERCENT, '"percent"', FROM_0_TO_100);
  if (share === undefined) return [];
  const cost = builder.op("mul", base, builder.constant(share));
  const existing = builder.constant(0);
  const formula = `${Number((share * 100).toPrecision(12))} % of cost and support`;
  return [{ kind: "tax", title: spec.title, account: null, base, existing, cost, formula, rate: undefined }];
}

import type { MissingRate } from "../catalog/catalog.ts";
import type { Rate } from "../catalog/rate.ts";
import { allowanceOf, type Counted, freeTierOf, takeAllowances } from "./allowance.ts";
import type { BillTask } from "./bill-task.ts";
import type { LinkedComponent, MeterUse } from "./component-task.ts";
import { type ExistingUsage, existingUsage, rateName, usedOf } from "./existing-usage.ts";
import { type LinkedLine, type Member, poolLines, shareOf, sum, triesOf } from "./lines.ts";
import { FROM_0_TO_100, type Linker, PERCENT } from "./linker.ts";
import { rateInUnit } from "./rate-in-unit.ts";
import { coverByPlans } from "./savings-plan.ts";
import { matchesService, unknownService } from "./service-pattern.ts";
import { writtenAt } from "./workload.ts";

type Priced = { readonly use: MeterUse; readonly rate: Rate };

/** The line items of an architecture, and what free allowances could still take off them. */
export type Bill = {
  readonly lines: readonly LinkedLine[];
  /** node, made when it is first wanted: USD a month of the allowances that every payer has and the scenario does not mention */
  readonly uncounted: () => number;
};

/** From what is used to line items: prices, committed usage, free allowances, pooled tiers, discounts. */
export function billOf(architecture: string, components: readonly LinkedComponent[], task: BillTask): Bill {
  const { linker, scenario } = task;
  const { builder } = linker;
  const priced = components.flatMap((component) => component.meters.flatMap((use) => priceOf(use, task)));
  const covered = coverByPlans({ ...task, architecture, day: task.priceDay, region: scenario.data.region }, priced);
  const members = priced.flatMap((item) => membersOf(item, covered.units.get(item.use), linker));
  const usage = existingUsage(task);
  const discountOf = discounts(task);
  const linesOf = (counted: Counted): readonly LinkedLine[] => {
    const pools = new Map<string, Member[]>();
    for (const member of takeAllowances(members, counted, usage, task)) {
      const key = poolKey(member);
      const pool = pools.get(key) ?? [];
      differingUnits(pool[0], member, linker);
      pools.set(key, [...pool, member]);
    }
    return [...pools.values()].flatMap((pool) =>
      poolLines(builder, pool, usedElsewhere(pool, usage, task), discountOf),
    );
  };
  const { counted, unsaid } = freeTierOf(task);
  const lines = linesOf(counted);
  const order = new Map(priced.map((item, index) => [item.use, index]));
  const rank = (line: LinkedLine): number => order.get(line.use) ?? priced.length;
  const costOf = (bill: readonly LinkedLine[]): number =>
    sum(
      builder,
      bill.map((line) => line.effective),
    );
  const openAllowances = (): number => {
    const isOpen = ({ use }: Member): boolean => {
      const named = allowanceOf(use, task);
      return named !== undefined && unsaid(named.home, named.allowance);
    };
    if (!members.some(isOpen)) return builder.constant(0);
    const most = linesOf((service, allowance) => counted(service, allowance) || unsaid(service, allowance));
    return builder.op("sub", costOf(lines), costOf(most));
  };
  let uncounted: number | undefined;
  return {
    uncounted: () => (uncounted ??= openAllowances()),
    lines: [...[...lines].sort((a, b) => rank(a) - rank(b)), ...covered.lines],
  };
}

function priceOf(use: MeterUse, task: BillTask): readonly Priced[] {
  const assume = task.scenario.data.assume_prices_from?.[use.region];
  const rate = task.catalog.rate(use.rateService, use.rateKey, use.region, task.priceDay, assume);
  if ("tiers" in rate) {
    const inUnit = rateInUnit(rate, use.unit.text, task, use.place);
    return inUnit === undefined ? [] : [{ use, rate: inUnit }];
  }
  // A region that nobody knows has been reported: no price of it could be stated.
  const known = Object.keys(task.catalog.regions(use.rateService.split("/")[0] ?? ""));
  if (known.length > 0 && !known.includes(use.region)) return [];
  if (task.catalog.isRefused(`${use.rateService}/rates/${use.region}`)) return [];
  task.linker.problems.error("missing-rate", missingMessage(rate), use.place, missingHint(rate, use));
  return [];
}

/** Tiers are shared by quantities of one unit: a meter that borrows a rate is in the unit of the others. */
function differingUnits(first: Member | undefined, member: Member, linker: Linker): void {
  const { use, rate } = member;
  if (first === undefined || first.use.unit.text === use.unit.text) return;
  const message = `${first.use.service.id}: "${first.use.name}" in ${first.use.unit.text} and ${use.service.id}: "${use.name}" in ${use.unit.text} share the tiers of ${rate.service}#${rate.key}`;
  linker.problems.error("rate-unit", message, use.place, "meters that share tiers have one unit");
}

function missingMessage(missing: MissingRate): string {
  const { service, key, region, day, gap, earliest } = missing;
  const what = `no price is known for ${service}#${key} in ${region} on ${day}`;
  if (gap !== undefined) return `${what} (${gap.status === "not_offered" ? "not offered" : "unknown"}: ${gap.reason})`;
  return earliest === undefined ? what : `${what}; the earliest known there is of ${earliest}`;
}

function missingHint(missing: MissingRate, use: MeterUse): string {
  if (missing.earliest !== undefined) return `use the earliest known: as_of: { prices: ${missing.earliest} }`;
  const near = nearest(missing.region, missing.regions);
  if (near === undefined) return `a price can be given in a folder of your own: catalog: ./prices, or --pricing DIR`;
  return `known in ${near}; to take it from there write: assume_prices_from: {${use.region}: ${near}}`;
}

/** The region whose name shares the longest beginning: eu-central-1 before us-east-1 for eu-west-1. */
function nearest(region: string, known: readonly string[]): string | undefined {
  const shared = (other: string): number => [...region].findIndex((letter, i) => other[i] !== letter);
  const score = (other: string): number => (shared(other) === -1 ? region.length : shared(other));
  return [...known].sort((a, b) => score(b) - score(a) || Number(b === "us-east-1") - Number(a === "us-east-1"))[0];
}

function membersOf(item: Priced, covered: number | undefined, linker: Linker): readonly Member[] {
  const { builder } = linker;
  const { use, rate } = item;
  return triesOf(builder, use).map(({ kind, quantity }) => {
    if (covered === undefined) return { use, rate, kind, consumed: quantity, paid: quantity, net: quantity };
    const left = builder.op("max", builder.constant(0), builder.op("sub", use.quantity, covered));
    const paid = quantity === use.quantity ? left : shareOf(builder, left, quantity, use.quantity);
    return { use, rate, kind, consumed: paid, paid, net: paid };
  });
}

function poolKey(member: Member): string {
  const { use, rate } = member;
  const base = `${rate.service}#${rate.key}`;
  switch (use.meter.pool) {
    case "component":
      return `${base}@${use.region}/${use.component}`;
    case "payer-global":
      return `${base}@global`;
    default:
      return `${base}@${use.region}`;
  }
}

/** What the organisation already uses of a pool's tiers, as a node, in pricing units a month. */
function usedElsewhere(pool: readonly Member[], usage: readonly ExistingUsage[], task: BillTask): number {
  const { builder } = task.linker;
  const rates = new Set(pool.map(({ use }) => rateName(use)));
  const used = usedOf(usage, builder, (entry) => rates.has(rateName(entry)));
  const factor = builder.constant(pool[0]?.use.unit.factor ?? 1);
  return used === undefined ? builder.constant(0) : builder.op("div", used, factor);
}

/** The share off the list price by service; several discounts on one service multiply. */
function discounts(task: BillTask): (use: MeterUse) => number {
  const rules = (task.scenario.data.discounts ?? []).flatMap((rule, index) => {
    const written = writtenAt(task.scenario, ["discounts", index, "percent"], rule.percent);
    const share = task.linker.figure(written, task.workload.scope, PERCENT, '"percent"', FROM_0_TO_100);
    for (const [at, service] of rule.services.entries())
      unknownService(service, ["discounts", index, "services", at], task);
    // What cannot be read is reported: nothing is billed of it.
    return share === undefined ? [] : [{ services: rule.services, share }];
  });
  return (use) =>
    1 -
    rules
      .filter((rule) => rule.services.some((pattern) => matchesService(pattern, use.service.id)))
      .reduce((left, rule) => left * (1 - rule.share), 1);
}

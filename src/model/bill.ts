import type { Catalog, LoadedService, MissingRate } from "../catalog/catalog.ts";
import { nearService } from "../catalog/near-service.ts";
import type { Rate } from "../catalog/rate.ts";
import type { Scenario } from "../scenario/read.ts";
import type { LinkedComponent, MeterUse } from "./component-task.ts";
import { afterAllowance, type LineNodes, type Member, poolLines, triesOf } from "./lines.ts";
import type { Linker } from "./linker.ts";
import { coverByPlans } from "./savings-plan.ts";
import { type WorkloadScope, writtenAt } from "./workload.ts";

export type BillTask = {
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly linker: Linker;
  readonly workload: WorkloadScope;
  readonly priceDay: string;
};

type Priced = { readonly use: MeterUse; readonly rate: Rate };

/** From what is used to line items: prices, committed usage, free allowances, pooled tiers, discounts. */
export function billOf(
  architecture: string,
  components: readonly LinkedComponent[],
  task: BillTask,
): readonly LineNodes[] {
  const { linker, scenario } = task;
  const priced = components.flatMap((component) => component.meters.flatMap((use) => priceOf(use, task)));
  const covered = coverByPlans({ ...task, architecture, day: task.priceDay, region: scenario.data.region }, priced);
  const members = priced.flatMap((item) => membersOf(item, covered.units.get(item.use), linker));
  const charged = takeAllowances(members, task);
  const pools = new Map<string, Member[]>();
  for (const member of charged) {
    const key = poolKey(member);
    pools.set(key, [...(pools.get(key) ?? []), member]);
  }
  const discountOf = discounts(task);
  const lines = [...pools.values()].flatMap((pool) =>
    poolLines(linker.builder, pool, usedElsewhere(pool, task), discountOf),
  );
  const order = new Map(priced.map((item, index) => [item.use, index]));
  const rank = (line: LineNodes): number => order.get(line.use) ?? priced.length;
  return [...lines.sort((a, b) => rank(a) - rank(b)), ...covered.lines];
}

function priceOf(use: MeterUse, task: BillTask): readonly Priced[] {
  const assume = task.scenario.data.assume_prices_from?.[use.region];
  const rate = task.catalog.rate(use.rateService, use.rateKey, use.region, task.priceDay, assume);
  if ("tiers" in rate) return [{ use, rate }];
  // A region that nobody knows has been told: no price of it could be stated.
  const known = Object.keys(task.catalog.regions(use.rateService.split("/")[0] ?? ""));
  if (known.length > 0 && !known.includes(use.region)) return [];
  task.linker.problems.error("missing-rate", missingMessage(rate), use.place, missingHint(rate, use));
  return [];
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
    if (covered === undefined) return { use, rate, kind, consumed: quantity, paid: quantity };
    const left = builder.op("max", builder.constant(0), builder.op("sub", use.quantity, covered));
    const share = builder.op("div", quantity, use.quantity);
    const paid = quantity === use.quantity ? left : builder.op("mul", left, share);
    return { use, rate, kind, consumed: paid, paid };
  });
}

/** Free allowances, where the organisation has not used them elsewhere. */
function takeAllowances(members: readonly Member[], task: BillTask): readonly Member[] {
  if (task.scenario.data.existing?.free_tier !== "unused") return members;
  const { builder } = task.linker;
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const name = member.use.meter.free;
    if (name === undefined) continue;
    const scope = member.use.service.data.free[name]?.scope;
    // Two services that sell one rate (a table on demand and a provisioned one) share its allowance.
    const key = `${member.use.rateService}#${name}@${scope === "payer" ? member.use.region : "global"}`;
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  const left = new Map<Member, number>();
  for (const group of groups.values()) {
    const amount = allowanceOf(group, task);
    if (amount === undefined) continue;
    const paid = afterAllowance(
      builder,
      group.map((member) => member.paid),
      amount,
    );
    group.forEach((member, index) => {
      const node = paid[index];
      if (node !== undefined) left.set(member, node);
    });
  }
  return members.map((member) => ({ ...member, paid: left.get(member) ?? member.paid }));
}

/** The allowance in the pricing units of the group's meters. */
function allowanceOf(group: readonly Member[], task: BillTask): number | undefined {
  const first = group[0];
  const name = first?.use.meter.free;
  const allowance = name === undefined ? undefined : first?.use.service.data.free[name];
  if (first === undefined || name === undefined || allowance === undefined) return undefined;
  const { linker } = task;
  const { service, unit } = first.use;
  const written = {
    text: allowance.amount,
    place: () => service.place(["free", name, "amount"], String(allowance.amount)),
  };
  const own = linker.unit(allowance.unit);
  const value =
    own === undefined ? undefined : linker.number(written, task.workload.scope, own, `free allowance "${name}"`);
  const constant = value === undefined ? undefined : linker.builder.constantValue(value.node);
  return constant === undefined ? undefined : constant / unit.factor;
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

/** What the organisation already uses of a pool's tiers, in pricing units a month. */
function usedElsewhere(pool: readonly Member[], task: BillTask): number {
  const usage = task.scenario.data.existing?.usage;
  if (usage === undefined) return 0;
  const counted = new Map<string, number>();
  for (const { use } of pool) {
    const text = usage[use.service.id]?.[use.name];
    if (text === undefined) continue;
    const written = writtenAt(task.scenario, ["existing", "usage", use.service.id, use.name], text);
    const value = task.linker.number(written, task.workload.scope, use.unit, `existing usage of "${use.name}"`);
    const constant = value === undefined ? undefined : task.linker.builder.constantValue(value.node);
    if (constant !== undefined) counted.set(`${use.service.id}#${use.name}`, constant / use.unit.factor);
  }
  return [...counted.values()].reduce((total, amount) => total + amount, 0);
}

/** The share off the list price by service; several discounts on one service multiply. */
function discounts(task: BillTask): (use: MeterUse) => number {
  const rules = (task.scenario.data.discounts ?? []).map((rule, index) => {
    const share = Number(String(rule.percent).replace(/\s*%$/, "")) / 100;
    if (!(share >= 0 && share <= 1)) {
      const place = task.scenario.source.place(["discounts", index, "percent"]);
      task.linker.problems.error("out-of-range", '"percent" is between 0 and 100', place);
    }
    unknownServices(rule.services, index, task);
    return { services: rule.services, share };
  });
  const matches = (pattern: string, service: LoadedService): boolean =>
    pattern === service.id || (pattern.endsWith("/*") && service.id.startsWith(pattern.slice(0, -1)));
  return (use) =>
    1 -
    rules
      .filter((rule) => rule.services.some((s) => matches(s, use.service)))
      .reduce((left, rule) => left * (1 - rule.share), 1);
}

function unknownServices(services: readonly string[], index: number, task: BillTask): void {
  services.forEach((service, at) => {
    if (service.endsWith("/*") || task.catalog.service(service) !== undefined) return;
    const place = task.scenario.source.place(["discounts", index, "services", at]);
    const hint = nearService(service, task.catalog.serviceIds());
    task.linker.problems.error("unknown-service", `no service "${service}"`, place, hint);
  });
}

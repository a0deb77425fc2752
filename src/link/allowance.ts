// Free allowances of a payer: which are counted, and what they leave to pay.
import type { LoadedService } from "../catalog/catalog.ts";
import type { Service } from "../catalog/schema.ts";
import type { BillTask } from "./bill-task.ts";
import type { MeterUse } from "./component-task.ts";
import { type ExistingUsage, usedOf } from "./existing-usage.ts";
import { afterAllowance, type Member } from "./lines.ts";
import { matchesService, unknownService } from "./service-pattern.ts";

type Allowance = Service["free"][string];
type Named = { readonly home: LoadedService; readonly name: string; readonly allowance: Allowance };
/** Whether an allowance of a service is taken off. */
export type Counted = (service: LoadedService, allowance: Allowance) => boolean;

const isAlways = ({ expires = "never" }: Allowance): boolean => expires === "never";

/** The allowance of a meter, its own service's or that of the service whose price it pays. */
export function allowanceOf(
  { service, meter }: Pick<MeterUse, "service" | "meter">,
  task: BillTask,
): Named | undefined {
  const { free } = meter;
  if (free === undefined) return undefined;
  const [id = "", name] = free.includes("#") ? free.split("#") : [service.id, free];
  const home = id === service.id ? service : task.catalog.service(id);
  const allowance = name === undefined ? undefined : home?.data.free[name];
  return home === undefined || name === undefined || allowance === undefined ? undefined : { home, name, allowance };
}

/** The allowances that the scenario counts, and those of which it says nothing. */
export function freeTierOf(task: BillTask): { readonly counted: Counted; readonly unsaid: Counted } {
  const said = task.scenario.data.existing?.free_tier;
  const none: Counted = () => false;
  if (said === undefined) return { counted: none, unsaid: (_, allowance) => isAlways(allowance) };
  if (typeof said === "string") {
    const all = said === "always" || said === "unused";
    return { counted: all ? (_, allowance) => isAlways(allowance) : none, unsaid: none };
  }
  for (const pattern of Object.keys(said)) unknownService(pattern, ["existing", "free_tier", pattern], task, "key");
  // A service by its name goes before its provider's.
  const wordOf = ({ id }: LoadedService): string | undefined =>
    said[id] ?? Object.entries(said).find(([pattern]) => matchesService(pattern, id))?.[1];
  return {
    counted: (service, allowance) => isAlways(allowance) && wordOf(service) === "always",
    unsaid: (service, allowance) => isAlways(allowance) && wordOf(service) === undefined,
  };
}

/** What is left to pay of each member once the allowances that count are taken off, where none has used them up. */
export function takeAllowances(
  members: readonly Member[],
  counted: Counted,
  usage: readonly ExistingUsage[],
  task: BillTask,
): readonly Member[] {
  const groups = new Map<string, { readonly named: Named; readonly members: Member[] }>();
  for (const member of members) {
    const named = allowanceOf(member.use, task);
    if (named === undefined || !counted(named.home, named.allowance)) continue;
    const place = named.allowance.scope === "payer" ? member.use.region : "global";
    const key = `${named.home.id}#${named.name}@${place}`;
    const group = groups.get(key) ?? { named, members: [] };
    groups.set(key, group);
    group.members.push(member);
  }
  const left = new Map<Member, number>();
  for (const group of groups.values()) {
    const { builder } = task.linker;
    const paid = group.members.map((member) => member.paid);
    const factor = group.members[0]?.use.unit.factor ?? 1;
    const allowance = builder.op("div", leftOf(group.named, usage, task), builder.constant(factor));
    const net = afterAllowance(builder, paid, allowance);
    group.members.forEach((member, index) => {
      left.set(member, net[index] ?? member.net);
    });
  }
  return members.map((member) => ({ ...member, net: left.get(member) ?? member.net }));
}

/** What the organisation has not used of an allowance, in base units a month; every meter that draws on it counts. */
function leftOf({ home, name, allowance }: Named, usage: readonly ExistingUsage[], task: BillTask): number {
  const { linker, workload } = task;
  const { builder } = linker;
  const written = {
    text: allowance.amount,
    place: () => home.place(["free", name, "amount"], String(allowance.amount)),
  };
  const own = linker.unit(allowance.unit);
  const value = own === undefined ? undefined : linker.number(written, workload.scope, own, `free allowance "${name}"`);
  const used = usedOf(usage, builder, (entry) => {
    const its = allowanceOf(entry, task);
    return its?.home.id === home.id && its.name === name;
  });
  const amount = value?.node ?? builder.constant(0);
  return used === undefined ? amount : builder.op("max", builder.constant(0), builder.op("sub", amount, used));
}

// What every format for people says in the same words. Nothing is computed here beyond choosing and ordering.

import { money, percent, quantity } from "../result/number.ts";
import { isMissed } from "../result/objective-words.ts";
import type { ArchitectureResult, LineItem, PriceStatus, Result } from "../result/schema.ts";

const RELATIVE_TOLERANCE = 1e-9;
const ARROW = "→";
const MARKS: Readonly<Record<PriceStatus, string>> = {
  listed: "",
  stated: "",
  assumed: "*",
  carried: "~",
  remembered: "?",
};
const MARK_WORDS: Readonly<Record<PriceStatus, string>> = {
  listed: "",
  stated: "",
  assumed: "* assumed price",
  carried: "~ price carried past the day it was last seen",
  remembered: "? price from memory",
};
const STATUS_WORDS: Readonly<Record<string, string>> = {
  listed: "listed prices",
  stated: "prices stated in the scenario",
  assumed: "assumed prices",
  carried: "carried prices",
  remembered: "remembered prices",
};

/** Largest cost first; what costs nothing is kept apart. Discounts (negative) come last. */
export function orderedLines(items: readonly LineItem[]): { priced: LineItem[]; free: LineItem[] } {
  const priced = items.filter((item) => item.EffectiveCost !== 0);
  priced.sort((a, b) => b.EffectiveCost - a.EffectiveCost);
  return { priced, free: items.filter((item) => item.EffectiveCost === 0) };
}

/** `component.meter`, the address that `explain` takes, with the tier's lower edge and what kind of line it is. */
export function lineName(item: LineItem): string {
  const tier = item.x_TierFrom > 0 ? ` ≥${quantity(item.x_TierFrom)}` : "";
  const kind = item.x_Kind === "usage" || item.x_Kind === "stated" ? "" : ` (${item.x_Kind})`;
  return `${item.x_Component}.${item.x_Meter}${tier}${kind}`;
}

/** A pricing unit as people write it: `GB*s` is GB-s. */
export function unitWords(unit: string): string {
  return unit.replaceAll("*", "-");
}

/** The unit price that explains the cost, and the sign between them: an arrow where commitments changed the product. */
export function priceOf(item: LineItem): { price: number; sign: string } {
  if (near(item.EffectiveCost, item.ListCost)) return { price: item.ListUnitPrice, sign: "=" };
  if (near(item.EffectiveCost, item.ContractedCost)) return { price: item.ContractedUnitPrice, sign: "=" };
  return { price: item.ListUnitPrice, sign: ARROW };
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

/** The sign that a price of this status carries; the legend explains it. */
export function markOf(item: LineItem): string {
  return MARKS[item.x_PriceStatus];
}

/** Explains the signs that these lines use, or null when they use none. */
export function legend(items: readonly LineItem[]): string | null {
  const used = new Set(items.map((item) => MARK_WORDS[item.x_PriceStatus]).filter((words) => words !== ""));
  if (items.some((item) => priceOf(item).sign === ARROW)) used.add(`${ARROW} after commitments`);
  return used.size === 0 ? null : [...used].sort().join(", ");
}

/** Roles that cost something, largest first. */
function orderedRoles({ roles }: ArchitectureResult): [string, ArchitectureResult["roles"][string]][] {
  return Object.entries(roles)
    .filter(([, role]) => role.month !== 0)
    .sort(([, a], [, b]) => b.month - a.month);
}

/** What the money is for: first the share that only moves work and data around, then each role. */
function roleSentence(architecture: ArchitectureResult): string {
  const split = orderedRoles(architecture);
  const moving = split.filter(([name]) => name === "coordination" || name === "data-passing");
  const share = moving.reduce((sum, [, role]) => sum + role.share, 0);
  const list = split.map(([name, role]) => `${roleName(name)} ${percent(role.share)}`).join(", ");
  if (moving.length === 0) return `Pays for ${list}`;
  const first = `${percent(share)} pays for ${moving.map(([name]) => roleName(name)).join(" and ")}`;
  return moving.length === 1 && split.length === 1 ? first : `${first} (${list})`;
}

/** The name of a role in words. */
export function roleName(name: string): string {
  return name.replaceAll("-", " ");
}

/** What the prices rest on, or null when all are listed. */
function statusSentence({ status_share: shares }: ArchitectureResult): string | null {
  const split = Object.entries(shares)
    .filter(([, share]) => share !== 0)
    .sort(([, a], [, b]) => b - a);
  if (split.every(([status]) => status === "listed")) return null;
  const list = split.map(([status, share]) => `${percent(share)} on ${STATUS_WORDS[status] ?? status}`);
  return `Rests ${list.join(", ")}`;
}

/** Why an architecture cannot serve the load; empty when it can. */
export function obstacles({ disqualified }: ArchitectureResult): string[] {
  return disqualified.map((reason) => (isMissed(reason) ? `Ruled out: ${reason}` : `Cannot serve the load: ${reason}`));
}

function costNotes({ cost }: ArchitectureResult): string[] {
  const notes: string[] = [];
  if (!near(cost.list_month, cost.month))
    notes.push(`${money(cost.list_month)} a month before discounts and commitments`);
  if (cost.month_1 !== undefined && cost.month_12 !== undefined) {
    const end = cost.settled === undefined ? "" : `, ${money(cost.settled)} once as much is deleted as is added`;
    const what = cost.settled === undefined ? "Data is kept for ever" : "Stores fill from empty";
    const grows = `${what}: ${money(cost.month_1)} in month 1, ${money(cost.month_12)} in month 12${end}`;
    notes.push(`${grows}; the figure above is the mean of the first twelve months`);
  }
  if (cost.months !== undefined) {
    const [least, most] = [Math.min(...cost.months), Math.max(...cost.months)];
    const range = near(least, most) ? "" : `Months cost from ${money(least)} to ${money(most)}: `;
    if (range !== "") notes.push(`${range}a month above is the mean of twelve, a year their sum, ${money(cost.year)}`);
  }
  return notes;
}

/** Estimate against the bill of one component, split into quantity and price where the scenario gives the quantity. */
function variances({ components }: ArchitectureResult): string[] {
  return Object.entries(components).flatMap(([name, { actual }]) => {
    if (actual === undefined) return [];
    const { month, source, estimate, quantity_variance: byQuantity, price_variance: byPrice } = actual;
    const figures = `estimate ${money(estimate)}, actual ${money(actual.actual)}, variance ${money(actual.variance)}`;
    const split = byQuantity === null ? "" : ` (quantity ${money(byQuantity)}, price ${money(byPrice)})`;
    return [`${name} in ${month}: ${figures}${split}, from ${source}`];
  });
}

/** What is said under an architecture's line items: its total's particulars, roles, price statuses, free lines, variances. */
export function remarks(architecture: ArchitectureResult): string[] {
  const { priced, free } = orderedLines(architecture.line_items);
  const statuses = statusSentence(architecture);
  return [
    ...costNotes(architecture),
    ...(priced.length === 0 ? [] : [roleSentence(architecture)]),
    ...(statuses === null ? [] : [statuses]),
    ...(free.length === 0 ? [] : [`At no cost: ${free.map(lineName).join(", ")}`]),
    ...variances(architecture),
  ];
}

/** The same text about several architectures, reported once. */
export type Shared = { readonly architectures: readonly string[]; readonly text: string };

function shared(result: Result, texts: (architecture: ArchitectureResult) => readonly string[]): Shared[] {
  const by = new Map<string, string[]>();
  for (const [name, architecture] of Object.entries(result.architectures)) {
    for (const text of texts(architecture)) by.set(text, [...(by.get(text) ?? []), name]);
  }
  return [...by].map(([text, architectures]) => ({ architectures, text }));
}

/** Notices of the services in use. */
export function notices(result: Result): Shared[] {
  return shared(result, (architecture) => architecture.notices);
}

/** What each architecture leaves out, with the reason; every architecture is named. */
export function notCounted(result: Result): Shared[] {
  return shared(result, ({ not_counted: list }) => {
    if (list.length === 0) return ["nothing that its services usually bring along"];
    return [list.map(({ what, reason }) => `${what} (${reason ?? "no reason given"})`).join("; ")];
  });
}

/** What is left out, without the reasons, in one line. */
export function notCountedNames(result: Result): string {
  const names = shared(result, ({ not_counted: list }) => [list.map(({ what }) => what).join(", ") || "nothing known"]);
  return names.map(({ architectures, text }) => `${text} (${architectures.join(", ")})`).join("; ");
}

/** How busy the workload is: driver and units of work. */
export function workloadWords({ workload }: Result): string {
  const load = workload.load === 1 ? "" : ` at ${percent(workload.load)} of the load`;
  const driver = `${workload.driver} ${quantity(workload.driver_value)}${load}`;
  return `${driver}, ${workload.unit} ${quantity(workload.work_month)} a month`;
}

/** Where the figures hold: the scenario's region and those of components that run elsewhere. */
export function regionsWords({ scenario, architectures }: Result): string {
  const own = Object.values(architectures).flatMap(({ components }) => Object.values(components));
  const regions = [...new Set([scenario.region, ...own.map(({ region }) => region)])];
  const used = regions.filter((region) => own.length === 0 || own.some((component) => component.region === region));
  return used.join(" and ");
}

/** On what day's prices and settings the figures rest. */
export function basisWords(result: Result): string {
  const { scenario } = result;
  const services = scenario.free_tier_services?.join(", ") ?? "";
  const tier = scenario.free_tier ? `free tier taken off${services && ` for ${services}`}` : "free tier not taken off";
  const month = `month of ${quantity(scenario.month_hours)} h`;
  return `Prices of ${scenario.as_of.prices} in ${regionsWords(result)}, ${month}, ${tier}, price book ${scenario.price_book}`;
}

/** The command that explains a figure, for the dearest line of `current` or else of the cheapest architecture. */
export function explainCommand(result: Result, file = result.scenario.file): string {
  const name = result.current ?? result.comparison.cheapest;
  const dearest = orderedLines(result.architectures[name]?.line_items ?? []).priced[0];
  const address = dearest === undefined ? name : `${name}.${dearest.x_Component}`;
  const word = /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
  return `archcost explain ${word} ${address}`;
}

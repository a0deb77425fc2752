// What stands beside the cost: environments by themselves, and the second total with support, tax and currency.
import { figure, money, percent } from "../result/number.ts";
import type { Overheads } from "../result/overhead-schema.ts";
import type { ArchitectureResult, LineItem, Result } from "../result/schema.ts";
import { orderedLines } from "./wording.ts";

export type BesideTable = {
  readonly title: string;
  readonly caption: string;
  /** the first column is words, the rest figures */
  readonly heading: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly BesideCell[] }[];
  readonly sentences: readonly string[];
};
type BesideCell = { readonly text: string; readonly value: number | null };

/** Line items that belong together, with a heading where there is more than one such group. */
export type LineGroup = {
  readonly title: string | null;
  readonly month: number;
  readonly priced: readonly LineItem[];
  readonly free: readonly LineItem[];
};

/** The lines of an architecture by environment, those of none last; one group without title where there are none. */
export function lineGroups({ environments, line_items: items }: ArchitectureResult): readonly LineGroup[] {
  const groupOf = (title: string | null, own: readonly LineItem[]): LineGroup => {
    const month = own.reduce((sum, line) => sum + line.EffectiveCost, 0);
    return { title, month, ...orderedLines(own) };
  };
  if (environments === undefined) return [groupOf(null, items)];
  const groups = Object.keys(environments).map((name) =>
    groupOf(
      name,
      items.filter((line) => line.x_Environment === name),
    ),
  );
  const others = items.filter((line) => line.x_Environment === undefined);
  return others.length === 0 ? groups : [...groups, groupOf("all environments", others)];
}

/** Environments side by side, and the second total. Empty where the scenario states neither. */
export function besideTables(result: Result): readonly BesideTable[] {
  return [...environmentTable(result), ...overheadTable(result)];
}

function environmentTable({ architectures }: Result): readonly BesideTable[] {
  const known = Object.entries(architectures).flatMap(([name, { environments, cost }]) =>
    environments === undefined ? [] : [{ name, environments, cost }],
  );
  const first = known[0];
  if (first === undefined) return [];
  const names = Object.keys(first.environments);
  const rows = known.map(({ name, environments, cost }) => ({
    name,
    cells: [...names.map((each) => environments[each]?.month ?? null), cost.month].map((x) => ({
      text: money(x),
      value: x,
    })),
  }));
  const sentences = Object.entries(first.environments).map(([name, { load, schedule, accounts, regions }]) => {
    const hours = schedule === null ? "" : `, switched on ${schedule}`;
    const where = accounts.length === 0 ? "" : `, in account ${accounts.join(" and ")}`;
    const region = regions === undefined ? "" : `, in ${regions.join(" and ")}`;
    return `${name}: ${percent(load)} of the load${hours}${region}${where}`;
  });
  return [
    {
      title: "Environments",
      caption: "US dollars a month",
      heading: ["", ...names, "a month"],
      rows,
      sentences,
    },
  ];
}

function overheadTable({ architectures }: Result): readonly BesideTable[] {
  const known = Object.entries(architectures).flatMap(([name, { overheads, cost }]) =>
    overheads === undefined ? [] : [{ name, overheads, cost }],
  );
  const first = known[0]?.overheads;
  if (first === undefined) return [];
  const titles = [...new Set(known.flatMap(({ overheads }) => overheads.lines.map(({ title }) => title)))];
  const { currency } = first;
  const rows = known.map(({ name, overheads, cost }) => ({
    name,
    cells: [
      ...[cost.month, ...titles.map((title) => sumOf(overheads, title)), overheads.month].map((x) => ({
        text: money(x),
        value: x,
      })),
      ...(currency === null
        ? []
        : [{ text: figure(overheads.currency?.month ?? null), value: overheads.currency?.month ?? null }]),
    ],
  }));
  return [
    {
      title: "With overheads",
      caption: "A second total beside the cost, a month",
      heading: ["", "cost", ...titles, "with all", ...(currency === null ? [] : [currency.code])],
      rows,
      sentences: overheadSentences(known),
    },
  ];
}

function sumOf({ lines }: Overheads, title: string): number {
  return lines.filter((line) => line.title === title).reduce((sum, { cost }) => sum + cost, 0);
}

function overheadSentences(known: readonly { readonly name: string; readonly overheads: Overheads }[]): string[] {
  const notes = new Set<string>();
  for (const { name, overheads } of known) {
    for (const { title, formula, source, note, price_status: status } of overheads.lines) {
      const from = source === null ? "" : ` (${source}, ${status}${note === null ? "" : `: ${note}`})`;
      notes.add(`${title}: ${formula}${from}`);
    }
    for (const { account, title, base, existing, cost } of overheads.lines) {
      if (account === null && existing === 0) continue;
      const where = account === null ? "" : `, account ${account}`;
      const above = existing === 0 ? "" : ` above ${money(existing)} that are spent already`;
      notes.add(`${name}${where}: ${title} ${money(cost)} on ${money(base)}${above}`);
    }
  }
  const currency = known[0]?.overheads.currency ?? null;
  if (currency !== null) {
    notes.add(
      `1 USD is ${figure(currency.rate)} ${currency.code}, as stated for ${currency.date} (${currency.source})`,
    );
  }
  return [...notes];
}

// Names of what stands beside the cost of an architecture: environments, accounts, and the second total with overheads.
import { type Dimension, MONEY, PLAIN } from "../formula/unit.ts";
import type { StoredResult } from "../result/stored.ts";
import { wordFor } from "./budget.ts";
import type { Figure } from "./figure.ts";

type Architecture = StoredResult["architectures"][string];
type Add = (name: string, figure: Figure) => void;

/**
 * `environments.NAME.month`, `.share` and `.roles.NAME.month`; `accounts.NAME.month` and `.share`; `overheads.month` and
 * `.year` (USD, support and tax included), `.support.month`, `.tax.month`, and `.currency.month`, `.currency.year`: plain
 * numbers of the currency that the scenario states.
 */
export function besideNames(data: Architecture, add: Add): void {
  const number = (name: string, value: unknown, dimension: Dimension): void => {
    if (typeof value === "number") add(name, { kind: "number", value, dimension });
  };
  const sum = (name: string, month: number, whole: number): void => {
    number(`${name}.month`, month, MONEY);
    number(`${name}.share`, whole === 0 ? 0 : month / whole, PLAIN);
  };
  for (const [environment, cost] of keys(data["environments"])) {
    const prefix = `environments.${wordFor(environment)}`;
    number(`${prefix}.month`, field(cost, "month"), MONEY);
    number(`${prefix}.share`, field(cost, "share"), PLAIN);
    for (const [role, part] of keys(field(cost, "roles"))) {
      number(`${prefix}.roles.${wordFor(role)}.month`, field(part, "month"), MONEY);
      number(`${prefix}.roles.${wordFor(role)}.share`, field(part, "share"), PLAIN);
    }
  }
  const accounts = new Map<string, number>();
  for (const line of data.line_items) {
    const account = field(line, "SubAccountId");
    if (typeof account !== "string") continue;
    accounts.set(account, sumOf(accounts.get(account), line.EffectiveCost));
  }
  for (const [account, month] of accounts) sum(`accounts.${wordFor(account)}`, month, data.cost.month);
  overheadNames(data["overheads"], add, number);
}

type AddNumber = (name: string, value: unknown, dimension: Dimension) => void;

function overheadNames(overheads: unknown, add: Add, number: AddNumber): void {
  if (overheads === undefined || overheads === null) {
    const absent: Figure = {
      kind: "absent",
      why: "the scenario names no overheads",
      hint: "add overheads: { support: { plan: business } }, or use cost.month",
    };
    for (const name of ["overheads.month", "overheads.year"]) add(name, absent);
    return;
  }
  number("overheads.month", field(overheads, "month"), MONEY);
  number("overheads.year", field(overheads, "year"), MONEY);
  const totals = new Map<string, number>();
  for (const [, line] of keys(field(overheads, "lines"))) {
    const kind = field(line, "kind");
    const cost = field(line, "cost");
    if (typeof kind === "string" && typeof cost === "number") totals.set(kind, sumOf(totals.get(kind), cost));
  }
  for (const [kind, month] of totals) number(`overheads.${wordFor(kind)}.month`, month, MONEY);
  const currency = field(overheads, "currency");
  number("overheads.currency.month", field(currency, "month"), PLAIN);
  number("overheads.currency.year", field(currency, "year"), PLAIN);
}

function field(value: unknown, key: string): unknown {
  return keys(value).find(([name]) => name === key)?.[1];
}

function keys(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function sumOf(before: number | undefined, more: number): number {
  return before === undefined ? more : before + more;
}

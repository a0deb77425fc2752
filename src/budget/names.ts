// The names that assertions may use, with what they stand for in one result.

import { sumOf } from "../formula/arithmetic.ts";
import { CARBON, type Dimension, ENERGY, MONEY, PLAIN, TIME } from "../formula/unit.ts";
import { ROLES } from "../result/roles.ts";
import type { StoredResult } from "../result/stored.ts";
import { besideNames } from "./beside-names.ts";
import { wordFor } from "./budget.ts";
import type { Figure } from "./figure.ts";
import { qualityNames } from "./quality-names.ts";

export type Names = ReadonlyMap<string, Figure>;

type Add = (name: string, figure: Figure) => void;

/**
 * Every name with its figure: `cheapest`, `break_even.distance`, and for each architecture `cost.month` and its kin,
 * `components.NAME.cost.month`, `roles.NAME.share`, `limits.headroom`, `limits.first_hit`, `carbon.month.high` and others
 * (docs/budgets.md lists them). A hyphen in a name is written `_`. Also takes results of older versions.
 */
export function namesOf(result: StoredResult): Names {
  const names = new Map<string, Figure>();
  const options = Object.keys(result.architectures).map(wordFor);
  const text = (name: string, value: unknown): void => {
    if (typeof value === "string") names.set(name, { kind: "text", text: wordFor(value), options });
  };
  text("cheapest", result.comparison.cheapest);
  text("current", at(result, "current"));
  number((name, figure) => names.set(name, figure), "workload.work", result.workload.work_month, PLAIN);
  breakEvenNames(result, (name, figure) => names.set(name, figure));
  for (const [architecture, data] of Object.entries(result.architectures)) {
    const prefix = wordFor(architecture);
    const add: Add = (name, figure) => names.set(`${prefix}.${name}`, figure);
    costNames(data, add);
    partNames(data, add);
    besideNames(data, add);
    comparisonNames(result, architecture, add);
    limitNames(result, architecture, add);
    carbonNames(architecture, at(data, "carbon"), add);
    qualityNames(result, architecture, result.scenario.month_hours * 3600, add);
  }
  return names;
}

/** The value at a path of keys; undefined where there is none. */
function at(value: unknown, ...path: readonly string[]): unknown {
  let found: unknown = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** A number; null is a figure that does not exist here, undefined a name that does not. */
function number(add: Add, name: string, value: unknown, dimension: Dimension): void {
  if (typeof value === "number" || value === null) {
    add(name, { kind: "number", value: value ?? Number.NaN, dimension });
  }
}

type Architecture = StoredResult["architectures"][string];

function costNames({ cost }: Architecture, add: Add): void {
  for (const [name, value] of Object.entries(cost)) number(add, `cost.${name}`, value, MONEY);
}

function partNames({ cost, components, line_items: lines }: Architecture, add: Add): void {
  const whole = cost.month;
  const month = (chosen: readonly { EffectiveCost: number }[]): number =>
    sumOf(chosen.map((line) => line.EffectiveCost));
  const both = (name: string, value: number): void => {
    number(add, `${name}.month`, value, MONEY);
    number(add, `${name}.share`, whole === 0 ? 0 : value / whole, PLAIN);
  };
  for (const component of Object.keys(components)) {
    const own = lines.filter((line) => line.x_Component === component);
    const prefix = `components.${wordFor(component)}`;
    both(`${prefix}.cost`, month(own));
    number(add, `${prefix}.count`, at(components, component, "count"), PLAIN);
    for (const meter of new Set(own.map((line) => line.x_Meter))) {
      both(`${prefix}.meters.${wordFor(meter)}`, month(own.filter((line) => line.x_Meter === meter)));
    }
  }
  for (const role of ROLES) both(`roles.${wordFor(role)}`, month(lines.filter((line) => line.x_Role === role)));
}

function comparisonNames(result: StoredResult, architecture: string, add: Add): void {
  const row = entriesOf(at(result, "comparison", "rows")).find(([, r]) => at(r, "architecture") === architecture)?.[1];
  const saving = { name: "saving", value: at(row, "saving"), dimension: MONEY };
  const share = { name: "saving_share", value: at(row, "saving_share"), dimension: PLAIN };
  for (const { name, value, dimension } of [saving, share]) {
    if (value === null)
      add(name, { kind: "absent", why: "savings are relative to `current`", hint: "add current: NAME" });
    else number(add, name, value, dimension);
  }
}

/** `headroom` is how many times the load of the run fits: 2 is twice the load; never-ending where nothing binds. */
function limitNames(result: StoredResult, architecture: string, add: Add): void {
  const data = result.architectures[architecture];
  const capacity = at(data, "capacity");
  for (const which of ["default", "granted", "hard"]) {
    const found = at(capacity, which);
    if (found === undefined) continue;
    const share = found === null ? Number.POSITIVE_INFINITY : at(found, "share");
    const units = found === null ? Number.POSITIVE_INFINITY : at(found, "units");
    number(add, `limits.${which}.headroom`, share, PLAIN);
    number(add, `capacity.${which}.share`, share, PLAIN);
    number(add, `capacity.${which}.units`, units, PLAIN);
    if (which !== "granted") continue;
    number(add, "limits.headroom", share, PLAIN);
    number(add, "limits.first_hit.share", share, PLAIN);
    number(add, "limits.first_hit.units", units, PLAIN);
  }
  number(add, "limits.raises", entriesOf(at(data, "raises")).length, PLAIN);
  const feasible = at(data, "feasible");
  if (typeof feasible === "boolean") add("feasible", { kind: "boolean", value: feasible });
  const limits = entriesOf(at(data, "limits")).map(([, limit]) => limit);
  const quotas = new Set(limits.map((limit) => at(limit, "quota")).filter((quota) => typeof quota === "string"));
  for (const quota of quotas) {
    const alike = limits.filter((limit) => at(limit, "quota") === quota);
    quotaNames(quota, alike, add);
  }
  firstHit(result, architecture, add);
}

/** `headroom` of one quota is the share of it that is left, as in the result; of accounts and regions that have one each, the least. */
function quotaNames(quota: string, limits: readonly unknown[], add: Add): void {
  const prefix = `limits.quotas.${wordFor(quota)}`;
  const least = (name: string, values: readonly unknown[]): void => {
    const known = values.map((value) => (value === null ? Number.POSITIVE_INFINITY : value));
    if (known.every((value) => typeof value === "number")) number(add, `${prefix}.${name}`, Math.min(...known), PLAIN);
  };
  const binding = limits.map((limit) => at(limit, "binds_at_granted"));
  least(
    "headroom",
    limits.map((limit) => at(limit, "headroom")),
  );
  least(
    "share",
    binding.map((binds) => (binds === null ? null : at(binds, "share"))),
  );
}

function firstHit(result: StoredResult, architecture: string, add: Add): void {
  const growth = at(result, "growth");
  if (growth === null || growth === undefined) {
    const hint = "add growth: 8%/month to the scenario, or use limits.headroom";
    add("limits.first_hit", { kind: "absent", why: "the time of a first hit needs growth", hint });
    return;
  }
  const [first] = entriesOf(at(growth, "first_hits", architecture));
  const month = first === undefined ? Number.POSITIVE_INFINITY : at(first[1], "month");
  const seconds = result.scenario.month_hours * 3600;
  number(add, "limits.first_hit", typeof month === "number" ? month * seconds : undefined, TIME);
}

const BOUNDS = ["low", "central", "high"] as const;

function carbonNames(architecture: string, carbon: unknown, add: Add): void {
  if (carbon === undefined || carbon === null) return;
  for (const [name, value] of entriesOf(carbon)) {
    if (name === "lines" || name === "not_counted") continue;
    const dimension = name === "energy_kwh" ? ENERGY : /share|water/.test(name) ? PLAIN : CARBON;
    const [low, central, high] = BOUNDS.map((bound) => at(value, bound));
    if (typeof low === "number" && typeof central === "number" && typeof high === "number") {
      add(`carbon.${name}`, { kind: "band", low, central, high, dimension, architecture });
      for (const bound of BOUNDS) number(add, `carbon.${name}.${bound}`, at(value, bound), dimension);
    } else number(add, `carbon.${name}`, value, dimension);
  }
}

/** `distance` is how many times more or less the load may become before another architecture is the cheapest. */
function breakEvenNames(result: StoredResult, add: Add): void {
  const found = at(result, "break_even");
  if (found === undefined) return;
  if (found === null) {
    const absent: Figure = {
      kind: "absent",
      why: "there is no other load to look at",
      hint: "give the driver a value",
    };
    add("break_even.distance", absent);
    add("break_even.at", absent);
    return;
  }
  const nearest = at(found, "nearest");
  const factor = nearest === null ? Number.POSITIVE_INFINITY : at(nearest, "factor");
  if (typeof factor !== "number") return;
  number(add, "break_even.distance", factor > 0 && factor < 1 ? 1 / factor : factor, PLAIN);
  number(add, "break_even.at", nearest === null ? Number.POSITIVE_INFINITY : at(nearest, "at"), PLAIN);
}

import type { LoadedService } from "../catalog/catalog.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { gapBetween, sumOf } from "../formula/arithmetic.ts";
import { MONEY } from "../formula/unit.ts";
import type { ArchitectureResult, LineItem } from "../result/schema.ts";
import type { ResolvedComponent, Scenario } from "../scenario/read.ts";
import { FROM_0, type Linker, type Unit } from "./linker.ts";
import { type WorkloadScope, writtenAt } from "./workload.ts";

type Actual = NonNullable<ArchitectureResult["components"][string]["actual"]>;

/** What a bill says of a component: USD, and a quantity in the pricing unit of a meter. */
export type LinkedActual = {
  readonly cost: number;
  readonly quantity: { readonly meter: string; readonly value: number } | undefined;
  readonly month: string;
  readonly source: string;
};

type ActualTask = { readonly scenario: Scenario; readonly linker: Linker; readonly workload: WorkloadScope };

const USD: Unit = { text: "USD", factor: 1, dimension: MONEY };

/**
 * Reads `actual:` of a component. A bare cost is USD, a bare quantity is in the unit of its meter.
 * @param service undefined for a custom line, whose one quantity has the unit that it states
 * @returns undefined where there is none, or it cannot be read (reported)
 */
export function linkActual(
  component: ResolvedComponent,
  service: LoadedService | undefined,
  task: ActualTask,
): LinkedActual | undefined {
  const given = component.spec["actual"];
  if (typeof given !== "object" || given === null || !("cost" in given) || !("month" in given)) return undefined;
  const source = "source" in given ? String(given.source) : "";
  const read = (key: string, value: unknown, unit: Unit): number | undefined => {
    const text = typeof value === "number" ? value : String(value);
    const written = writtenAt(task.scenario, [...component.path("actual"), key], text);
    return task.linker.figure(written, task.workload.scope, unit, `"${key}" of "actual"`, FROM_0);
  };
  const cost = read("cost", given.cost, USD);
  const month = String(given.month);
  if (!("quantity" in given)) return cost === undefined ? undefined : { cost, quantity: undefined, month, source };
  const meter = meterOf(component, "meter" in given ? String(given.meter) : undefined, service, task);
  const unit = meter === undefined ? undefined : task.linker.unit(meter.unit);
  if (meter === undefined || unit === undefined) return undefined;
  const value = read("quantity", given.quantity, unit);
  if (cost === undefined || value === undefined) return undefined;
  return { cost, quantity: { meter: meter.name, value: value / unit.factor }, month, source };
}

/** The meter that a quantity is of: the one that is named, or the only one. */
function meterOf(
  component: ResolvedComponent,
  named: string | undefined,
  service: LoadedService | undefined,
  { scenario, linker }: ActualTask,
): { readonly name: string; readonly unit: string } | undefined {
  const own = component.spec["unit"];
  const meters = service?.data.meters ?? { line: { unit: typeof own === "string" ? own : "unit" } };
  const names = Object.keys(meters);
  const name = named ?? (names.length === 1 ? names[0] : undefined);
  const meter = name === undefined ? undefined : Object.entries(meters).find(([key]) => key === name)?.[1];
  if (name !== undefined && meter !== undefined) return { name, unit: meter.unit };
  const place = scenario.source.place([...component.path("actual"), named === undefined ? "quantity" : "meter"]);
  if (named === undefined) {
    const message = `"quantity" of "actual" does not say which meter it is of`;
    linker.problems.error("missing-meter", message, place, `add meter: one of ${names.join(", ")}`);
  } else {
    const near = suggest(named, names);
    const hint = near === undefined ? `meters: ${names.join(", ")}` : `did you mean "${near}"?`;
    linker.problems.error("unknown-meter", `no meter "${named}"`, place, hint);
  }
  return undefined;
}

/**
 * Estimate against a bill: variance = actual - estimate, split into what quantity explains (at the estimated unit cost)
 * and what unit cost explains (at the actual quantity); the two add up to the whole.
 */
export function actualOf(
  { cost, quantity, month, source }: LinkedActual,
  lines: readonly LineItem[],
  estimate: number,
): Actual {
  const metered = lines.filter((line) => quantity !== undefined && line.x_Meter === quantity.meter);
  const planned = sumOf(metered.map((line) => line.PricingQuantity));
  const unitCost = planned === 0 ? undefined : estimate / planned;
  const byQuantity =
    quantity === undefined || unitCost === undefined ? null : gapBetween(quantity.value, planned) * unitCost;
  return {
    month,
    source,
    estimate,
    actual: cost,
    variance: gapBetween(cost, estimate),
    quantity_variance: byQuantity,
    price_variance: byQuantity === null ? null : gapBetween(cost - byQuantity, estimate),
  };
}

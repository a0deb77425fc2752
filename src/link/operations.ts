import type { Catalog } from "../catalog/catalog.ts";
import type { Unit } from "../formula/unit.ts";
import { divideDimensions, MONEY, TIME } from "../formula/unit.ts";
import type { HourNodes, LinkedOperations } from "../model/beside-nodes.ts";
import type { BaseCheck } from "../model/check.ts";
import type { Placed } from "../scenario/architecture.ts";
import type { OperationsSpec } from "../scenario/operations.ts";
import type { Scenario } from "../scenario/read.ts";
import type { Linker } from "./linker.ts";
import type { LinkedQualities } from "./objectives.ts";
import type { LazyScope } from "./scope.ts";
import { lineOf, type WorkloadScope, writtenAt } from "./workload.ts";

export type OperationsTask = {
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly linker: Linker;
  readonly workload: WorkloadScope;
};

const HOUR: Unit = { text: "h", factor: 3600, dimension: TIME };
const RATE: Unit = { text: "USD/h", factor: 1 / 3600, dimension: divideDimensions(MONEY, TIME) };
/** Table and row of what an hour costs where nobody says. */
const PROVIDER = "people";
const RATES = "rates";
const DEFAULT = "engineer";

/** Links hours and rate of one architecture: its own, else the scenario's, else an assumed rate with its source. */
export function linkOperations(
  spec: Placed<OperationsSpec> | undefined,
  { scope }: LinkedQualities,
  task: OperationsTask,
): LinkedOperations {
  const { scenario } = task;
  const general = generalOf(scenario);
  const checks: BaseCheck[] = [];
  const stated = spec?.spec.hours === undefined ? general : spec;
  const hours = stated?.spec.hours === undefined ? undefined : linkHours(stated, scope, task, checks);
  const priced = spec?.spec.rate === undefined ? general : spec;
  const rate = priced?.spec.rate === undefined ? undefined : linkRate(priced, scope, task, checks);
  const where = stated?.spec.hours === undefined ? undefined : stated.path("hours");
  return {
    hours,
    ...(rate ?? assumedRate(task)),
    reason: stated?.spec.reason,
    status: stated?.spec.status,
    place: where === undefined ? undefined : lineOf(scenario, where),
    checks,
  };
}

function generalOf({ data }: Scenario): Placed<OperationsSpec> | undefined {
  if (data.operations === undefined) return undefined;
  return { spec: data.operations, path: (key) => (key === undefined ? ["operations"] : ["operations", key]) };
}

function linkHours(
  { spec, path }: Placed<OperationsSpec>,
  scope: LazyScope,
  task: OperationsTask,
  checks: BaseCheck[],
): HourNodes | undefined {
  const { hours } = spec;
  if (hours === undefined) return undefined;
  const figure = (text: string | number, key?: string): number | undefined => {
    const at = key === undefined ? path("hours") : [...path("hours"), key];
    return monthFigure({ text, at, unit: HOUR, what: '"hours"' }, scope, task, checks);
  };
  if (typeof hours !== "object") {
    const typical = figure(hours);
    return typical === undefined ? undefined : { low: typical, typical, high: typical };
  }
  const typical = figure(hours.typical, "typical");
  const low = hours.low === undefined ? typical : figure(hours.low, "low");
  const high = hours.high === undefined ? typical : figure(hours.high, "high");
  if (typical === undefined || low === undefined || high === undefined) return undefined;
  const { builder } = task.linker;
  const message = '"low" is at most "typical", and that at most "high"';
  const node = builder.op("and", builder.op("le", low, typical), builder.op("le", typical, high));
  checks.push({ node, message: `hours: ${message}`, place: task.scenario.source.place(path("hours")), level: "error" });
  return { low, typical, high };
}

function linkRate(
  { spec, path }: Placed<OperationsSpec>,
  scope: LazyScope,
  task: OperationsTask,
  checks: BaseCheck[],
): Pick<LinkedOperations, "rate" | "rateFrom"> | undefined {
  const { rate: text, reason, source } = spec;
  if (text === undefined) return undefined;
  const rate = monthFigure({ text, at: path("rate"), unit: RATE, what: '"rate"' }, scope, task, checks);
  return rate === undefined ? undefined : { rate, rateFrom: { status: "stated", reason, source } };
}

type Asked = {
  readonly text: string | number;
  readonly at: readonly (string | number)[];
  readonly unit: Unit;
  readonly what: string;
};

/** A figure for the month, 0 or more. */
function monthFigure(
  { text, at, unit, what }: Asked,
  scope: LazyScope,
  { scenario, linker }: OperationsTask,
  checks: BaseCheck[],
): number | undefined {
  const written = writtenAt(scenario, at, text);
  const value = linker.number(written, scope, unit, what);
  const month = value === undefined ? undefined : linker.month(value, written, what);
  if (month === undefined) return undefined;
  const node = linker.builder.op("le", linker.builder.constant(0), month.node);
  checks.push({ node, message: `${what} is to be 0 or more`, place: written.place(), level: "error" });
  return month.node;
}

function assumedRate({ catalog, linker }: OperationsTask): Pick<LinkedOperations, "rate" | "rateFrom"> {
  const table = catalog.table(PROVIDER, RATES);
  const cell = (column: string) => table?.cell(DEFAULT, column)?.value;
  const [rate, reason, source] = [cell("rate"), cell("reason"), cell("source")];
  if (typeof rate !== "number" || typeof reason !== "string" || typeof source !== "string") {
    throw new Error(`no row "${DEFAULT}" in ${PROVIDER}/tables/${RATES}`);
  }
  return {
    rate: linker.builder.constant(rate * RATE.factor),
    rateFrom: { status: "assumed", reason, source: catalog.source(PROVIDER, source)?.title ?? source },
  };
}

import type { LoadedService } from "../catalog/catalog.ts";
import type { Rate } from "../catalog/rate.ts";
import type { Service } from "../catalog/schema.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { totalOf } from "../formula/over-month.ts";
import { divideDimensions, MONEY, multiplyDimensions, sameDimension, TIME } from "../formula/unit.ts";
import { ROLES, type Role } from "../result/roles.ts";
import { COMPONENT_KEYS } from "../scenario/component-keys.ts";
import type { ResolvedComponent, Scenario } from "../scenario/read.ts";
import type { MeterUse } from "./component-task.ts";
import type { LinkedLine } from "./lines.ts";
import type { Linker } from "./linker.ts";
import { lineOf, type WorkloadScope, writtenAt } from "./workload.ts";

export const CUSTOM_LINE = "custom/line";

const KEYS = ["quantity", "flow", "unit", "price", "role", "source", "reason"] as const;

/** A service made up by a scenario: anything that is billed and not modelled. */
export function customService(title: string, role: Role, unit: string): LoadedService {
  const data: Service = {
    service: CUSTOM_LINE,
    title,
    focus: { ServiceName: title, ServiceCategory: "Other" },
    parameters: {},
    constants: {},
    let: {},
    checks: [],
    meters: { line: { title, unit, role } },
    free: {},
    quotas: {},
    capacities: {},
    energy: {},
    companions: [],
    provides: [],
    provides_with: {},
  };
  return {
    id: CUSTOM_LINE,
    builtIn: true,
    data,
    file: "the scenario",
    place: (path, text) => ({ file: path.join("."), text, span: { start: 0, end: text.length } }),
  };
}

export type CustomTask = {
  readonly architecture: string;
  readonly spec: ResolvedComponent;
  readonly region: string;
  readonly workload: WorkloadScope;
  readonly linker: Linker;
  readonly scenario: Scenario;
  readonly day: string;
  readonly environment: string | undefined;
};

/** Links a `custom/line` component: quantity (or flow), unit, price, role, source and reason come from the scenario. */
export function customLine(task: CustomTask): LinkedLine | undefined {
  const { spec, linker, scenario } = task;
  const { problems, builder } = linker;
  const given = spec.spec;
  const allowed = [...KEYS, ...COMPONENT_KEYS];
  for (const key of Object.keys(given)) {
    if (allowed.includes(key)) continue;
    const near = suggest(key, allowed);
    const hint = near === undefined ? `custom/line takes: ${KEYS.join(", ")}` : `did you mean "${near}"?`;
    problems.error("unknown-key", `custom/line has no "${key}"`, scenario.source.place(spec.path(key), "key"), hint);
  }
  for (const key of ["price", "role", "source", "reason"] as const) {
    if (given[key] !== undefined) continue;
    problems.error("missing-parameter", `custom/line needs "${key}"`, scenario.source.place(spec.path("service")));
  }
  const role = ROLES.find((known) => known === given["role"]);
  if (given["role"] !== undefined && role === undefined) {
    const place = scenario.source.place(spec.path("role"));
    problems.error("unknown-word", `no role "${String(given["role"])}"`, place, `roles: ${ROLES.join(", ")}`);
  }
  const amount = customQuantity(task);
  const price = customPrice(task, amount?.unitText);
  if (role === undefined || amount === undefined || price === undefined) return undefined;
  const title = typeof given["title"] === "string" ? given["title"] : spec.name;
  const service = customService(title, role, amount.unitText);
  const meter = service.data.meters["line"];
  if (meter === undefined) return undefined;
  const address = `price:${task.architecture}.${spec.name}`;
  const unitPrice = builder.input(address, price);
  const quantity = amount.node;
  const list = builder.op("mul", quantity, unitPrice);
  const use: MeterUse = {
    architecture: task.architecture,
    component: spec.name,
    account: typeof given["account"] === "string" ? given["account"] : null,
    environment: task.environment,
    region: task.region,
    service,
    name: "line",
    meter,
    rateService: CUSTOM_LINE,
    rateKey: spec.name,
    planKey: undefined,
    unit: { text: amount.unitText, factor: 1, dimension: amount.dimension },
    quantity,
    firstTries: quantity,
    hourly: undefined,
    formula: String(given["flow"] ?? given["quantity"]),
    place: scenario.source.place(spec.path()),
    line: lineOf(scenario, spec.path()),
  };
  const rate: Rate = {
    service: CUSTOM_LINE,
    key: `${task.architecture}.${spec.name}`,
    region: task.region,
    regionOfPrice: task.region,
    unit: amount.unitText,
    tiers: [{ from: 0, to: Number.POSITIVE_INFINITY, price: String(price), sku: null }],
    from: task.day,
    observed: task.day,
    gapDays: 0,
    status: "assumed",
    source: String(given["source"]),
    retrieved: null,
    note: String(given["reason"]),
  };
  const costs = { price: unitPrice, consumed: quantity, quantity, list, contracted: list, effective: list };
  return { use, rate, kind: "stated", tier: 0, ...costs };
}

function customQuantity(task: CustomTask) {
  const { spec, linker, scenario, workload } = task;
  const { builder, problems } = linker;
  const flows = spec.spec["flow"] !== undefined;
  const key = flows ? "flow" : "quantity";
  const text = spec.spec[key];
  if (typeof text !== "string" && typeof text !== "number") {
    const place = scenario.source.place(spec.path("service"));
    problems.error("missing-parameter", 'custom/line needs "quantity" (a month) or "flow" (an instant)', place);
    return undefined;
  }
  const unitText = typeof spec.spec["unit"] === "string" ? spec.spec["unit"] : "unit";
  const unit = linker.unit(unitText);
  if (unit === undefined) {
    problems.error("unknown-unit", `no unit "${unitText}"`, scenario.source.place(spec.path("unit")));
    return undefined;
  }
  const written = writtenAt(scenario, spec.path(key), text);
  const perHour = divideDimensions(unit.dimension, TIME);
  const wanted = flows ? { text: `${unitText} a second`, factor: unit.factor, dimension: perHour } : unit;
  const value = linker.number(written, workload.scope, wanted, `"${key}"`);
  const usable = value === undefined || flows ? value : linker.month(value, written, '"quantity"');
  if (usable === undefined) return undefined;
  const total = flows ? totalOf(builder, usable.node, linker.monthSeconds) : usable.node;
  return { node: builder.op("div", total, builder.constant(unit.factor)), unitText, dimension: unit.dimension };
}

/** USD per unit; a bare number is USD, a literal may say `0.2 USD / 1e6` or `5 USD/GB`. */
function customPrice(task: CustomTask, unitText: string | undefined): number | undefined {
  const { spec, linker, scenario, workload } = task;
  const text = spec.spec["price"];
  if (typeof text !== "string" && typeof text !== "number") return undefined;
  const written = writtenAt(scenario, spec.path("price"), text);
  if (typeof text === "number") return text;
  const value = linker.value(written, workload.scope);
  if (value === undefined) return undefined;
  const unit = linker.unit(unitText);
  const constant = value.kind === "number" ? linker.builder.constantValue(value.node) : undefined;
  if (value.kind !== "number" || constant === undefined || unit === undefined) {
    linker.problems.error("wants-constant", '"price" is to be a figure such as "0.20 USD"', written.place());
    return undefined;
  }
  if (sameDimension(value.dimension, MONEY)) return constant;
  const perUnit = multiplyDimensions(value.dimension, unit.dimension);
  if (sameDimension(perUnit, MONEY)) return constant * unit.factor;
  if (sameDimension(value.dimension, divideDimensions(MONEY, MONEY))) return constant;
  linker.problems.error("unit-mismatch", '"price" is to be money, or money per unit', written.place());
  return undefined;
}

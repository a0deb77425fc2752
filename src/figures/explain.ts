import { gapBetween, sumOf } from "../formula/arithmetic.ts";
import { baseUnit } from "../formula/base-unit.ts";
import { evaluateOne } from "../formula/evaluate-one.ts";
import { namesIn } from "../formula/names.ts";
import { parseFormula } from "../formula/parse.ts";
import type { Definition } from "../model/definition.ts";
import { type LineNodes, lineFigureNodes } from "../model/line-nodes.ts";
import type { Model } from "../model/model.ts";
import type { LineItem } from "../result/schema.ts";
import { shownUnit } from "./assumptions.ts";
import { extremeSlots, type HourOfWeek, hourOfWeek, type InHours, inHours, type Slots } from "./hours.ts";
import { lineItem } from "./line-item.ts";
import { type Values, valuesOf } from "./values.ts";

/** One named input of a formula: its value, how it came about, and what it in turn rests on. */
export type ExplainedName = {
  readonly name: string;
  readonly address: string;
  /** where `hours` is there, the mean over the week */
  readonly value: number | string;
  /** what it is in the two hours of its meter; undefined: the same in all hours */
  readonly hours?: InHours;
  readonly unit: string;
  readonly formula: string;
  readonly origin: string;
  readonly place: string | undefined;
  readonly status: string;
  readonly reason: string | undefined;
  readonly uses: readonly ExplainedName[];
};

export type ExplainedTier = {
  readonly from: number;
  readonly to: number | null;
  readonly quantity: number;
  readonly price: number;
  readonly cost: number;
  readonly kind: string;
  readonly sku: string | null;
  /** the price of a commitment's line: it is another one than the meter's */
  readonly price_of?: ExplainedPrice;
};

/** Where a price came from. */
export type ExplainedPrice = {
  readonly rate: string;
  readonly region: string;
  readonly regionOfPrice: string;
  readonly source: string;
  readonly sourceUrl: string | undefined;
  readonly observed: string;
  readonly status: string;
  readonly gapDays: number;
  readonly note: string | null;
};

/** The hour in which a meter uses most, or least. */
export type ExplainedHour = HourOfWeek & {
  /** the formula with the figures of the hour */
  readonly filled: string;
  /** pricing units in one such hour, over all copies; null for what is counted by the month */
  readonly quantity: number | null;
};

export type ExplainedMeter = ExplainedPrice & {
  readonly address: string;
  readonly title: string;
  readonly service: string;
  readonly role: string;
  readonly formula: string;
  /** the formula with numbers and units put in */
  readonly filled: string;
  /** undefined where nothing differs from hour to hour */
  readonly hours?: {
    readonly peak: ExplainedHour;
    readonly base: ExplainedHour;
    /** pricing units an hour in the mean; null for what is counted by the month */
    readonly mean: number | null;
    readonly month: number;
  };
  readonly quantity: number;
  /** pricing units that free allowances take off; 0 where there are none */
  readonly free: number;
  readonly unit: string;
  /** the part of the rate that is paid, as a formula; undefined: all of it */
  readonly priceShare?: string;
  /** those of which something is used */
  readonly tiers: readonly ExplainedTier[];
  readonly cost: number;
  readonly names: readonly ExplainedName[];
  readonly place: string | null;
};

export type Explanation = {
  readonly address: string;
  readonly cost: number;
  readonly meters: readonly ExplainedMeter[];
};

/**
 * How the cost of an architecture, a component or a meter came about; the costs of the meters re-add to `cost`. Meters that
 * use nothing are left out, unless one is what is asked about.
 */
export function explain(model: Model, path: readonly string[]): Explanation {
  const [architectureName, component, meter] = path;
  const architecture = model.architectures.find((candidate) => candidate.name === architectureName);
  if (architecture === undefined) return { address: path.join("."), cost: 0, meters: [] };
  const lines = architecture.lines.filter(
    ({ words }) =>
      (component === undefined || words.x_Component === component) && (meter === undefined || words.x_Meter === meter),
  );
  const nodes = [
    ...lines.flatMap((line) => [line.meter.quantity, ...lineFigureNodes(line)]),
    ...model.definitions.flatMap(({ node }) => (node === undefined ? [] : [node])),
  ];
  const { mean } = valuesOf(model, nodes);
  const hourly = [
    ...lines.map((line) => line.meter.hourly),
    ...model.definitions.map((definition) => definition.hourly),
  ];
  const { slotValues } = evaluateOne(
    model.graph,
    hourly.filter((node) => node !== undefined),
  );
  const definitions = new Map(model.definitions.map((definition) => [definition.address, definition]));
  const byMeter = new Map<string, LineNodes[]>();
  for (const line of lines) {
    const key = `${line.words.x_Component}.${line.words.x_Meter}`;
    byMeter.set(key, [...(byMeter.get(key) ?? []), line]);
  }
  const all = [...byMeter.values()].map((own) => explainMeter({ model, definitions, mean, slotValues }, own));
  const meters = all.filter(({ quantity, cost }) => quantity !== 0 || cost !== 0 || meter !== undefined);
  return { address: path.join("."), cost: sumOf(meters.map(({ cost }) => cost)), meters };
}

type Task = {
  readonly model: Model;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly mean: Values;
  /** of nodes that differ from hour to hour */
  readonly slotValues: (node: number) => Float64Array;
};

function explainMeter(task: Task, lines: readonly LineNodes[]): ExplainedMeter {
  const { model, mean } = task;
  // What a plan pays for has a price of its own; the meter's is that of the rest.
  const first = lines.find(({ words }) => words.x_Kind !== "commitment") ?? lines[0];
  if (first === undefined) throw new Error("a meter without lines");
  const { words, meter } = first;
  const prefix = `${words.x_Architecture}.${words.x_Component}.`;
  const environment = words.x_Environment === undefined ? [] : [`${words.x_Environment}:`];
  const { priceShare } = meter;
  const whole = priceShare === undefined ? words.x_Formula : `(${words.x_Formula}) * (${priceShare})`;
  const { curve } = model.graph;
  const slots = extremeSlots(curve, meter.hourly === undefined ? undefined : task.slotValues(meter.hourly));
  const names = explainNames(whole, [prefix, ...environment, ""], { ...task, slots }, 0);
  const items = lines.map((line) => ({ line, item: lineItem(line, mean) }));
  const used = items.filter(({ item }) => item.PricingQuantity !== 0 || item.EffectiveCost !== 0);
  const filled = (of: (name: ExplainedName) => ExplainedName["value"]): string => fill(words.x_Formula, names, of);
  const hour = (which: keyof Slots): ExplainedHour => ({
    ...hourOfWeek(model.graph.curve, slots[which]),
    filled: filled(({ value, hours }) => hours?.[which] ?? value),
    quantity: meter.hourly === undefined ? null : (task.slotValues(meter.hourly)[slots[which]] ?? null),
  });
  const differs = names.some(({ hours }) => hours !== undefined);
  const month = model.monthSeconds / 3600;
  const consumed = sumOf(items.map(({ item }) => item.ConsumedQuantity));
  const free = gapBetween(consumed, sumOf(items.map(({ item }) => item.PricingQuantity)));
  return {
    address: `${prefix}${words.x_Meter}`,
    title: meter.title,
    service: words.x_Service,
    role: words.x_Role,
    formula: words.x_Formula,
    filled: filled(({ value }) => value),
    ...(differs
      ? {
          hours: {
            peak: hour("peak"),
            base: hour("base"),
            mean: meter.hourly === undefined ? null : mean(meter.quantity) / month,
            month,
          },
        }
      : {}),
    quantity: mean(meter.quantity),
    free: Math.abs(free) <= SAME * consumed ? 0 : free,
    unit: words.PricingUnit,
    ...priceOf(model, first),
    ...(priceShare === undefined ? {} : { priceShare }),
    tiers: (used.length > 0 ? used : items.slice(0, 1)).map(({ line, item }) => ({
      from: item.x_TierFrom,
      to: item.x_TierTo,
      quantity: item.PricingQuantity,
      price: paidPrice(item),
      cost: item.EffectiveCost,
      kind: item.x_Kind,
      sku: item.SkuPriceId,
      ...(line.meter.price === meter.price ? {} : { price_of: priceOf(model, line) }),
    })),
    cost: sumOf(items.map(({ item }) => item.EffectiveCost)),
    names,
    place: words.x_Place,
  };
}

/** Quantities that differ by less, as a share, are the same sum in another order. */
const SAME = 1e-12;

function priceOf({ prices }: Model, { meter }: LineNodes): ExplainedPrice {
  const price = prices[meter.price];
  if (price === undefined) throw new Error("a line without a price");
  return {
    rate: `${price.service}#${price.rate}`,
    region: price.region,
    regionOfPrice: price.region_of_price,
    source: price.source_title,
    sourceUrl: price.source_url ?? undefined,
    observed: price.observed,
    status: price.status,
    gapDays: price.gap_days,
    note: price.note,
  };
}

/** What a unit came to: of a commitment what was paid, which no list and no contract names. */
function paidPrice({
  x_Kind: kind,
  PricingQuantity: quantity,
  EffectiveCost: cost,
  ContractedUnitPrice: price,
}: LineItem): number {
  return kind === "commitment" && quantity > 0 ? cost / quantity : price;
}

const MAX_DEPTH = 12;

type NameTask = Task & { readonly slots: Slots };

function explainNames(
  formula: string,
  scope: readonly string[],
  task: NameTask,
  depth: number,
): readonly ExplainedName[] {
  const parsed = parseFormula(formula);
  if (!("expr" in parsed) || depth > MAX_DEPTH) return [];
  return [...new Set(namesIn(parsed.expr))].flatMap((name) => {
    const definition = find(name, scope, task.definitions);
    if (definition === undefined) return [];
    const { text: unit, factor } = shownUnit(definition, task.model.monthSeconds);
    const value = definition.node === undefined ? (definition.text ?? "") : task.mean(definition.node) / factor;
    return [
      {
        name,
        address: definition.address,
        value,
        ...hoursOf(definition, factor, task),
        unit: unit === "" ? baseUnit(definition.dimension) : unit,
        formula: definition.formula,
        origin: definition.origin,
        place: definition.place,
        status: definition.status,
        reason: definition.reason,
        uses: explainNames(definition.formula, definition.scope, task, depth + 1),
      },
    ];
  });
}

function hoursOf(
  { hourly }: Definition,
  factor: number,
  { slotValues, slots, model }: NameTask,
): Pick<ExplainedName, "hours"> {
  const hours = hourly === undefined ? undefined : inHours(model.graph.curve, slots, slotValues(hourly), factor);
  return hours === undefined ? {} : { hours };
}

function find(
  name: string,
  scope: readonly string[],
  definitions: ReadonlyMap<string, Definition>,
): Definition | undefined {
  for (const prefix of scope) {
    const found = definitions.get(`${prefix}${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Puts values in place of names; words stay words. */
function fill(
  formula: string,
  names: readonly ExplainedName[],
  figureOf: (name: ExplainedName) => ExplainedName["value"],
): string {
  const byName = new Map(names.map((name) => [name.name, name]));
  return formula.replace(/[a-z][a-z0-9_]*/g, (word, at: number) => {
    const found = byName.get(word);
    const literal = /[\d.]\s*$/.test(formula.slice(0, at));
    const value = found === undefined ? "" : figureOf(found);
    if (found === undefined || literal || typeof value === "string") return word;
    const figure = Number(value.toPrecision(12));
    return found.unit === "" ? String(figure) : `${figure} ${found.unit}`;
  });
}

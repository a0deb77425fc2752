import { sumOf } from "../formula/arithmetic.ts";
import { baseUnit } from "../formula/base-unit.ts";
import { namesIn } from "../formula/names.ts";
import { parseFormula } from "../formula/parse.ts";
import type { Definition } from "../model/definition.ts";
import { type LineNodes, lineFigureNodes } from "../model/line-nodes.ts";
import type { Model } from "../model/model.ts";
import type { LineItem } from "../result/schema.ts";
import { shownUnit } from "./assumptions.ts";
import { lineItem } from "./line-item.ts";
import { type Values, valuesOf } from "./values.ts";

/** One named input of a formula: its value, how it came about, and what it in turn rests on. */
export type ExplainedName = {
  readonly name: string;
  readonly address: string;
  readonly value: number | string;
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
};

export type ExplainedMeter = {
  readonly address: string;
  readonly title: string;
  readonly service: string;
  readonly role: string;
  readonly formula: string;
  /** the formula with numbers and units put in */
  readonly filled: string;
  readonly quantity: number;
  readonly unit: string;
  readonly rate: string;
  /** the part of the rate that is paid, as a formula; undefined: all of it */
  readonly priceShare?: string;
  readonly region: string;
  readonly regionOfPrice: string;
  readonly source: string;
  readonly sourceUrl: string | undefined;
  readonly observed: string;
  readonly status: string;
  readonly gapDays: number;
  readonly note: string | null;
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

/** How the cost of an architecture, a component or a meter came about; the costs of the meters re-add to `cost`. */
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
  const definitions = new Map(model.definitions.map((definition) => [definition.address, definition]));
  const byMeter = new Map<string, LineNodes[]>();
  for (const line of lines) {
    const key = `${line.words.x_Component}.${line.words.x_Meter}`;
    byMeter.set(key, [...(byMeter.get(key) ?? []), line]);
  }
  const meters = [...byMeter.values()].map((own) => explainMeter({ model, definitions, mean }, own));
  return { address: path.join("."), cost: sumOf(meters.map(({ cost }) => cost)), meters };
}

type Task = {
  readonly model: Model;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly mean: Values;
};

function explainMeter(task: Task, lines: readonly LineNodes[]): ExplainedMeter {
  const { model, mean } = task;
  const [first] = lines;
  const price = model.prices[first?.meter.price ?? -1];
  if (first === undefined || price === undefined) throw new Error("a meter without lines or price");
  const { words, meter } = first;
  const prefix = `${words.x_Architecture}.${words.x_Component}.`;
  const environment = words.x_Environment === undefined ? [] : [`${words.x_Environment}:`];
  const { priceShare } = meter;
  const whole = priceShare === undefined ? words.x_Formula : `(${words.x_Formula}) * (${priceShare})`;
  const names = explainNames(whole, [prefix, ...environment, ""], task, 0);
  const items = lines.map((line) => lineItem(line, mean));
  return {
    address: `${prefix}${words.x_Meter}`,
    title: meter.title,
    service: words.x_Service,
    role: words.x_Role,
    formula: words.x_Formula,
    filled: fill(words.x_Formula, names),
    quantity: mean(meter.quantity),
    unit: words.PricingUnit,
    rate: `${price.service}#${price.rate}`,
    ...(priceShare === undefined ? {} : { priceShare }),
    region: price.region,
    regionOfPrice: price.region_of_price,
    source: price.source_title,
    sourceUrl: price.source_url ?? undefined,
    observed: price.observed,
    status: price.status,
    gapDays: price.gap_days,
    note: price.note,
    tiers: items.map((item) => ({
      from: item.x_TierFrom,
      to: item.x_TierTo,
      quantity: item.PricingQuantity,
      price: paidPrice(item),
      cost: item.EffectiveCost,
      kind: item.x_Kind,
      sku: item.SkuPriceId,
    })),
    cost: sumOf(items.map(({ EffectiveCost }) => EffectiveCost)),
    names,
    place: words.x_Place,
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

function explainNames(formula: string, scope: readonly string[], task: Task, depth: number): readonly ExplainedName[] {
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
function fill(formula: string, names: readonly ExplainedName[]): string {
  const byName = new Map(names.map((name) => [name.name, name]));
  return formula.replace(/[a-z][a-z0-9_]*/g, (word, at: number) => {
    const found = byName.get(word);
    const literal = /[\d.]\s*$/.test(formula.slice(0, at));
    if (found === undefined || literal || typeof found.value === "string") return word;
    const figure = Number(found.value.toPrecision(12));
    return found.unit === "" ? String(figure) : `${figure} ${found.unit}`;
  });
}

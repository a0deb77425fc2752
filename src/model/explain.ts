import type { Catalog } from "../catalog/catalog.ts";
import { sumOf } from "../formula/arithmetic.ts";
import { baseUnit } from "../formula/base-unit.ts";
import { parseFormula } from "../formula/parse.ts";
import type { LineItem } from "../result/schema.ts";
import { shownUnit } from "./assumptions.ts";
import type { Definition } from "./definition.ts";
import type { ModelArchitecture } from "./design.ts";
import { lineFigureNodes, lineItem } from "./line-item.ts";
import type { LineNodes } from "./lines.ts";
import { namesIn } from "./linker.ts";
import type { Model } from "./model.ts";
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
  readonly place: string;
};

export type Explanation = {
  readonly address: string;
  readonly cost: number;
  readonly meters: readonly ExplainedMeter[];
};

/** How the cost of an architecture, a component or a meter came about; the costs of the meters re-add to `cost`. */
export function explain(model: Model, catalog: Catalog, path: readonly string[]): Explanation {
  const [architectureName, component, meter] = path;
  const architecture = model.architectures.find((candidate) => candidate.name === architectureName);
  if (architecture === undefined) return { address: path.join("."), cost: 0, meters: [] };
  const lines = architecture.lines.filter(
    (line) =>
      (component === undefined || line.use.component === component) && (meter === undefined || line.use.name === meter),
  );
  const definitions = [...model.definitions.values()];
  const nodes = [
    ...lines.flatMap((line) => [line.use.quantity, ...lineFigureNodes(line)]),
    ...definitions.flatMap((definition) => (definition.node === undefined ? [] : [definition.node])),
  ];
  const { mean } = valuesOf(model, nodes);
  const uses = [...new Set(lines.map((line) => line.use))];
  const meters = uses.map((use) =>
    explainMeter(
      model,
      catalog,
      architecture,
      lines.filter((line) => line.use === use),
      mean,
    ),
  );
  return { address: path.join("."), cost: sumOf(meters.map(({ cost }) => cost)), meters };
}

function explainMeter(
  model: Model,
  catalog: Catalog,
  architecture: ModelArchitecture,
  lines: readonly LineNodes[],
  mean: Values,
): ExplainedMeter {
  const [first] = lines;
  if (first === undefined) throw new Error("a meter without lines");
  const { use, rate } = first;
  const prefix = `${architecture.name}.${use.component}.`;
  const environment = use.environment === undefined ? [] : [`${use.environment}:`];
  const share = use.meter.price_share === undefined ? "" : String(use.meter.price_share);
  const names = explainNames(
    share === "" ? use.formula : `(${use.formula}) * (${share})`,
    [prefix, ...environment, ""],
    model,
    mean,
    0,
  );
  const provider = rate.service.split("/")[0] ?? "";
  const source = catalog.source(provider, rate.source);
  const items = lines.map((line) => lineItem(line, mean));
  return {
    address: `${prefix}${use.name}`,
    title: use.meter.title,
    service: use.service.id,
    role: use.meter.role,
    formula: use.formula,
    filled: fill(use.formula, names),
    quantity: mean(use.quantity),
    unit: use.unit.text,
    rate: `${rate.service}#${rate.key}`,
    ...(share === "" ? {} : { priceShare: share }),
    region: rate.region,
    regionOfPrice: rate.regionOfPrice,
    source: source?.title ?? rate.source,
    sourceUrl: source?.url,
    observed: rate.observed,
    status: rate.status,
    gapDays: rate.gapDays,
    note: rate.note,
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
    place: use.line,
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

function explainNames(
  formula: string,
  scope: readonly string[],
  model: Model,
  mean: Values,
  depth: number,
): readonly ExplainedName[] {
  const parsed = parseFormula(formula);
  if (!("expr" in parsed) || depth > MAX_DEPTH) return [];
  return [...new Set(namesIn(parsed.expr))].flatMap((name) => {
    const definition = find(name, scope, model);
    if (definition === undefined) return [];
    const { text: unit, factor } = shownUnit(definition, model.monthSeconds);
    const value = definition.node === undefined ? (definition.text ?? "") : mean(definition.node) / factor;
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
        uses: explainNames(definition.formula, definition.scope, model, mean, depth + 1),
      },
    ];
  });
}

function find(name: string, scope: readonly string[], model: Model): Definition | undefined {
  for (const prefix of scope) {
    const found = model.definitions.get(`${prefix}${name}`);
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

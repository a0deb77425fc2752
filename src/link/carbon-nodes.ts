// Carbon as the model holds it: words, nodes, and the method for people.
import type { Catalog } from "../catalog/catalog.ts";
import { baseUnit } from "../formula/base-unit.ts";
import type { Graph } from "../formula/graph.ts";
import { namesIn } from "../formula/names.ts";
import { parseFormula } from "../formula/parse.ts";
import type { CarbonModel, CarbonNodes, EnergyLine, NamedFigure } from "../model/carbon-nodes.ts";
import type { CarbonMethod, CoefficientUsed } from "../result/carbon-schema.ts";
import type { LinkedCarbon, LinkedCarbons, LinkedEnergy } from "./carbon-link.ts";

const OWN_SOURCES = "carbon";

/** @param graph where energy is to be explained: names of formulas are then looked up in it; undefined: they are left out */
export function carbonModel(carbons: LinkedCarbons, catalog: Catalog, graph: Graph | undefined): CarbonModel {
  return {
    method: carbonMethod(carbons, catalog),
    coefficients: [...carbons.coefficients.values()],
    architectures: [...carbons.architectures.values()].map((nodes) => carbonNodes(nodes, carbons, graph)),
  };
}

function carbonNodes(
  { lines, notCounted, ...nodes }: LinkedCarbon,
  carbons: LinkedCarbons,
  graph: Graph | undefined,
): CarbonNodes {
  return {
    ...nodes,
    lines: lines.map((line) => energyLine(line, graph === undefined ? [] : namesOf(line, carbons, graph))),
    notCounted: notCounted.map((item) => ({ ...item })),
  };
}

function energyLine(line: LinkedEnergy, names: readonly NamedFigure[]): EnergyLine {
  const { component, service, name, use, region, place, nodes } = line;
  return {
    words: {
      component,
      service: service.id,
      use: name,
      title: use.title,
      region,
      kind: use.kind,
      basis: use.basis,
      formula: String(use.flow ?? use.quantity ?? use.embodied ?? ""),
      place,
    },
    ...formulasOf(line),
    doc: use.doc ?? null,
    nodes,
    names,
  };
}

function formulasOf({ use }: LinkedEnergy): Pick<EnergyLine, "power" | "making"> {
  return { power: String(use.flow ?? use.quantity ?? ""), making: String(use.embodied ?? "") };
}

/** The names of formulas and of the formulas behind them, each once. */
function namesOf(line: LinkedEnergy, { set }: LinkedCarbons, { nodes }: Graph): readonly NamedFigure[] {
  const found = new Map<string, string | null>();
  const visit = (text: string): void => {
    const parsed = parseFormula(text);
    if (!("expr" in parsed)) return;
    for (const name of namesIn(parsed.expr)) {
      if (found.has(name)) continue;
      const entry = set.entries.get(name);
      const own = line.service.data.energy.let?.[name] ?? line.service.data.let[name];
      const behind = own ?? (entry?.kind === "let" ? entry.written.text : undefined);
      found.set(name, behind === undefined ? null : String(behind));
      if (behind !== undefined) visit(String(behind));
    }
  };
  const { power, making } = formulasOf(line);
  for (const formula of [power, making]) visit(formula);
  // Only what was linked for the figure has a value; the branch of an `if` that was not taken has none.
  return [...found].flatMap(([name, formula]): NamedFigure[] => {
    const value = line.scope.value(name);
    if (value === undefined || value === "failed") return [];
    if (value.kind === "text") return [{ name, figure: value.text, formula }];
    const { node } = value;
    if (node >= nodes.length) return [{ name, figure: "not used", formula }];
    const entry = set.entries.get(name);
    const coefficient = entry?.kind === "coefficient" ? entry.coefficient.unit : undefined;
    const base = value.kind === "boolean" ? "" : baseUnit(value.dimension);
    const { text: unit, factor } = coefficient ?? { text: base, factor: 1 };
    return [{ name, figure: { node, unit, factor, isTruth: value.kind === "boolean" }, formula }];
  });
}

/** The set, its coefficients as they are used, and whom to credit. */
function carbonMethod({ set, years, coefficients }: LinkedCarbons, catalog: Catalog): CarbonMethod {
  const used = [...coefficients.values()].map((c): CoefficientUsed => {
    const source = catalog.source(OWN_SOURCES, c.source);
    const { factor } = c.unit;
    return {
      address: c.address,
      title: c.title,
      unit: c.unit.text,
      per: c.per,
      low: c.low / factor,
      central: c.central / factor,
      high: c.high / factor,
      basis: c.basis,
      shared: c.shared,
      source: c.source,
      source_title: source?.title ?? c.source,
      source_url: source?.url ?? null,
      retrieved: c.retrieved,
      note: c.note ?? null,
    };
  });
  const credits = [...new Set(used.map(({ source }) => source))].flatMap((id) => {
    const source = catalog.source(OWN_SOURCES, id);
    if (source === undefined || id === "assumption") return [];
    const licence = source.licence === undefined ? "" : ` (${source.licence})`;
    return [
      `${source.title}${licence}${source.via === undefined ? "" : `, via ${source.via.replace(/^(npm|github) /, "")}`}`,
    ];
  });
  return { set: set.name, title: set.title, doc: set.doc, years: [...years], coefficients: used, credits };
}

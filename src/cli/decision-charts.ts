// Charts of the deciding commands that no run draws.

import { shownUnit } from "../figures/assumptions.ts";
import { costOver } from "../figures/values.ts";
import { pow } from "../formula/exact.ts";
import { definitionOf } from "../model/definition.ts";
import type { Model } from "../model/model.ts";
import { costCurve } from "../report/charts/cost-curve.ts";
import { spreadChart } from "../report/charts/spread.ts";
import type { BreakEvenResult, UncertaintyResult, UnitEconomicsResult } from "../result/decision-schema.ts";
import type { Result } from "../result/schema.ts";
import type { ChartImage } from "./charts.ts";
import { pngRenderer } from "./png-renderer.ts";

const SIZE = { width: 960, height: 540, scale: 2 };
const POINTS = 241;

/** Costs over the range that was looked at, with a circle where the cheapest changes. */
export async function breakEvenImage(
  model: Model,
  found: BreakEvenResult,
  title: string,
): Promise<readonly ChartImage[]> {
  const renderPng = await pngRenderer();
  const definition = definitionOf(model, found.over);
  const { factor } = definition === undefined ? { factor: 1 } : shownUnit(definition, model.monthSeconds);
  const turns = found.intervals.slice(1).map(({ from }) => from);
  const grid = Array.from({ length: POINTS }, (_, i) => found.from * pow(found.to / found.from, i / (POINTS - 1)));
  const x = [...grid, ...turns].sort((a, b) => a - b);
  const costs = costOver(
    model,
    found.over,
    x.map((value) => value * factor),
  );
  const costAt = (name: string | null, at: number): number => costs.get(name ?? "")?.[x.indexOf(at)] ?? Number.NaN;
  const chart = costCurve({
    title: `${title}: break-even over ${found.over}`,
    unit: "month",
    xLabel: found.unit === "" ? found.over : `${found.over}, ${found.unit}`,
    today: found.today,
    architectures: model.architectures.map(({ name }) => ({
      name,
      points: x.map((at, i) => [at, costs.get(name)?.[i] ?? Number.NaN] as const),
    })),
    turns: found.intervals.slice(1).flatMap(({ from, cheapest }) => {
      const cost = costAt(cheapest, from);
      return cost > 0 ? [[from, cost] as const] : [];
    }),
  });
  return [{ name: "breakeven", title: `Cost a month over ${found.over}`, png: renderPng(chart, SIZE) }];
}

/** Cost of a unit of work over the load, and of one more. */
export async function economicsImages(found: UnitEconomicsResult, result: Result): Promise<readonly ChartImage[]> {
  const renderPng = await pngRenderer();
  const { reported_count: count, reported_unit: unit, driver_value: today } = result.workload;
  const image = (name: string, what: string, of: "per_unit" | "marginal"): ChartImage => {
    const chart = costCurve({
      title: `${result.scenario.name}: ${what}`,
      unit,
      xLabel: found.over,
      today,
      architectures: Object.entries(found.architectures).map(([architecture, rows]) => ({
        name: architecture,
        points: rows.flatMap((row) => {
          const cost = row[of];
          return cost === null ? [] : [[row.driver, cost * count] as const];
        }),
      })),
    });
    return { name, title: what, png: renderPng(chart, SIZE) };
  };
  return [
    image("unit-cost", `cost of a ${unit} over ${found.over}`, "per_unit"),
    image("unit-cost-of-one-more", `cost of one more ${unit} over ${found.over}`, "marginal"),
  ];
}

/** p10 to p90 of the carbon of each architecture; nothing where it was not sampled. */
export async function carbonSpreadImage(found: UncertaintyResult, title: string): Promise<readonly ChartImage[]> {
  const architectures = Object.entries(found.architectures).flatMap(([name, { carbon }], place) =>
    carbon === null ? [] : [{ name, place, ...carbon }],
  );
  if (architectures.length === 0) return [];
  const renderPng = await pngRenderer();
  const chart = spreadChart({
    title: `${title}: CO2e a month, p10 to p90`,
    xLabel: "CO2e per month, over the assumed ranges and the bands of coefficients",
    unit: "kg",
    architectures,
  });
  return [{ name: "carbon-spread", title: "CO2e a month over the assumed ranges", png: renderPng(chart, SIZE) }];
}

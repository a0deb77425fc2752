import { costByDriver } from "../report/charts/cost-by-driver.ts";
import { costByRole } from "../report/charts/cost-by-role.ts";
import { costPerUnit } from "../report/charts/cost-per-unit.ts";
import { type Spread, spreadChart } from "../report/charts/spread.ts";
import { tornadoChart } from "../report/charts/tornado.ts";
import type { SensitivityResult, UncertaintyResult } from "../result/decision-schema.ts";
import { percent } from "../result/number.ts";
import type { Result } from "../result/schema.ts";

export type ChartImage = { readonly name: string; readonly title: string; readonly png: Uint8Array };

const SIZE = { width: 960, height: 540, scale: 2 };

/** Charts of a result as PNG: cost by role, cost by driver and cost per unit. */
export async function chartImages(result: Result): Promise<readonly ChartImage[]> {
  const { renderPng } = await import("../report/png.ts");
  const roles = costByRole({
    title: `${result.scenario.name}: cost a month by role`,
    architectures: Object.entries(result.architectures).map(([name, { roles }]) => ({
      name,
      roles: Object.fromEntries(Object.entries(roles).map(([role, { month }]) => [role, month])),
    })),
  });
  const images: ChartImage[] = [{ name: "cost-by-role", title: "Cost a month by role", png: renderPng(roles, SIZE) }];
  const { curve, workload } = result;
  if (result.uncertainty !== null) images.push(...(await spreadImage(result.uncertainty, result.scenario.name)));
  if (curve === null) return images;
  const today = workload.driver_value;
  const points = (values: readonly (number | null)[] | undefined): (readonly [number, number])[] =>
    curve.x.flatMap((x, i) => {
      const y = values?.[i];
      return y === null || y === undefined || y <= 0 ? [] : [[x, y] as const];
    });
  const names = Object.keys(curve.month);
  const byDriver = costByDriver({
    title: `${result.scenario.name}: cost a month by ${curve.over}`,
    unit: "month",
    xLabel: curve.over,
    today,
    architectures: names.map((name) => ({ name, points: points(curve.month[name]) })),
    turns: turnsOf(result),
  });
  const perUnit = costPerUnit({
    title: `${result.scenario.name}: cost per ${workload.reported_unit} by ${curve.over}`,
    unit: workload.reported_unit,
    xLabel: curve.over,
    today,
    architectures: names.map((name) => ({ name, points: points(curve.per_unit[name]) })),
  });
  images.push({ name: "cost-by-driver", title: `Cost a month by ${curve.over}`, png: renderPng(byDriver, SIZE) });
  images.push({
    name: "cost-per-unit",
    title: `Cost per ${workload.reported_unit} by ${curve.over}`,
    png: renderPng(perUnit, SIZE),
  });
  return images;
}

/** Where the cheapest changes, on the lines of costs. */
function turnsOf({ break_even: found, curve }: Result): readonly (readonly [number, number])[] {
  if (found === null || curve === null || found.over !== curve.over || found.unit !== "") return [];
  return found.intervals.slice(1).flatMap(({ from: at, cheapest }) => {
    const costs = cheapest === null ? undefined : curve.month[cheapest];
    const next = curve.x.findIndex((x) => x >= at);
    const [x1, x2] = [curve.x[next - 1], curve.x[next]];
    const [y1, y2] = [costs?.[next - 1], costs?.[next]];
    if (x1 === undefined || x2 === undefined || y1 === undefined || y2 === undefined || !(y1 > 0)) return [];
    return [[at, y1 * (y2 / y1) ** (Math.log(at / x1) / Math.log(x2 / x1))] as const];
  });
}

/** p10 to p90 of the cost of each architecture. */
export async function spreadImage(found: UncertaintyResult, name: string): Promise<readonly ChartImage[]> {
  const { renderPng } = await import("../report/png.ts");
  const all = Object.entries(found.architectures);
  const image = (file: string, title: string, spread: Spread): ChartImage => {
    return { name: file, title, png: renderPng(spreadChart(spread), SIZE) };
  };
  const images = [
    image("cost-spread", "Cost a month over the assumed ranges", {
      title: `${name}: cost a month, p10 to p90`,
      xLabel: "USD per month, over the assumed ranges",
      unit: "USD",
      architectures: all.map(([each, { cost }], place) => ({ name: each, place, ...cost })),
    }),
  ];
  const saving = all.flatMap(([each, { saving_share: saved }], place) =>
    saved === null ? [] : [{ name: each, place, ...saved }],
  );
  if (saving.length === 0) return images;
  const title = `${name}: saving, p10 to p90`;
  const xLabel = "share of the current cost saved, over the assumed ranges";
  const spread = { title, xLabel, unit: "share", architectures: saving } as const;
  return [...images, image("saving-spread", "Saving over the assumed ranges", spread)];
}

/** What each range does to the saving of an architecture, or to its cost where it is the current one. */
export async function tornadoImage(found: SensitivityResult, focus: string): Promise<readonly ChartImage[]> {
  const base = found.base[focus];
  if (base === undefined || found.tornado.length === 0) return [];
  const { renderPng } = await import("../report/png.ts");
  const saves = base.saving_share !== null && focus !== found.current;
  const inputs = found.tornado
    .flatMap((row) => {
      const ends = (saves ? row.saving_share : row.cost)[focus];
      return ends === undefined ? [] : [{ ...row, atLow: ends.low, atHigh: ends.high }];
    })
    .sort((a, b) => Math.abs(b.atHigh - b.atLow) - Math.abs(a.atHigh - a.atLow));
  const what = saves ? `saving of ${focus}` : `cost of ${focus}`;
  const chart = tornadoChart({
    title: saves && base.saving_share !== null ? `${what}: ${percent(base.saving_share)}` : `${what} a month`,
    xLabel: saves ? "share of the current cost saved" : "USD per month",
    base: saves && base.saving_share !== null ? base.saving_share : base.cost,
    unit: saves ? "share" : "USD",
    inputs,
  });
  return [{ name: "tornado", title: `What moves the ${what}`, png: renderPng(chart, SIZE) }];
}

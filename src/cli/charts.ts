import { costByDriver } from "../report/charts/cost-by-driver.ts";
import { costByRole } from "../report/charts/cost-by-role.ts";
import { costPerUnit } from "../report/charts/cost-per-unit.ts";
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

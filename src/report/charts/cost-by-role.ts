import type { ChartConfiguration } from "chart.js";
import { ROLE_ORDER, roleColor } from "./palette.ts";
import { stackedBarsChart } from "./stacked-bars.ts";
import { shortDollars } from "./ticks.ts";

/** Monthly cost by what the money is for. */
export type RoleCosts = {
  readonly title: string;
  /** USD a month by role; a role that an architecture does not have costs nothing there */
  readonly architectures: readonly { readonly name: string; readonly roles: Readonly<Record<string, number>> }[];
};

/** Stacked horizontal bars, one an architecture in the given order, one colour a role, the total at the end. */
export function costByRole(data: RoleCosts): ChartConfiguration<"bar"> {
  const present = new Set(
    data.architectures.flatMap(({ roles }) => Object.keys(roles).filter((role) => roles[role] !== 0)),
  );
  const known = ROLE_ORDER.filter((role) => present.has(role));
  const others = [...present].filter((role) => !ROLE_ORDER.includes(role)).sort();
  const order = [...known, ...others];
  return stackedBarsChart({
    title: data.title,
    xLabel: "USD per month",
    format: shortDollars,
    pieces: order.map((role) => ({ name: role.replaceAll("-", " "), color: roleColor(role) })),
    bars: data.architectures.map(({ name, roles }) => ({
      name,
      values: order.map((role) => roles[role] ?? Number.NaN),
    })),
  });
}

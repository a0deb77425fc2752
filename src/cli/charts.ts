import { capacityBars } from "../report/charts/capacity-bars.ts";
import { costByRole } from "../report/charts/cost-by-role.ts";
import { costCurve } from "../report/charts/cost-curve.ts";
import { leverReach } from "../report/charts/lever-reach.ts";
import { itemColor, REST_COLOR } from "../report/charts/palette.ts";
import { planPath } from "../report/charts/plan-path.ts";
import { CARD_SIZE, socialCard } from "../report/charts/social-card.ts";
import { type Spread, spreadChart } from "../report/charts/spread.ts";
import { stackedBarsChart } from "../report/charts/stacked-bars.ts";
import { shortDollars } from "../report/charts/ticks.ts";
import { type TornadoUnit, tornadoChart } from "../report/charts/tornado.ts";
import { waterfallChart } from "../report/charts/waterfall.ts";
import { costsByItem, REST } from "../report/items.ts";
import { regionsWords } from "../report/wording.ts";
import { mass } from "../result/carbon-words.ts";
import type { SwingsResult, UncertaintyResult } from "../result/decision-schema.ts";
import { inputWords } from "../result/decision-words.ts";
import type { LeversResult } from "../result/levers.ts";
import { money, percent, quantity } from "../result/number.ts";
import type { PlanResult } from "../result/plan.ts";
import type { Result } from "../result/schema.ts";
import { pngRenderer } from "./png-renderer.ts";

export type ChartImage = { readonly name: string; readonly title: string; readonly png: Uint8Array };

const SIZE = { width: 960, height: 540, scale: 2 };

/** Charts that `--charts` takes, in the order in which they are written. */
export const CHARTS = [
  "card",
  "cost",
  "items",
  "driver",
  "unit",
  "limits",
  "spread",
  "tornado",
  "carbon",
  "plan",
  "levers",
] as const;
export type ChartName = (typeof CHARTS)[number];

/**
 * Charts of a result as PNG; only the wanted ones are drawn.
 * @param found what is computed for reports alone: the sensitivity where an input has a range, levers where there are some
 */
export async function chartImages(
  result: Result,
  wanted: ReadonlySet<ChartName> = new Set(CHARTS),
  { sensitivity, levers }: { readonly sensitivity?: SwingsResult; readonly levers?: LeversResult } = {},
): Promise<readonly ChartImage[]> {
  if (wanted.size === 0) return [];
  const renderPng = await pngRenderer();
  const { uncertainty, plan, scenario } = result;
  const drawings: Readonly<Record<ChartName, () => Promise<readonly ChartImage[]> | readonly ChartImage[]>> = {
    card: () => [{ name: "social-card", title: "The verdict", png: renderPng(cardOf(result), CARD_SIZE) }],
    cost: () => [{ name: "cost-by-role", title: "Cost a month by role", png: renderPng(rolesOf(result), SIZE) }],
    items: () => [{ name: "cost-by-item", title: "Cost a month by line item", png: renderPng(itemsOf(result), SIZE) }],
    driver: () => driverImages(result, renderPng),
    unit: () => unitImages(result, renderPng),
    limits: () => limitImages(result, renderPng),
    spread: () => (uncertainty === null ? [] : spreadImage(uncertainty, scenario.name)),
    tornado: () => (sensitivity === undefined ? [] : tornadoImage(sensitivity, result.comparison.cheapest)),
    carbon: () => carbonImages(result, renderPng),
    plan: () => (plan === null ? [] : planImage(plan, scenario.name, Object.keys(result.architectures))),
    levers: () => (levers === undefined ? [] : leverImages(levers, scenario.name)),
  };
  const images: ChartImage[] = [];
  for (const name of CHARTS) if (wanted.has(name)) images.push(...(await drawings[name]()));
  return images;
}

type Draw = Awaited<ReturnType<typeof pngRenderer>>;

function rolesOf({ scenario, architectures }: Result): ReturnType<typeof costByRole> {
  return costByRole({
    title: `${scenario.name}: cost a month by role`,
    architectures: Object.entries(architectures).map(([name, { roles }]) => ({
      name,
      roles: Object.fromEntries(Object.entries(roles).map(([role, { month }]) => [role, month])),
    })),
  });
}

function itemsOf(result: Result): ReturnType<typeof stackedBarsChart> {
  const { items, of } = costsByItem(result);
  return stackedBarsChart({
    title: `${result.scenario.name}: cost a month by line item`,
    xLabel: "USD per month",
    format: shortDollars,
    pieces: items.map((name, i) => ({ name, color: name === REST ? REST_COLOR : itemColor(i) })),
    bars: Object.keys(result.architectures).map((name) => ({ name, values: of(name) })),
  });
}

function carbonImages({ architectures, scenario }: Result, draw: Draw): readonly ChartImage[] {
  const bars = Object.entries(architectures).flatMap(([name, { carbon }]) =>
    carbon === null ? [] : [{ name, values: [carbon.operational.central, carbon.embodied.central] }],
  );
  if (bars.length === 0) return [];
  const chart = stackedBarsChart({
    title: `${scenario.name}: carbon a month, central figures`,
    xLabel: "CO2e per month, operational (location-based) and embodied; the bands are in the report",
    format: mass,
    pieces: [
      { name: "operational", color: itemColor(0) },
      { name: "embodied", color: itemColor(1) },
    ],
    bars,
  });
  return [{ name: "carbon", title: "Carbon a month", png: draw(chart, SIZE) }];
}

function cardOf(result: Result): ReturnType<typeof socialCard> {
  const { scenario, comparison, architectures } = result;
  const names = Object.keys(architectures);
  return socialCard({
    title: scenario.name,
    verdict: comparison.verdict[0] ?? scenario.name,
    rows: comparison.rows.map(({ architecture: name, month }) => ({
      name,
      place: names.indexOf(name),
      month,
      words: `${money(month)} a month`,
    })),
    foot: `archcost, prices of ${scenario.as_of.prices}, ${regionsWords(result)}`,
  });
}

function driverImages(result: Result, draw: Draw): readonly ChartImage[] {
  const { curve, workload, scenario } = result;
  if (curve === null) return [];
  const chart = costCurve({
    title: `${scenario.name}: cost a month by ${curve.over}`,
    unit: "month",
    xLabel: curve.over,
    today: workload.driver_value,
    architectures: linesOf(curve.x, curve.month),
    turns: turnsOf(result),
  });
  return [{ name: "cost-by-driver", title: `Cost a month by ${curve.over}`, png: draw(chart, SIZE) }];
}

function unitImages({ curve, workload, scenario }: Result, draw: Draw): readonly ChartImage[] {
  if (curve === null) return [];
  const chart = costCurve({
    title: `${scenario.name}: cost per ${workload.reported_unit} by ${curve.over}`,
    unit: workload.reported_unit,
    xLabel: curve.over,
    today: workload.driver_value,
    architectures: linesOf(curve.x, curve.per_unit),
  });
  return [
    { name: "cost-per-unit", title: `Cost per ${workload.reported_unit} by ${curve.over}`, png: draw(chart, SIZE) },
  ];
}

function linesOf(x: readonly number[], values: Readonly<Record<string, readonly (number | null)[]>>) {
  return Object.entries(values).map(([name, ys]) => ({
    name,
    points: x.flatMap((at, i): (readonly [number, number])[] => {
      const y = ys[i];
      return y === null || y === undefined || y <= 0 ? [] : [[at, y]];
    }),
  }));
}

function limitImages({ architectures, scenario }: Result, draw: Draw): readonly ChartImage[] {
  const known = Object.entries(architectures).flatMap(([name, { limits, capacity }], place) => {
    if (limits.length === 0) return [];
    const at = capacity.granted;
    const first = limits.find(({ quota }) => quota === at?.quota)?.title ?? "";
    const words = at === null ? "no quota at any load" : `${at.units === 0 ? "any load" : percent(at.share)}: ${first}`;
    return [{ name, place, share: at === null ? null : at.share, words }];
  });
  if (known.length === 0) return [];
  const title = `${scenario.name}: load at which the first quota binds`;
  return [
    {
      name: "limits",
      title: "Load at which the first quota binds",
      png: draw(capacityBars({ title, architectures: known }), SIZE),
    },
  ];
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
  const renderPng = await pngRenderer();
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

/** What each range does to the saving of an architecture (none of the current one), its cost, its binding load and its carbon. */
export async function tornadoImage(found: SwingsResult, focus: string): Promise<readonly ChartImage[]> {
  const base = found.base[focus];
  if (base === undefined || found.tornado.length === 0) return [];
  const renderPng = await pngRenderer();
  const saving = focus === found.current ? null : base.saving_share;
  const own: readonly (TornadoOf | null)[] = [
    saving === null
      ? null
      : { name: "tornado", what: "saving", base: saving, unit: "share", of: (row) => row.saving_share[focus] },
    {
      name: saving === null ? "tornado" : "tornado-cost",
      what: "cost",
      base: base.cost,
      unit: "USD",
      of: (row) => row.cost[focus],
    },
    ...loadTornado(found, focus),
    base.carbon === null
      ? null
      : { name: "tornado-carbon", what: "carbon", base: base.carbon, unit: "kg", of: (row) => row.carbon[focus] },
  ];
  return own.flatMap((each) => {
    if (each === null) return [];
    const inputs = found.tornado
      .flatMap((row) => {
        const ends = each.of(row);
        if (ends === undefined || ends.low === ends.high) return [];
        return [{ ...row, address: inputWords(row.address), atLow: ends.low, atHigh: ends.high }];
      })
      .sort((a, b) => Math.abs(b.atHigh - b.atLow) - Math.abs(a.atHigh - a.atLow))
      .slice(0, MOST_BARS);
    if (inputs.length === 0) return [];
    const title = `What moves the ${each.what} of ${each.architecture ?? focus}`;
    const chart = tornadoChart({ title, xLabel: TORNADO_LABELS[each.unit], base: each.base, unit: each.unit, inputs });
    return [{ name: each.name, title, png: renderPng(chart, SIZE) }];
  });
}

/** Of the architecture itself, or of the current one where no quota stands in its way. */
function loadTornado({ base, current }: SwingsResult, focus: string): readonly TornadoOf[] {
  return [focus, ...(current === null ? [] : [current])]
    .flatMap((architecture): TornadoOf[] => {
      const load = base[architecture]?.binding_load ?? null;
      if (load === null || load <= 0) return [];
      const of = (row: SwingsResult["tornado"][number]) => row.binding_load[architecture] ?? undefined;
      return [
        { name: "tornado-load", what: "load that the first quota allows", architecture, base: load, unit: "load", of },
      ];
    })
    .slice(0, 1);
}

type TornadoOf = {
  readonly name: string;
  readonly architecture?: string;
  readonly what: string;
  readonly base: number;
  readonly unit: TornadoUnit;
  readonly of: (row: SwingsResult["tornado"][number]) => { readonly low: number; readonly high: number } | undefined;
};

/** What fits a picture. */
const MOST_BARS = 16;
const TORNADO_LABELS: Readonly<Record<TornadoUnit, string>> = {
  share: "share of the current cost saved",
  USD: "USD per month",
  load: "load",
  kg: "CO2e per month",
};
/** What each architecture costs month by month, with the plan's way and its moves. */
export async function planImage(
  plan: PlanResult,
  name: string,
  order: readonly string[],
): Promise<readonly ChartImage[]> {
  const renderPng = await pngRenderer();
  const names = Object.keys(plan.months[0]?.cost ?? {});
  const chart = planPath({
    title: `${name}: plan over ${plan.horizon} months`,
    xLabel: `month; ${plan.driver} from ${quantity(plan.start_load)} to ${quantity(plan.end_load)}`,
    architectures: names.map((each) => ({
      name: each,
      place: Math.max(0, order.indexOf(each)),
      cost: plan.months.map(({ cost, able }) => (able[each] === true ? (cost[each] ?? null) : null)),
    })),
    path: plan.months.map(({ serving }) => (serving === null ? null : names.indexOf(serving))),
    moves: (plan.best?.moves ?? []).map(({ to, decided, done, driver }) => ({
      decided,
      done,
      words: `month ${decided}: move to ${to} at ${quantity(driver)} ${plan.driver}`,
    })),
  });
  return [{ name: "plan", title: `Plan over ${plan.horizon} months`, png: renderPng(chart, SIZE) }];
}

/** How far each class of levers goes, and from the cost without levers to the cost with the best of them. */
export async function leverImages(found: LeversResult, name: string): Promise<readonly ChartImage[]> {
  if (found.waterfall === null) return [];
  const renderPng = await pngRenderer();
  const { architecture, waterfall } = found;
  const reach = leverReach({ ...found, title: `${name}: how far levers go` });
  const chart = waterfallChart({ title: `${name}: what levers save a month`, architecture, ...waterfall });
  return [
    { name: "levers-reach", title: "How far levers go", png: renderPng(reach, SIZE) },
    { name: "levers-waterfall", title: "What levers save a month", png: renderPng(chart, SIZE) },
  ];
}

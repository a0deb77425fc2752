// Where levers fit: which change something, what of it, and in which architectures.
import type { Catalog } from "../catalog/catalog.ts";
import type { Problems } from "../diagnostic/diagnostic.ts";
import { money } from "../result/number.ts";
import type { Lever } from "../scenario/lever.ts";
import { specText } from "../scenario/overlay.ts";
import { CHEAPEST } from "./check.ts";
import type { ListedLever } from "./list.ts";
import type { Figures, LeverStudy, Look } from "./study.ts";

export type FitTask = {
  readonly study: LeverStudy;
  readonly catalog: Catalog;
  readonly levers: readonly ListedLever[];
  /** reported what is wrong with levers of the scenario */
  readonly problems: Problems;
};

export type FittingLever = ListedLever & {
  /** architectures in which it changes something, the one that levers start from first */
  readonly on: readonly string[];
};

export type LeftOut = { readonly lever: string; readonly title: string; readonly reason: string };

/** Two costs nearer than this are the same: sums run in another order. */
const SAME = 1e-9;

/**
 * The levers that change something: in the architecture that they start from, or in one that a lever switches to. A
 * built-in lever is kept where it saves, component by component; a lever of the scenario always.
 */
export function fittingLevers(task: FitTask): {
  readonly levers: readonly FittingLever[];
  readonly leftOut: readonly LeftOut[];
} {
  const { study, levers } = task;
  const { architecture } = study.base;
  const switches = levers.filter(({ spec }) => spec.architecture !== undefined);
  const found: FittingLever[] = [];
  const leftOut: LeftOut[] = [];
  const stands = new Map<string, readonly Lever[]>([[architecture, []]]);
  for (const lever of switches) {
    const look = study.look([lever]);
    if (look.figures === undefined) refuse(task, lever, look, leftOut);
    else {
      found.push({ ...lever, on: [architecture] });
      stands.set(lever.spec.architecture ?? architecture, [lever]);
    }
  }
  for (const listed of levers) {
    if (listed.spec.architecture !== undefined) continue;
    const placed = listed.spec.region === CHEAPEST ? inCheapestRegion(task, listed) : listed;
    if (!("spec" in placed)) {
      leftOut.push(placed);
      continue;
    }
    const fit = fitOf(task, placed, stands);
    if ("on" in fit) found.push(fit);
    else if (fit.reason !== undefined) leftOut.push({ lever: listed.name, title: listed.title, reason: fit.reason });
  }
  const at = ({ name }: Lever): number => levers.findIndex((listed) => listed.name === name);
  return {
    levers: withConflicts(
      study,
      found.sort((a, b) => at(a) - at(b)),
      stands,
    ),
    leftOut,
  };
}

function refuse({ problems }: FitTask, lever: ListedLever, { problems: list }: Look, leftOut: LeftOut[]): void {
  if (lever.wanted) for (const problem of list) problems.add(problem);
  else leftOut.push({ lever: lever.name, title: lever.title, reason: firstWords(list) });
}

function firstWords(list: Look["problems"]): string {
  return list.find(({ severity }) => severity === "error")?.message ?? "it cannot be computed";
}

type Fit = FittingLever | { readonly reason: string | undefined };

/** Where one lever fits; the reason where it does not, undefined where it touches nothing. */
function fitOf(task: FitTask, lever: ListedLever, stands: ReadonlyMap<string, readonly Lever[]>): Fit {
  const fits = new Map<string, ReadonlySet<string>>();
  const on: string[] = [];
  let reason: string | undefined;
  const faults: Look["problems"][number][] = [];
  for (const [architecture, before] of stands) {
    const chosen = fitOn(task, lever, before);
    if (chosen === undefined) continue;
    if ("faults" in chosen) faults.push(...chosen.faults);
    // Where levers start it has to link; in another architecture it may be of no use.
    if ("faults" in chosen && architecture === task.study.base.architecture) break;
    if ("faults" in chosen) reason ??= firstWords(chosen.faults);
    else if ("reason" in chosen) reason ??= chosen.reason;
    else {
      on.push(architecture);
      if (chosen.components.size > 0) fits.set(architecture, chosen.components);
    }
  }
  if (on.length === 0) for (const fault of faults) task.problems.add(fault);
  if (on.length === 0) {
    if (!lever.builtIn && reason === undefined && !task.problems.hasErrors) tellIdle(task, lever);
    return { reason };
  }
  const restricted = lever.builtIn && !lever.wanted && lever.spec.services !== undefined;
  return { ...lever, fits: restricted ? fits : undefined, on };
}

/** The components to change, empty where it is not about components; or why not to; or what is wrong with it. */
type Chosen =
  | { readonly components: ReadonlySet<string> }
  | { readonly reason: string }
  | { readonly faults: Look["problems"] };

/**
 * @param before the levers that lead to the architecture
 * @returns undefined: nothing to change
 */
function fitOn(task: FitTask, lever: ListedLever, before: readonly Lever[]): Chosen | undefined {
  const { study } = task;
  const start = study.look(before).figures;
  const look = study.look([...before, lever], (path) => {
    if (!lever.builtIn) tellRemoved(task, path);
  });
  const { overlay, figures } = look;
  if (!overlay.changed.has(lever.name) || start === undefined) return undefined;
  const components = touched(task, lever, before);
  if (lever.wanted) return figures === undefined ? { faults: look.problems } : { components: new Set(components) };
  if (components.length === 0) {
    const reason = worth(start, look);
    return reason === undefined ? { components: new Set() } : { reason };
  }
  const reasons: string[] = [];
  const kept = components.filter((component) => {
    const fits = new Map([[overlay.architecture, new Set([component])]]);
    const why = worth(start, study.look([...before, { ...lever, fits }]));
    if (why !== undefined) reasons.push(why);
    return why === undefined;
  });
  const [reason = "it would save nothing here"] = reasons;
  return kept.length > 0 ? { components: new Set(kept) } : { reason };
}

/** Components that a lever changes by their service. */
function touched({ study }: FitTask, lever: ListedLever, before: readonly Lever[]): readonly string[] {
  if (lever.spec.services === undefined) return [];
  const { overlay: from } = study.look(before);
  const { overlay: to } = study.look([...before, lever]);
  const old = from.scenario.architectures.get(from.architecture)?.components ?? [];
  const now = to.scenario.architectures.get(to.architecture)?.components ?? [];
  const specs = new Set(old.map(specText));
  return now.filter((component) => !specs.has(specText(component))).map(({ name }) => name);
}

/** Why a built-in lever is not worth having; undefined where it saves. */
function worth(start: Figures, { figures, problems }: Look): string | undefined {
  if (figures === undefined) return firstWords(problems);
  const more = figures.cost - start.cost;
  if (more < -SAME * Math.abs(start.cost)) return undefined;
  return more > SAME * Math.abs(start.cost)
    ? `it would cost ${money(more)} a month more`
    : "it would save nothing here";
}

/** A lever of the scenario that nothing comes of is most likely misspelt. */
function tellIdle({ study, problems }: FitTask, { name, path, appliesTo }: ListedLever): void {
  const { scenario, architecture } = study.base;
  const message = `"${name}" changes nothing in "${architecture}", nor in an architecture that a lever switches to`;
  const hint = appliesTo.length > 0 ? "look at applies_to" : "does the architecture have what it changes?";
  problems.warning("changes-nothing", message, scenario.source.place(path, "key"), hint);
}

function tellRemoved({ study, problems }: FitTask, path: readonly (string | number)[]): void {
  const key = String(path.at(-1) ?? "");
  const place = study.base.scenario.source.place(path, "key");
  problems.error("nothing-to-remove", `there is no "${key}" to remove`, place);
}

/** The lever with the region in which the architecture costs least, of those where every price is known. */
function inCheapestRegion({ study, catalog }: FitTask, lever: ListedLever): ListedLever | LeftOut {
  const { scenario, architecture } = study.base;
  const own = scenario.architectures.get(architecture);
  const provider = String(own?.components[0]?.spec["service"]).split("/")[0] ?? "";
  const here = study.look([]).figures;
  const now = own?.region ?? scenario.data.region;
  const regions = Object.keys(catalog.regions(provider)).filter((region) => region !== now);
  const into = (region: string): readonly Lever[] => [{ ...lever, spec: { ...lever.spec, region } }];
  // By cost alone first: mostly the cheapest is one where the design can be had, and the others need no closer look.
  const byCost = regions
    .map((region) => ({ region, cost: study.cost(into(region)) }))
    .filter(({ cost }) => Number.isFinite(cost))
    .sort((a, b) => a.cost - b.cost);
  const able = ({ region }: { readonly region: string }): boolean =>
    study.look(into(region)).figures?.feasible === true;
  const best = byCost.find(able);
  const { name: leverName, title } = lever;
  const saves = best !== undefined && here !== undefined && best.cost < here.cost * (1 - SAME);
  if (best === undefined || (!saves && !lever.wanted)) {
    const reason =
      best === undefined
        ? "in no other region all prices are known"
        : `${now} is the cheapest of the ${byCost.filter(able).length + 1} regions where all prices are known`;
    return { lever: leverName, title, reason };
  }
  return { ...lever, title: `${title}: ${best.region}`, spec: { ...lever.spec, region: best.region } };
}

/** Two levers that write different values to the same place cannot be had together. */
function withConflicts(
  study: LeverStudy,
  levers: readonly FittingLever[],
  stands: ReadonlyMap<string, readonly Lever[]>,
): readonly FittingLever[] {
  const writes = new Map(levers.map(({ name }) => [name, new Map<string, string>()]));
  for (const [architecture, before] of stands) {
    for (const lever of levers) {
      const own = study
        .look([...before.filter((one) => one.name !== lever.name), lever])
        .overlay.writes.get(lever.name);
      for (const [key, value] of own ?? []) writes.get(lever.name)?.set(`${architecture}/${key}`, value);
    }
  }
  const clash = (a: Lever, b: Lever): boolean =>
    [...(writes.get(a.name) ?? [])].some(([key, value]) => {
      const other = writes.get(b.name)?.get(key);
      return other !== undefined && other !== value;
    });
  return levers.map((lever) => {
    const others = levers.filter((other) => other !== lever && clash(lever, other)).map(({ name }) => name);
    return { ...lever, excludes: new Set([...lever.excludes, ...others]) };
  });
}

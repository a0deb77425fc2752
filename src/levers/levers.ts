// What analyses see of levers: names with figures, without scenarios and overlays.
import type { Problems } from "../diagnostic/diagnostic.ts";
import type { DesignNodes } from "../model/lever-nodes.ts";
import type { LeverOutcome, LeverResult } from "../result/levers.ts";
import { type End, type Lever, withAssumptions } from "../scenario/lever.ts";
import { changesOf } from "./changes.ts";
import { onceOf } from "./check.ts";
import { type FittingLever, fittingLevers, type LeftOut } from "./fit.ts";
import { leversOf } from "./list.ts";
import { type Figures, LeverStudy, type StudyTask } from "./study.ts";

export type LeversTask = StudyTask & {
  /** whether the built-in levers are looked at too */
  readonly builtIn: boolean;
  readonly problems: Problems;
};

/** A combination as run: which architecture is left, and its figures; savings are against no lever at all. */
export type Ran = {
  readonly architecture: string;
  /** levers that change something in it */
  readonly changed: ReadonlySet<string>;
  /** undefined: it does not link, for `reason` */
  readonly figures: Pick<LeverOutcome, "cost" | "feasible"> | undefined;
  /** all there is to tell of it: more work, done when it is asked for; undefined where there are no figures */
  readonly outcome: () => LeverOutcome | undefined;
  readonly reason: string | undefined;
};

export type StudiedLever = Pick<FittingLever, "name" | "class" | "excludes"> & {
  readonly words: Omit<LeverResult, "alone" | "range" | "payback_months" | "measured_on">;
  /** the architecture that it is measured alone on, and the lever that leads there */
  readonly on: { readonly architecture: string; readonly by: readonly string[] };
};

export type StudiedLevers = {
  readonly architecture: string;
  readonly levers: readonly StudiedLever[];
  readonly leftOut: readonly LeftOut[];
  readonly driver: string;
  /** how many different scenarios have been run so far */
  runs(): number;
  run(names: readonly string[]): Ran;
  /** a combination as nodes; undefined where it has no figures, or is a model of its own */
  nodes(names: readonly string[]): DesignNodes | undefined;
  /**
   * Saving of a lever alone with its assumptions at the ends given, in USD a month; undefined where that does not link.
   * @param ends by assumption; the others stand at their value
   */
  savingAt(name: string, ends: ReadonlyMap<string, End>): number | undefined;
};

/** Reads, checks and places the levers of a scenario; undefined where the problems hold errors. */
export function studiedLevers(task: LeversTask): StudiedLevers | undefined {
  const { scenario, catalog, architecture, variant, builtIn, problems } = task;
  const listed = leversOf({ scenario, catalog, architecture, variant, builtIn, problems });
  const study = new LeverStudy(task);
  const base = study.look([]);
  for (const problem of base.problems) problems.add(problem);
  const { levers, leftOut } = fittingLevers({ study, catalog, levers: listed, problems });
  if (problems.hasErrors || base.figures === undefined) return undefined;
  const byName = new Map(levers.map((lever) => [lever.name, lever]));
  const chosen = (names: readonly string[]): readonly Lever[] => names.flatMap((name) => byName.get(name) ?? []);
  const start = base.figures;
  const run = (names: readonly string[]): Ran => {
    const { overlay, figures, problems: list } = study.look(chosen(names));
    return {
      architecture: overlay.architecture,
      changed: overlay.changed,
      figures,
      outcome: () => (figures === undefined ? undefined : outcomeOf(figures, start)),
      reason: list.find(({ severity }) => severity === "error")?.message,
    };
  };
  const switchTo = (to: string): readonly string[] =>
    levers.filter(({ spec }) => spec.architecture === to).map(({ name }) => name);
  return {
    architecture,
    levers: levers.map((lever) => studied(lever, task, study, switchTo)),
    leftOut,
    driver: scenario.data.workload.driver,
    runs: () => study.runs,
    run,
    nodes: (names) => study.nodes(chosen(names)),
    savingAt(name, ends) {
      const lever = byName.get(name);
      if (lever === undefined) return undefined;
      const before = lever.on[0] === architecture ? [] : chosen(switchTo(lever.on[0] ?? ""));
      const from = study.look(before).figures;
      const to = study.look([...before, at(lever, ends)]).figures;
      return from === undefined || to === undefined ? undefined : from.cost - to.cost;
    },
  };
}

/** A lever with some of its assumptions at an end of their range. */
function at(lever: FittingLever, ends: ReadonlyMap<string, End>): Lever {
  const assumes = lever.assumes.map((one) => ({ ...one, value: one[ends.get(one.name) ?? "value"] ?? one.value }));
  const spec = withAssumptions(lever.written, assumes, "value");
  // The region that was found stays.
  return { ...lever, spec: { ...spec, ...(lever.spec.region === undefined ? {} : { region: lever.spec.region }) } };
}

function studied(
  lever: FittingLever,
  { scenario, catalog, variant, problems }: LeversTask,
  study: LeverStudy,
  switchTo: (architecture: string) => readonly string[],
): StudiedLever {
  const [first = study.base.architecture] = lever.on;
  const by = first === study.base.architecture ? [] : switchTo(first);
  const { name, title, spec, path, excludes } = lever;
  return {
    name,
    class: lever.class,
    excludes,
    on: { architecture: first, by },
    words: {
      name,
      title,
      class: lever.class,
      built_in: lever.builtIn,
      applies_to: [...lever.on],
      excludes: [...excludes].sort(),
      changes: changesOf(lever, study, first),
      effort: spec.effort ?? null,
      once: onceOf({ spec, path, scenario, catalog, variant, problems }),
      reason: spec.reason ?? null,
      source: spec.source ?? null,
      assumes: lever.assumes.map(({ name: what, value, low, high, reason, source }) => ({
        name: what,
        value,
        low: low ?? null,
        high: high ?? null,
        reason: reason ?? null,
        source: source ?? null,
      })),
    },
  };
}

/** Figures against those without levers. */
function outcomeOf(figures: Figures, start: Pick<Figures, "cost" | "carbon">): LeverOutcome {
  const { cost, carbon, feasible } = figures;
  const { binds_at: binds, hard, reasons } = figures.load();
  const change = carbon === null || start.carbon === null || start.carbon === 0 ? null : carbon / start.carbon - 1;
  return {
    cost,
    saving: start.cost - cost,
    saving_share: start.cost === 0 ? null : 1 - cost / start.cost,
    carbon,
    carbon_change: change,
    binds_at: binds,
    hard,
    feasible,
    reasons,
  };
}

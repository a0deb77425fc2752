import { cheapestCombination } from "../analysis/lever-search.ts";
import { CLASSES, waterfallOfSets } from "../analysis/waterfall.ts";
import { gapBetween } from "../formula/arithmetic.ts";
import { leverSentences } from "../result/lever-words.ts";
import type { Combination, LeverOutcome, LeverResult, LeversResult, Stage, Waterfall } from "../result/levers.ts";
import type { Ran, StudiedLever, StudiedLevers } from "./levers.ts";

const MOST_COMBINATIONS = 12;
const MOST_REFUSED = 12;
/** Two costs nearer than this are the same: sums run in another order. */
const SAME = 1e-9;

export type LeversOptions = {
  /** the waterfall is of these instead of the cheapest combination */
  readonly combine?: readonly string[] | undefined;
  /** reported how many combinations have been looked at */
  readonly progress?: ((done: number) => void) | undefined;
};

/** Each lever alone, the best combination up to each class, and the waterfall of the best of all. */
export function leversResult(study: StudiedLevers, options: LeversOptions = {}): LeversResult {
  const asked = new Map<string, { readonly names: readonly string[]; readonly ran: Ran }>();
  const run = (names: readonly string[]): Ran => {
    const key = names.join(" ");
    const known = asked.get(key);
    if (known !== undefined) return known.ran;
    const ran = study.run(names);
    asked.set(key, { names, ran });
    options.progress?.(study.runs());
    return ran;
  };
  const base = outcome(run([]));
  const once = new Map(study.levers.map(({ name, words }) => [name, words.once]));
  const levers = study.levers.map((lever) => leverResult(lever, study, run));
  const { stages, exhaustive } = stagesOf(study, run, once);
  const best = options.combine ?? stages.at(-1)?.levers ?? [];
  const looked = [...asked.values()];
  const found: Omit<LeversResult, "sentences"> = {
    architecture: study.architecture,
    base,
    levers: levers.sort(byClass),
    left_out: [...study.leftOut],
    stages,
    combinations: cheapest(looked, once),
    not_feasible: refused(looked),
    search: { combinations: looked.length, exhaustive },
    waterfall: waterfallOf(best, study, run, base),
    notes: notesOf(levers, stages),
  };
  return { ...found, sentences: leverSentences(found) };
}

function byClass(a: LeverResult, b: LeverResult): number {
  return CLASSES.indexOf(a.class) - CLASSES.indexOf(b.class) || b.alone.saving - a.alone.saving;
}

/** A single lever links, or it would not be here. */
function outcome({ outcome: of, reason }: Ran): LeverOutcome {
  const found = of();
  if (found === undefined) throw new Error(reason ?? "a lever that does not link");
  return found;
}

type Run = (names: readonly string[]) => Ran;

function leverResult({ name, words, on }: StudiedLever, study: StudiedLevers, run: Run): LeverResult {
  const before = outcome(run(on.by));
  const after = outcome(run(inOrder(study, [...on.by, name])));
  const saving = gapBetween(before.cost, after.cost);
  const alone: LeverOutcome = {
    ...after,
    saving,
    saving_share: before.cost === 0 ? null : saving / before.cost,
    carbon_change:
      after.carbon === null || before.carbon === null || before.carbon === 0 ? null : after.carbon / before.carbon - 1,
  };
  return {
    ...words,
    measured_on: on.architecture,
    payback_months: words.once === null || !(saving > 0) ? null : words.once / saving,
    alone,
    range: rangeOf(name, words.assumes, study, saving),
  };
}

function inOrder({ levers }: StudiedLevers, names: readonly string[]): readonly string[] {
  return levers.map(({ name }) => name).filter((name) => names.includes(name));
}

/**
 * Least and greatest saving as the assumptions go over their ranges: each end is the better or the worse one by itself,
 * then all worse ends together, and all better ones.
 */
function rangeOf(
  name: string,
  assumes: LeverResult["assumes"],
  study: StudiedLevers,
  central: number,
): LeverResult["range"] {
  const ranged = assumes.filter(({ value, low, high }) => (low ?? value) !== value || (high ?? value) !== value);
  if (ranged.length === 0) return null;
  const worse = new Map<string, "low" | "high">();
  const better = new Map<string, "low" | "high">();
  for (const { name: what } of ranged) {
    const low = study.savingAt(name, new Map([[what, "low"]])) ?? central;
    const high = study.savingAt(name, new Map([[what, "high"]])) ?? central;
    worse.set(what, low <= high ? "low" : "high");
    better.set(what, low <= high ? "high" : "low");
  }
  const ends = [study.savingAt(name, worse) ?? central, study.savingAt(name, better) ?? central, central];
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

/** The cheapest feasible combination of the levers of each class and those before it. */
function stagesOf(
  study: StudiedLevers,
  run: Run,
  once: ReadonlyMap<string, number | null>,
): { readonly stages: Stage[]; readonly exhaustive: boolean } {
  const stages: Stage[] = [];
  let exhaustive = true;
  let before: readonly string[] = [];
  for (const [at, upto] of CLASSES.entries()) {
    const available = study.levers.filter((lever) => lever.class === upto).length;
    if (available > 0) {
      const allowed = study.levers.filter((lever) => CLASSES.indexOf(lever.class) <= at);
      const found = cheapestCombination({ levers: allowed, look: (names) => run(names).figures });
      exhaustive &&= found.exhaustive;
      before = found.names;
    }
    stages.push({ upto, available, ...combinationOf(before, run(before), once) });
  }
  return { stages, exhaustive };
}

function combinationOf(names: readonly string[], ran: Ran, once: ReadonlyMap<string, number | null>): Combination {
  const stated = names.flatMap((name) => once.get(name) ?? []);
  return {
    levers: [...names],
    architecture: ran.architecture,
    outcome: outcome(ran),
    once: stated.length === 0 ? null : stated.reduce((sum, one) => sum + one, 0),
  };
}

type Looked = readonly { readonly names: readonly string[]; readonly ran: Ran }[];

/** The cheapest feasible combinations in which every lever does something: the best of each architecture first. */
function cheapest(looked: Looked, once: ReadonlyMap<string, number | null>): Combination[] {
  const all = looked
    .flatMap(({ names, ran }) => {
      const isOne = ran.figures?.feasible === true && names.every((name) => ran.changed.has(name));
      return isOne ? [{ names, ran, cost: ran.figures.cost }] : [];
    })
    .sort((a, b) => a.cost - b.cost || a.names.length - b.names.length);
  // A lever more that makes nothing cheaper is no other combination.
  const sorted = all.filter(
    (one) => !all.some((other) => isPart(other.names, one.names) && other.cost <= one.cost * (1 + SAME)),
  );
  const firsts = sorted.filter(
    ({ ran }, at) => sorted.findIndex((other) => other.ran.architecture === ran.architecture) === at,
  );
  const rest = sorted.filter((one) => !firsts.includes(one));
  return [...firsts, ...rest].slice(0, MOST_COMBINATIONS).map(({ names, ran }) => combinationOf(names, ran, once));
}

function isPart(some: readonly string[], all: readonly string[]): boolean {
  return some.length < all.length && some.every((name) => all.includes(name));
}

/** The smallest combinations that cannot be had, with the first reason. */
function refused(looked: Looked): LeversResult["not_feasible"] {
  const bad = looked
    .filter(({ names, ran }) => names.length > 0 && ran.figures?.feasible !== true)
    .sort((a, b) => a.names.length - b.names.length);
  const smallest = bad.filter(
    ({ names }) =>
      !bad.some((other) => other.names.length < names.length && other.names.every((n) => names.includes(n))),
  );
  return smallest.slice(0, MOST_REFUSED).map(({ names, ran }) => ({
    levers: [...names],
    reason: ran.outcome()?.reasons[0] ?? ran.reason ?? "it cannot be computed",
  }));
}

/** Bars from the cost without levers to the cost with all of them; null where there are none. */
function waterfallOf(names: readonly string[], study: StudiedLevers, run: Run, base: LeverOutcome): Waterfall | null {
  const members = study.levers.filter(({ name }) => names.includes(name));
  return waterfallOfSets(
    members.map(({ name, class: of, words }) => ({ name, class: of, title: words.title })),
    (chosen) => run(chosen.flatMap((at) => members[at]?.name ?? [])).figures,
    base.cost,
  );
}

function notesOf(levers: readonly LeverResult[], stages: readonly Stage[]): string[] {
  const chosen = new Set(stages.at(-1)?.levers ?? []);
  const without = levers.filter(({ name, once }) => chosen.has(name) && once === null).map(({ name }) => name);
  return [
    ...(without.length === 0
      ? []
      : [`No one-off cost is stated for ${without.join(", ")}: only the monthly bill is compared.`]),
    "Built-in levers are assumptions: each has a range, and a source where one is known. The bill is compared, not speed, risk or work.",
  ];
}

/** Whether levers can be had together, by what they say of each other. */
export function excludedPair(study: StudiedLevers, names: readonly string[]): readonly [string, string] | undefined {
  const chosen = study.levers.filter(({ name }) => names.includes(name));
  for (const lever of chosen) {
    const other = chosen.find(({ name }) => lever.excludes.has(name));
    if (other !== undefined) return [lever.name, other.name];
  }
  return undefined;
}

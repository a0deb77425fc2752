/** Of a combination: what a search needs to know. */
export type Candidate = {
  readonly cost: number;
  readonly feasible: boolean;
};

export type SearchTask = {
  /** levers by name, in the order of the file, with those that they cannot be had with */
  readonly levers: readonly { readonly name: string; readonly excludes: ReadonlySet<string> }[];
  /** undefined: the combination cannot be computed, it is not feasible */
  readonly look: (names: readonly string[]) => Candidate | undefined;
};

export type Found = {
  readonly names: readonly string[];
  readonly exhaustive: boolean;
};

/** Up to so many combinations all are looked at. */
const MOST_EXHAUSTIVE = 1024;
/** Two costs nearer than this are the same: the smaller combination is then the better. */
const SAME = 1e-9;

/**
 * The cheapest feasible combination of levers, of equal ones the one with fewer levers; the cheapest of all where none is
 * feasible. All combinations are looked at where they are few; otherwise levers are added, dropped and exchanged from
 * several starts until nothing gets cheaper.
 */
export function cheapestCombination(task: SearchTask): Found {
  const all = combinations(task, MOST_EXHAUSTIVE);
  if (all !== undefined) {
    return { names: all.reduce((best, names) => (isBetter(task, names, best) ? names : best)), exhaustive: true };
  }
  // Alternatives that rule each other out are where a climb from one place gets stuck.
  const rivals = task.levers.filter(({ excludes }) => excludes.size > 0).map(({ name }) => [name]);
  let best: readonly string[] = [];
  for (const start of [[], ...rivals]) {
    const top = climbed(task, start);
    if (isBetter(task, top, best)) best = top;
  }
  return { names: best, exhaustive: false };
}

/** Every combination that no exclusion forbids, the empty one first; undefined where there are more than `most`. */
export function combinations(
  { levers }: Pick<SearchTask, "levers">,
  most: number,
): readonly (readonly string[])[] | undefined {
  let all: (readonly string[])[] = [[]];
  for (const { name, excludes } of levers) {
    const grown = all.filter((names) => names.every((other) => !excludes.has(other))).map((names) => [...names, name]);
    all = [...all, ...grown];
    if (all.length > most) return undefined;
  }
  return all;
}

function isBetter({ look }: SearchTask, a: readonly string[], b: readonly string[]): boolean {
  const [first, second] = [look(a), look(b)];
  if (first === undefined || second === undefined) return second === undefined && first !== undefined;
  if (first.feasible !== second.feasible) return first.feasible;
  const near = SAME * Math.max(Math.abs(first.cost), Math.abs(second.cost));
  if (Math.abs(first.cost - second.cost) > near) return first.cost < second.cost;
  return a.length < b.length;
}

/** From a start, the best neighbour again and again: one lever more, one less, or one exchanged for those it excludes. */
function climbed(task: SearchTask, start: readonly string[]): readonly string[] {
  let here = start;
  for (;;) {
    const next = neighbours(task, here).reduce((best, names) => (isBetter(task, names, best) ? names : best), here);
    if (next === here) return here;
    here = next;
  }
}

function neighbours({ levers }: SearchTask, here: readonly string[]): readonly (readonly string[])[] {
  return levers.map(({ name, excludes }) => {
    if (here.includes(name)) return here.filter((other) => other !== name);
    const kept = new Set([...here.filter((other) => !excludes.has(other)), name]);
    return levers.map((lever) => lever.name).filter((other) => kept.has(other));
  });
}

// Which components could be one. Services that always contribute to the response together, scale alike, have the same
// security needs and one team are worth combining (W. Vogels, "Monoliths are not dinosaurs", 2023,
// https://www.allthingsdistributed.com/2023/05/monoliths-are-not-dinosaurs.html).

import type { ArchitectureNodes } from "../model/architecture-nodes.ts";
import type { Exchange } from "../model/beside-nodes.ts";
import type { Model } from "../model/model.ts";
import type { CombineCandidate, CombineResult, CombineTraits } from "../result/combine.ts";
import type { ArchitectureResult } from "../result/schema.ts";
import { baseName, boundaries } from "./boundary.ts";

const TRAITS = ["team", "scales_with", "security"] as const;
type Trait = (typeof TRAITS)[number];
const TRAIT_WORDS: Readonly<Record<Trait, string>> = { team: "team", scales_with: "scaling", security: "security" };
/** What a component is paid for that does work, and does not only pass it on. */
const OWN_WORK: ReadonlySet<string> = new Set(["work", "idle"]);

/** Candidates of every architecture, and why others are none; null where no component says what it takes. */
export function combineFigures(
  model: Model,
  results: Readonly<Record<string, ArchitectureResult>>,
): CombineResult | null {
  const found: CombineResult = {};
  for (const architecture of model.architectures) {
    const result = results[architecture.name];
    const stated = architecture.written.some(({ traits }) => TRAITS.some((trait) => traits[trait] !== undefined));
    if (stated && result !== undefined) found[architecture.name] = combineOf(architecture, result);
  }
  return Object.keys(found).length === 0 ? null : found;
}

/** Pairs of components that exchange data, with what stands between them. */
type Pair = { readonly a: string; readonly b: string; readonly through: readonly string[] };

function combineOf(architecture: ArchitectureNodes, result: ArchitectureResult): CombineResult[string] {
  const { written: components } = architecture;
  const passive = passiveOf(architecture);
  const workers = components.filter(({ name }) => !passive.has(name));
  const pairs = pairsOf(
    workers.map(({ name }) => name),
    passive,
    architecture.exchanges,
  );
  const complete = new Map<string, CombineTraits>();
  const silent: CombineResult[string]["not"] = [];
  for (const component of workers) {
    const missing = TRAITS.filter((trait) => component.traits[trait] === undefined);
    const [team, scales, security] = TRAITS.map((trait) => component.traits[trait]);
    if (team !== undefined && scales !== undefined && security !== undefined) {
      complete.set(component.name, { team, scales_with: scales, security });
    } else {
      const why = `tells no ${missing.map((trait) => TRAIT_WORDS[trait]).join(", no ")}`;
      const same = silent.find((entry) => entry.why === why);
      if (same === undefined) silent.push({ components: [component.name], why });
      else same.components.push(component.name);
    }
  }
  const groups = groupsOf(complete, pairs);
  return {
    candidates: groups
      .filter(({ members }) => members.length > 1)
      .map((group) => candidate(group, pairs, { architecture, result })),
    not: [...unlike(complete, pairs), ...apart(groups), ...silent],
  };
}

/** Components that only pass on, keep or watch: what they are paid for is no work. */
function passiveOf({ written, lines }: ArchitectureNodes): ReadonlySet<string> {
  const works = new Set(
    lines.filter(({ words }) => OWN_WORK.has(words.x_Role)).map(({ words }) => baseName(words.x_Component)),
  );
  const billed = new Set(lines.map(({ words }) => baseName(words.x_Component)));
  return new Set(written.map(({ name }) => name).filter((name) => billed.has(name) && !works.has(name)));
}

function pairsOf(
  workers: readonly string[],
  passive: ReadonlySet<string>,
  exchanges: readonly Exchange[],
): readonly Pair[] {
  const forward = neighbours(exchanges.map(({ from, to }) => [from, to] as const));
  const backward = neighbours(exchanges.map(({ from, to }) => [to, from] as const));
  const ahead = new Map(workers.map((name) => [name, reached(name, forward, passive)]));
  const behind = new Map(workers.map((name) => [name, reached(name, backward, passive)]));
  return workers.flatMap((a, i) =>
    workers.slice(i + 1).flatMap((b): Pair[] => {
      const there = ahead.get(a)?.has(b) === true;
      const back = ahead.get(b)?.has(a) === true;
      if (!there && !back) return [];
      const on = [...passive].filter(
        (name) =>
          (there && ahead.get(a)?.has(name) === true && behind.get(b)?.has(name) === true) ||
          (back && ahead.get(b)?.has(name) === true && behind.get(a)?.has(name) === true),
      );
      return [{ a, b, through: on }];
    }),
  );
}

function neighbours(edges: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [from, to] of edges) found.set(from, [...(found.get(from) ?? []), to]);
  return found;
}

/** What data of a component comes to: on through what only passes it on, and no further than the next one that works. */
function reached(
  start: string,
  next: ReadonlyMap<string, readonly string[]>,
  passive: ReadonlySet<string>,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const name of next.get(at) ?? []) {
      if (seen.has(name) || name === start) continue;
      seen.add(name);
      if (passive.has(name)) open.push(name);
    }
  }
  return seen;
}

type Group = { readonly members: readonly string[]; readonly traits: CombineTraits };

/** Components of the same traits, by whether they are connected among themselves. */
function groupsOf(complete: ReadonlyMap<string, CombineTraits>, pairs: readonly Pair[]): readonly Group[] {
  let groups: Group[] = [...complete].map(([name, traits]) => ({ members: [name], traits }));
  for (const { a, b } of pairs) {
    const [one, other] = [a, b].map((name) => groups.find(({ members }) => members.includes(name)));
    if (one === undefined || other === undefined || one === other || !isSame(one.traits, other.traits)) continue;
    const joined = { members: [...one.members, ...other.members], traits: one.traits };
    groups = groups.flatMap((group) => (group === one ? [joined] : group === other ? [] : [group]));
  }
  return groups;
}

function isSame(a: CombineTraits, b: CombineTraits): boolean {
  return TRAITS.every((trait) => a[trait] === b[trait]);
}

type CombineTask = { readonly architecture: ArchitectureNodes; readonly result: ArchitectureResult };

function candidate(
  { members, traits }: Group,
  pairs: readonly Pair[],
  { architecture, result }: CombineTask,
): CombineCandidate {
  const own = pairs.filter(({ a, b }) => members.includes(a) && members.includes(b));
  const through = [...new Set(own.flatMap((pair) => pair.through))];
  const others = othersOf(architecture.exchanges, { components: members, through });
  return {
    components: [...members],
    ...traits,
    exchanges: own.map(
      (pair) =>
        `${pair.a} and ${pair.b} ${pair.through.length === 0 ? "directly" : `through ${pair.through.join(" and ")}`}`,
    ),
    through,
    ...boundaries({ through, shared: sharedOf(architecture, { components: [...members], through }) }, result),
    shared_with: [...new Set([...others.values()].flat())],
  };
}

/** What the members of a candidate pass data through and others use too. */
function sharedOf(
  { exchanges }: ArchitectureNodes,
  found: Pick<CombineCandidate, "components" | "through">,
): readonly string[] {
  const others = othersOf(exchanges, found);
  return found.through.filter((name) => others.get(name)?.length !== 0);
}

/** By what data passes through: who else uses it. */
function othersOf(
  exchanges: readonly Exchange[],
  { components, through }: { readonly components: readonly string[]; readonly through: readonly string[] },
): ReadonlyMap<string, readonly string[]> {
  const users = (name: string): readonly string[] =>
    exchanges.flatMap(({ from, to }) => (from === name ? [to] : to === name ? [from] : []));
  return new Map(
    through.map((name) => [name, users(name).filter((user) => !components.includes(user) && !through.includes(user))]),
  );
}

/** Pairs that exchange data and differ in something. */
function unlike(complete: ReadonlyMap<string, CombineTraits>, pairs: readonly Pair[]): CombineResult[string]["not"] {
  return pairs.flatMap(({ a, b }) => {
    const [one, other] = [complete.get(a), complete.get(b)];
    if (one === undefined || other === undefined) return [];
    const differ = TRAITS.filter((trait) => one[trait] !== other[trait]);
    if (differ.length === 0) return [];
    const how = differ.map((trait) => `${TRAIT_WORDS[trait]} (${one[trait]}; ${other[trait]})`);
    return [{ components: [a, b], why: `exchange data, but differ in ${how.join(" and ")}` }];
  });
}

/** Groups alike in everything that exchange no data with each other. */
function apart(groups: readonly Group[]): CombineResult[string]["not"] {
  const found: CombineResult[string]["not"] = [];
  for (const [at, group] of groups.entries()) {
    const before = groups.slice(0, at).some(({ traits }) => isSame(traits, group.traits));
    const alike = groups.filter(({ traits }) => isSame(traits, group.traits));
    if (before || alike.length < 2) continue;
    const components = alike.map(({ members }) => members.join(" with "));
    found.push({ components, why: "are alike in team, scaling and security, but exchange no data" });
  }
  return found;
}

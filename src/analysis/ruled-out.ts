import { isHard, loadQuotas } from "../figures/limits.ts";
import type { ArchitectureNodes } from "../model/architecture-nodes.ts";
import { TOLERANCE } from "../result/limit-words.ts";
import type { ManyCases } from "./cases-through.ts";

/** What rules an architecture out in a case: a limit that stands whatever is raised, or a missed objective; 0: nothing. */
const LIMIT = 1;
const OBJECTIVE = 2;

/** For each architecture, in the order of the model, what rules it out in each case. */
export type RuledOut = (columns: readonly Float64Array[], n: number) => readonly Uint8Array[];

type Condition = {
  readonly architecture: number;
  readonly why: typeof LIMIT | typeof OBJECTIVE;
  /** one node: 1 where it holds; two: a demand and what it is not to exceed */
  readonly nodes: readonly [number] | readonly [number, number];
};

/** An architecture with what may rule it out. */
export type Conditioned = Pick<ArchitectureNodes, "checks" | "qualities" | "quotas">;

/**
 * What a run says of one case (`feasible`), over many cases at once: conditions on components, hard quotas, objectives.
 * @param quotas false where hard quotas are looked at in another way
 * @param cases nodes as a function of the inputs that differ from case to case: their mean over the months, or what they
 * are in the fullest, in which limits are looked at
 * @returns undefined where nothing could rule any architecture out
 */
export function ruledOutThrough(
  architectures: readonly Conditioned[],
  quotas: boolean,
  cases: (nodes: readonly number[], fullest: boolean) => ManyCases,
): RuledOut | undefined {
  const conditions = architectures.flatMap((each, index) => conditionsOf(each, index, quotas));
  if (conditions.length === 0) return undefined;
  const programs = [1, 2].map((count) => {
    const own = conditions.filter(({ nodes }) => nodes.length === count).flatMap(({ nodes }) => [...nodes]);
    const nodes = [...new Set(own)];
    return { nodes, run: nodes.length === 0 ? () => [] : cases(nodes, count === 2) };
  });
  return (columns, n) => {
    const found = programs.map(({ nodes, run }) => {
      const values = run(columns, n);
      return new Map(nodes.map((node, at) => [node, values[at]]));
    });
    const ruled = architectures.map(() => new Uint8Array(n));
    for (const { architecture, why, nodes: own } of conditions) {
      const [first, second] = own.map((node) => found[own.length - 1]?.get(node));
      const out = ruled[architecture];
      if (first === undefined || out === undefined) continue;
      for (let i = 0; i < n; i += 1) {
        const value = first[i] ?? Number.NaN;
        // Where months differ, a condition has to hold in all of them.
        const holds = own.length === 1 ? value === 1 : value <= (second?.[i] ?? Number.NaN) * (1 + TOLERANCE);
        if (!holds && out[i] !== LIMIT) out[i] = why;
      }
    }
    return ruled;
  };
}

function conditionsOf(architecture: Conditioned, index: number, quotas: boolean): readonly Condition[] {
  const objectives = new Set(architecture.qualities.objectives.map(({ node }) => node));
  return [
    ...architecture.checks
      .filter(({ level }) => level === "infeasible")
      .map(({ node }): Condition => {
        return { architecture: index, why: objectives.has(node) ? OBJECTIVE : LIMIT, nodes: [node] };
      }),
    ...(quotas ? loadQuotas(architecture).filter(isHard) : []).map(({ demand, granted }): Condition => {
      return { architecture: index, why: LIMIT, nodes: [demand, granted] };
    }),
  ];
}

import { driverMoves } from "../../figures/capacity.ts";
import { isHard, loadQuotas } from "../../figures/limits.ts";
import { evaluator } from "../../formula/evaluate.ts";
import type { ArchitectureNodes } from "../../model/architecture-nodes.ts";
import type { Model } from "../../model/model.ts";
import { TOLERANCE } from "../../result/limit-words.ts";

/** Costs and abilities of the architectures in given months at given loads. */
export type Tables = {
  /** USD in the month, by architecture and case */
  readonly cost: readonly Float64Array[];
  /** 1 where it can serve the load */
  readonly able: readonly Uint8Array[];
  /** USD lost in a month without a release; 0 where the scenario says nothing of it */
  readonly delay: Float64Array;
  /** why an architecture cannot serve the load of a case, in words */
  readonly reasons: (architecture: number, at: number) => readonly string[];
};

/** What a case is: a month, and the driver in it (base units). */
export type Loads = { readonly month: ArrayLike<number>; readonly driver: ArrayLike<number> };

/** @param inputs other values of those that are free, in base units */
export type PlanTables = (loads: Loads, inputs?: ReadonlyMap<string, number>) => Tables;

/** Cases evaluated at a time. */
const BLOCK = 1024;

/** What must hold for an architecture to serve a load: 1 in `node` does, or `demand` within `value`. */
type Condition =
  | { readonly words: string; readonly node: number }
  | { readonly words: string; readonly demand: number; readonly value: number };

/**
 * The model as a function of month and load. An architecture can serve a load where no hard quota is exceeded and what
 * its components ask for is on offer; whatever else rules an architecture out joins these conditions.
 * @param free addresses of inputs that may be given other values
 * @returns undefined where the driver cannot be moved
 */
export function planTables(model: Model, free: readonly string[] = []): PlanTables | undefined {
  if (!driverMoves(model)) return undefined;
  const conditions = model.architectures.map(conditionsOf);
  const delayNode = model.evolution?.delay?.node;
  const nodes = [
    ...new Set([
      ...model.architectures.map(({ cost }) => cost),
      ...conditions.flat().flatMap((each) => ("node" in each ? [each.node] : [each.demand, each.value])),
      ...(delayNode === undefined ? [] : [delayNode]),
    ]),
  ];
  const { driver } = model.workload;
  const others = model.graph.inputs.filter(({ address }) => address !== driver && free.includes(address));
  const addresses = [driver, ...others.map(({ address }) => address), ...(model.grows ? ["elapsed"] : [])];
  const run = evaluator(model.graph, nodes, addresses, BLOCK);
  return (loads, inputs = new Map()) => {
    const n = loads.driver.length;
    const columns = new Map([[driver, Float64Array.from(loads.driver)]]);
    for (const { address, value } of others) {
      columns.set(address, new Float64Array(n).fill(inputs.get(address) ?? value));
    }
    if (model.grows)
      columns.set(
        "elapsed",
        Float64Array.from(loads.month, (month) => (month + 0.5) * model.monthSeconds),
      );
    const found = run(columns, n);
    const column = new Map(nodes.map((node, i) => [node, found[i] ?? new Float64Array(n)]));
    const at = (node: number, i: number): number => column.get(node)?.[i] ?? Number.NaN;
    const holds = (each: Condition, i: number): boolean =>
      "node" in each ? at(each.node, i) === 1 : at(each.demand, i) <= at(each.value, i) * (1 + TOLERANCE);
    const cost = model.architectures.map((architecture) => column.get(architecture.cost) ?? new Float64Array(n));
    const able = conditions.map((own, a) =>
      Uint8Array.from({ length: n }, (_, i) =>
        Number.isFinite(cost[a]?.[i]) && own.every((each) => holds(each, i)) ? 1 : 0,
      ),
    );
    const reasons = (a: number, i: number): readonly string[] => [
      ...new Set((conditions[a] ?? []).filter((each) => !holds(each, i)).map(({ words }) => words)),
    ];
    const rate = delayNode === undefined ? undefined : column.get(delayNode);
    const delay = rate === undefined ? new Float64Array(n) : rate.map((usd) => usd * model.monthSeconds);
    return { cost, able, delay, reasons };
  };
}

function conditionsOf(architecture: ArchitectureNodes): readonly Condition[] {
  const hard = loadQuotas(architecture).filter(isHard);
  return [
    ...hard.map(({ words, demand, granted }) => ({ words: words.title, demand, value: granted })),
    ...architecture.checks
      .filter(({ level }) => level !== "warning")
      .map(({ node, message }) => ({ words: message, node })),
  ];
}

import { driverMoves } from "../figures/capacity.ts";
import { isHard, loadQuotas } from "../figures/limits.ts";
import { shortest } from "../formula/arithmetic.ts";
import { log } from "../formula/exact.ts";
import { inputIndices, liveNodes, nodeAt } from "../formula/nodes.ts";
import type { Model } from "../model/model.ts";
import type { QuotaNodes } from "../model/quota-nodes.ts";
import type { ManyCases } from "./cases-through.ts";
import { manyCases } from "./many-cases.ts";

/** Decades below and above the load of a case in which a quota is looked for. */
const REACH = 1e6;
/** How near the ends of a bracket come, as a share. */
const PRECISION = 1e-12;
/** The same where so many cases are asked for that only their shares are stated. */
const MANY = 1000;
const COARSE = 1e-7;
const EXACT = 1e-9;

export type Quotas = "published" | "granted" | "hard";

/** The greatest driver that an architecture's quotas leave, case by case; +Infinity where none binds. */
export type BindingLoads = (columns: readonly Float64Array[], n: number) => Float64Array;

/**
 * The driver at which the first quota of an architecture binds, over many cases at once: what `limits` says for one.
 * Exact where demands are proportional to the load, else halved to 1e-12 of it, of thousands of samples to 1e-7.
 * @param which the published values, the granted ones, or the granted ones of quotas that nobody raises
 * @param free addresses of the inputs that differ from case to case; the driver may be one of them
 * @returns undefined where the architecture meets no quota or the driver cannot be moved
 */
export function bindingLoads(
  model: Model,
  architecture: string,
  which: Quotas,
  free: readonly string[],
): BindingLoads | undefined {
  const own = free.indexOf(model.workload.driver);
  const others = free.filter((_, k) => k !== own);
  const searches = searchesOf(model, architecture, which, others);
  if (searches === undefined) return undefined;
  return (columns, n) => {
    const base = own < 0 ? new Float64Array(n).fill(driverValue(model)) : (columns[own] ?? new Float64Array(n));
    const rest = columns.filter((_, k) => k !== own);
    const least = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
    for (const { follows, run } of searches) {
      const found = factorsOf({ run, base, rest }, follows);
      for (let i = 0; i < n; i += 1) {
        least[i] = Math.min(least[i] ?? Number.NaN, (found[i] ?? Number.NaN) * (base[i] ?? Number.NaN));
      }
    }
    return least;
  };
}

/** The quota of an architecture that binds first on the base case, as granted, and the driver at which it does. */
export function firstBinding(model: Model, architecture: string): { quota: QuotaNodes; load: number } | undefined {
  const found = searchesOf(model, architecture, "granted", [])?.map(({ quota, follows, run }) => {
    const base = Float64Array.of(driverValue(model));
    return { quota, load: (factorsOf({ run, base, rest: [] }, follows)[0] ?? Number.NaN) * (base[0] ?? Number.NaN) };
  });
  const [first] = (found ?? []).filter(({ load }) => Number.isFinite(load)).sort((a, b) => a.load - b.load);
  return first;
}

function driverValue({ graph, workload }: Model): number {
  return graph.inputs.find(({ address }) => address === workload.driver)?.value ?? Number.NaN;
}

/** What says the driver at which each quota binds; undefined without quotas, or where the driver cannot be moved. */
function searchesOf(model: Model, architecture: string, which: Quotas, others: readonly string[]) {
  const { driver } = model.workload;
  const own = model.architectures.find(({ name }) => name === architecture);
  const quotas = own === undefined ? [] : loadQuotas(own).filter((linked) => which !== "hard" || isHard(linked));
  if (quotas.length === 0 || !driverMoves(model)) return undefined;
  return quotas.map((quota) => {
    const nodes = [quota.demand, quota[which === "hard" ? "granted" : which]];
    return {
      quota,
      follows: dependsOn(model, nodes, driver),
      run: manyCases(model, nodes, [...others, driver], { fullest: true }),
    };
  });
}

function dependsOn({ graph }: Model, nodes: readonly number[], address: string): boolean {
  const [input] = inputIndices(graph, [address]);
  return liveNodes(graph, nodes).some((index) => nodeAt(graph, index).input === input);
}

/** Demand and value of one quota as a function of the driver (the last column) and the rest. */
type Search = { readonly run: ManyCases; readonly base: Float64Array; readonly rest: readonly Float64Array[] };

/** Demand as a share of the quota with the driver at so many times its value, case by case. */
function sharesAt({ run, base, rest }: Search, factors: Float64Array): Float64Array {
  const n = base.length;
  const driven = new Float64Array(n);
  for (let i = 0; i < n; i += 1) driven[i] = (base[i] ?? Number.NaN) * (factors[i] ?? Number.NaN);
  const [demand, value] = run([...rest, driven], n);
  const shares = driven;
  for (let i = 0; i < n; i += 1) shares[i] = (demand?.[i] ?? Number.NaN) / (value?.[i] ?? Number.NaN);
  return shares;
}

/** Factors of the load at which the share reaches 1: at once where it is proportional, the few other cases by halving. */
function factorsOf(search: Search, follows: boolean): Float64Array {
  const n = search.base.length;
  const shares = sharesAt(search, new Float64Array(n).fill(1));
  if (!follows) return shares.map((share) => (share <= 1 ? Number.POSITIVE_INFINITY : 0));
  const guess = shares.map((share) => (share > 0 ? 1 / share : 1));
  const atGuess = sharesAt(search, guess);
  const open: number[] = [];
  for (let i = 0; i < n; i += 1) if (!(Math.abs((atGuess[i] ?? Number.NaN) - 1) <= EXACT)) open.push(i);
  if (open.length === 0) return guess;
  const pick = (column: Float64Array): Float64Array => {
    const picked = new Float64Array(open.length);
    for (let k = 0; k < open.length; k += 1) picked[k] = column[open[k] ?? -1] ?? Number.NaN;
    return picked;
  };
  const rest = { run: search.run, base: pick(search.base), rest: search.rest.map(pick) };
  const halved = halvedFactors(rest, pick(guess));
  open.forEach((i, at) => {
    guess[i] = halved[at] ?? Number.NaN;
  });
  return guess;
}

/** How far from a guess the load is looked for first: what is nearly proportional lies within it. */
const NEAR = 1.25;

/** Halves a bracket round each guess; where the share does not reach 1 within it, one of twelve decades. */
function halvedFactors(search: Search, guess: Float64Array): Float64Array {
  const n = guess.length;
  const far = ends(n, 1 / REACH, REACH);
  const near = { lo: guess.map((at) => at / NEAR), hi: guess.map((at) => at * NEAR) };
  const [least, most] = [sharesAt(search, far.lo), sharesAt(search, far.hi)];
  const [below, above] = [sharesAt(search, near.lo), sharesAt(search, near.hi)];
  const { lo, hi } = near;
  let widest = 1;
  for (let i = 0; i < n; i += 1) {
    if (!((below[i] ?? Number.NaN) <= 1 && (above[i] ?? Number.NaN) > 1)) {
      lo[i] = far.lo[i] ?? Number.NaN;
      hi[i] = far.hi[i] ?? Number.NaN;
    }
    widest = Math.max(widest, (hi[i] ?? 1) / (lo[i] ?? 1));
  }
  const rounds = Math.ceil(log(log(widest) / (n > MANY ? COARSE : PRECISION)) / Math.LN2);
  const middle = new Float64Array(n);
  for (let round = 0; round < rounds; round += 1) {
    for (let i = 0; i < n; i += 1) middle[i] = Math.sqrt((lo[i] ?? Number.NaN) * (hi[i] ?? Number.NaN));
    const shares = sharesAt(search, middle);
    for (let i = 0; i < n; i += 1) {
      if ((shares[i] ?? Number.NaN) <= 1) lo[i] = middle[i] ?? Number.NaN;
      else hi[i] = middle[i] ?? Number.NaN;
    }
  }
  for (let i = 0; i < n; i += 1) {
    if (!((least[i] ?? Number.NaN) <= 1)) lo[i] = 0;
    else if ((most[i] ?? Number.NaN) <= 1) lo[i] = Number.POSITIVE_INFINITY;
    else lo[i] = shortest(lo[i] ?? Number.NaN, hi[i] ?? Number.NaN);
  }
  return lo;
}

function ends(n: number, lo: number, hi: number): { readonly lo: Float64Array; readonly hi: Float64Array } {
  return { lo: new Float64Array(n).fill(lo), hi: new Float64Array(n).fill(hi) };
}

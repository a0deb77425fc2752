// A scenario against what it was: the old one is run again with one part after the other replaced by the new one's.
import { isDeepStrictEqual } from "node:util";
import { changeOf, type Step } from "../budget/change.ts";
import { editsOf, keysOf } from "../budget/edits.ts";
import { editsOfResults } from "../budget/edits-of-results.ts";
import { InputError } from "../diagnostic/diagnostic.ts";
import type { ScenarioChange } from "../result/check.ts";
import type { StoredResult } from "../result/stored.ts";
import type { Scenario } from "../scenario/read.ts";
import { type ComputeContext, type Computed, compute } from "./compute.ts";
import { movedBy } from "./edit-effects.ts";
import type { Past } from "./past.ts";

export type Comparison = {
  readonly before: StoredResult;
  readonly change: ScenarioChange;
  /** as it was, where its text has been read */
  readonly old?: Scenario;
};

/** @param folder of the new scenario, for its `catalog:` */
export function compareWith(past: Past, now: Computed, folder: string, context: ComputeContext): Comparison {
  const after = now.result;
  if (past.kind === "result") {
    const before = past.result;
    return { before, change: changeOf({ before, after, steps: [], edits: editsOfResults(before, after) }) };
  }
  const isSame = past.samePrices && past.scenario.text === now.scenario.source.text;
  // The same text, at the same prices and by the same program, comes to the same: most scenarios of a large repository.
  if (isSame) {
    return {
      before: after,
      change: changeOf({ before: after, after, steps: [{ cause: "design", result: after }], edits: [] }),
    };
  }
  const pastContext = { ...context, options: past.options };
  const old = compute(past.scenario, pastContext);
  const before = old.result;
  const edits = editsOf(old.scenario.source, now.scenario.source);
  const steps = stepsBetween(old, now, { past, folder, pastContext, context });
  const moves = movedBy(
    edits,
    { data: dataOf(old), folder: past.scenario.folder, context: pastContext },
    { data: dataOf(now), folder, context },
  );
  const task = { before, after, steps, edits: edits.map(({ edit }) => edit) };
  return { before, change: changeOf(moves === undefined ? task : { ...task, moves }), old: old.scenario };
}

type Sides = {
  readonly past: Extract<Past, { kind: "text" }>;
  readonly folder: string;
  readonly pastContext: ComputeContext;
  readonly context: ComputeContext;
};

type Data = Readonly<Record<string, unknown>>;

/**
 * Workload first, then prices, the rest is the design's. A scenario put together from both that does not link (the old design
 * reads a variable in another unit, say) leaves the change to the parts that do.
 */
function stepsBetween(old: Computed, now: Computed, sides: Sides): readonly Step[] {
  const [from, to] = [dataOf(old), dataOf(now)];
  const workload = withKeys(from, to, keysOf("workload"));
  const prices = withKeys(workload, to, keysOf("prices"));
  const { past, folder, pastContext, context } = sides;
  // Where only the workload was edited, the old scenario with the new one is the new scenario.
  const first = isAlike(workload, from)
    ? old.result
    : isAlike(workload, to) && past.samePrices
      ? now.result
      : attempt(workload, past.scenario.folder, pastContext);
  const second = isAlike(prices, to)
    ? now.result
    : isAlike(prices, workload) && past.samePrices
      ? first
      : attempt(prices, folder, context);
  const steps: Step[] = [];
  if (first !== undefined) steps.push({ cause: "workload", result: first });
  if (second !== undefined) steps.push({ cause: "prices", result: second });
  return [...steps, { cause: "design", result: now.result }];
}

/** The same scenario gives the same result: it is not run again. */
function isAlike(a: Data, b: Data): boolean {
  return isDeepStrictEqual(a, b);
}

function dataOf({ scenario }: Computed): Data {
  const { data } = scenario.source;
  return typeof data === "object" && data !== null ? { ...data } : {};
}

/** The new values of some keys; variables that only the old design reads stay. */
function withKeys(from: Data, to: Data, keys: readonly string[]): Data {
  const mixed: Record<string, unknown> = { ...from };
  for (const key of keys) {
    if (to[key] === undefined) delete mixed[key];
    else mixed[key] = to[key];
  }
  if (keys.includes("variables")) {
    // As the reader makes it, for the comparison: without what every object has.
    mixed["variables"] = Object.assign(Object.create(null), record(from["variables"]), record(to["variables"]));
  }
  return mixed;
}

function record(value: unknown): Data {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function attempt(data: Data, folder: string, context: ComputeContext): StoredResult | undefined {
  try {
    // JSON is YAML: the scenario goes the way of any other.
    return compute({ text: JSON.stringify(data, undefined, 1), name: "between", folder }, context).result;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

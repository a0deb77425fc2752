import type { Problems } from "../../diagnostic/diagnostic.ts";
import { shownUnit } from "../../figures/assumptions.ts";
import { valuesOf } from "../../figures/values.ts";
import { bisect } from "../../formula/bisect.ts";
import { log10, pow } from "../../formula/exact.ts";
import { definitionOf, isSampled } from "../../model/definition.ts";
import type { Evolution } from "../../model/growth-nodes.ts";
import type { Model } from "../../model/model.ts";
import type { PlanResult, PlanStop } from "../../result/plan.ts";
import { briefOf, type PlanCase, pathOf, planCases } from "./case.ts";
import { type Changes, faultyFigures, yearly } from "./figures.ts";
import { ledgerOf } from "./ledger.ts";
import type { Plan } from "./problem.ts";
import { planRaises } from "./raises.ts";
import { type PlanTables, planTables } from "./tables.ts";
import { planPolicy } from "./triggers.ts";

type Cases = ReturnType<typeof planCases>;

/** Halvings that find the load at which the best start is another one, to 1e-6 of it. */
const HALVINGS = 24;
/** Steps a decade of the first load in which another best start is looked for. */
const STEPS = 4;

/**
 * With which architecture to start, and when to change it: `evolution:` of a scenario, answered. Every cost and every
 * ability is the model's graph on other cases.
 * @returns null where the scenario has no `evolution`; undefined where it cannot be answered (reported)
 */
export function evolutionPlan(whole: Model, problems: Problems): PlanResult | null | undefined {
  const { evolution, workload } = whole;
  if (evolution === undefined) return null;
  const faults = faultyFigures(whole, evolution);
  for (const { figure, fault } of faults) problems.error("out-of-range", fault, figure.place);
  if (faults.length > 0) return undefined;
  const plan = planOf(whole, evolution);
  if (plan === undefined) {
    const message = `the driver "${workload.driver}" cannot be moved: no plan over a growing load`;
    problems.error("no-range", message, evolution.place);
  }
  return plan;
}

/**
 * The plan of a model, or of what a report carries of one; its figures are fine.
 * @returns undefined where the driver cannot be moved
 */
export function planOf(whole: Model, evolution: Evolution): PlanResult | undefined {
  const model = { ...whole, architectures: involved(whole, evolution) };
  const tablesAt = planTables(model);
  if (tablesAt === undefined) return undefined;
  const cases = planCases(model, evolution, tablesAt);
  const definition = definitionOf(model, model.workload.driver);
  const { text: unit, factor } =
    definition === undefined ? { text: "", factor: 1 } : shownUnit(definition, model.monthSeconds);
  const base = cases();
  const [best, next] = base.solution.plans;
  const ledger = best === undefined ? undefined : ledgerOf(base.problem, best);
  return {
    driver: model.workload.driver,
    unit,
    horizon: evolution.months,
    growth: evolution.growthWords,
    discount: yearly(evolution.discount.value),
    running: evolution.running ?? null,
    start_load: (base.drivers[0] ?? Number.NaN) / factor,
    end_load: (base.drivers.at(-1) ?? Number.NaN) / factor,
    best: pathOf(base, best, factor),
    next: pathOf(base, next, factor),
    starts: base.terms.starts.map(({ architecture }, s) => ({
      architecture: base.names[architecture] ?? "",
      best: briefOf(base, base.solution.starts[s], factor),
    })),
    stay: stayOf(base, best, factor),
    move_now: moveNowOf(base, best),
    stops: base.names.flatMap((_, a) => stopOf(base, a, 0, factor) ?? []),
    raises: ledger === undefined ? [] : planRaises(model, ledger.months, base.drivers),
    months: base.drivers.map((driver, month) => {
      const row = ledger?.months[month];
      const record = <T>(value: (a: number) => T): Record<string, T> =>
        Object.fromEntries(base.names.map((name, a) => [name, value(a)]));
      return {
        month,
        driver: driver / factor,
        cost: record((a) => finite(base.tables.cost[a]?.[month])),
        able: record((a) => base.tables.able[a]?.[month] === 1),
        serving: row === undefined || row.serving === null ? null : (base.names[row.serving] ?? null),
        beside: row === undefined || row.beside === null ? null : (base.names[row.beside] ?? null),
        spent: row === undefined ? null : row.run + row.parallel + row.oneOff + row.delay,
        discounted: ledger?.cumulative[month] ?? null,
      };
    }),
    ...laddersOf(cases, base, factor),
    ranges: rangesOf(model, evolution, tablesAt, factor),
    figures: figuresOf(model, evolution),
    policy: planPolicy(model, evolution, { cases, tablesAt }, factor),
  };
}

/** The architectures that the evolution speaks of. */
function involved(model: Model, { running, builds, moves }: Evolution): Model["architectures"] {
  const named = new Set([
    ...builds.map(({ architecture }) => architecture),
    ...moves.flatMap(({ from, to }) => [...from, to]),
    running,
  ]);
  return model.architectures.filter(({ name }) => named.has(name));
}

function finite(x: number | undefined): number | null {
  return x === undefined || !Number.isFinite(x) ? null : x;
}

/** The first month from `from` on in which an architecture cannot serve the load. */
function stopOf(of: PlanCase, architecture: number, from: number, factor: number): PlanStop | undefined {
  const month = of.tables.able[architecture]?.findIndex((able, i) => i >= from && able !== 1);
  if (month === undefined || month < 0) return undefined;
  const driver = (of.drivers[month] ?? Number.NaN) / factor;
  const reasons = [...of.tables.reasons(architecture, month)];
  return { architecture: of.names[architecture] ?? "", month, driver, reasons };
}

function stayOf(of: PlanCase, best: Plan | undefined, factor: number): PlanResult["stay"] {
  const start = best?.start ?? (of.terms.starts.length === 1 ? of.terms.starts[0] : undefined);
  if (start === undefined) return null;
  const { cost, stopped } = ledgerOf(of.problem, { start, decisions: [] });
  const architecture = of.names[start.architecture] ?? "";
  const stop = stopped === undefined ? null : (stopOf(of, start.architecture, stopped, factor) ?? null);
  return { architecture, cost, regret: stop === null && best !== undefined ? cost - best.cost : null, stopped: stop };
}

function moveNowOf(of: PlanCase, best: Plan | undefined): PlanResult["move_now"] {
  if (best === undefined) return null;
  const { start, decisions } = best;
  const first = start.settled ? 0 : start.ready + 1;
  const target = decisions[0]?.move;
  const moves = of.problem.moves.filter(
    (move) => move.from === start.architecture && (target === undefined || move === target),
  );
  const plans = moves.flatMap((move) => of.solution.after(start, move, first) ?? []);
  const [now] = plans.sort((x, y) => x.cost - y.cost);
  const to = now?.decisions[0]?.move.to;
  if (now === undefined || to === undefined) return null;
  return { to: of.names[to] ?? "", decided: first, cost: now.cost, regret: now.cost - best.cost };
}

/** The answer at each power of ten of the load of month 0, and where between them the best start becomes another one. */
function laddersOf(cases: Cases, base: PlanCase, factor: number): Pick<PlanResult, "loads" | "turns"> {
  const first = (base.drivers[0] ?? Number.NaN) / factor;
  const last = Math.max(...base.drivers) / factor;
  if (!(first > 0) || !Number.isFinite(last)) return { loads: [], turns: [] };
  const from = Math.floor(log10(first)) - 2;
  const to = Math.ceil(log10(last)) + 1;
  const rungs = Array.from({ length: to - from + 1 }, (_, i) => Number(`1e${from + i}`));
  const at = (load: number): PlanCase => cases({ startLoad: load * factor });
  const startOf = (of: PlanCase): string | null => {
    const start = of.solution.plans[0]?.start.architecture;
    return start === undefined ? null : (of.names[start] ?? null);
  };
  const found = rungs.map(at);
  const steps = Array.from({ length: (to - from) * STEPS + 1 }, (_, i) => {
    const load = pow(10, from + i / STEPS);
    return { load, start: startOf(at(load)) };
  });
  const turns = steps.slice(1).flatMap((above, i): PlanResult["turns"] => {
    const below = steps[i];
    return below === undefined ? [] : turnsBetween(below, above);
  });
  return {
    loads: found.map((each, i) => ({
      driver: rungs[i] ?? Number.NaN,
      best: briefOf(each, each.solution.plans[0], factor),
    })),
    turns,
  };

  /** Whether the start that was best below cannot go on, or is only dearer. */
  function reasonOf(before: string | null, { load }: End): "cost" | "limit" {
    const of = at(load);
    const place = of.terms.starts.findIndex(({ architecture }) => of.names[architecture] === before);
    return before === null || of.solution.starts[place] === undefined ? "limit" : "cost";
  }

  type End = { readonly load: number; readonly start: string | null };
  function turnsBetween(low: End, high: End): PlanResult["turns"] {
    const turns: PlanResult["turns"] = [];
    let begin = low;
    // More than one start can take its turn within a decade.
    while (begin.start !== high.start) {
      const { start } = begin;
      const found = bisect(begin.load, high.load, (load) => startOf(at(load)) === start, {
        rounds: HALVINGS,
        between: (a, b) => Math.sqrt(a * b),
      });
      const outside = { load: found.high, start: startOf(at(found.high)) };
      turns.push({ at: outside.load, below: begin.start, above: outside.start, by: reasonOf(begin.start, outside) });
      begin = outside;
    }
    return turns;
  }
}

/** The plan at both ends of every range, of `evolution:` and of variables. */
function rangesOf(model: Model, evolution: Evolution, tablesAt: PlanTables, factor: number): PlanResult["ranges"] {
  const end = (changes: Changes, value: number, tables = tablesAt) => {
    const found = planCases(model, evolution, tables, changes)();
    return { value, best: briefOf(found, found.solution.plans[0], factor) };
  };
  const { discount } = evolution;
  const own = evolution.figures.flatMap(({ address, unit, low, high }) => {
    if (low === undefined || high === undefined) return [];
    const at = (value: number) => end({ figures: new Map([[address, value]]) }, value / unit.factor);
    return [{ address, unit: unit.text, low: at(low), high: at(high) }];
  });
  const money =
    discount.low === undefined || discount.high === undefined
      ? []
      : [
          {
            address: "evolution.discount",
            unit: "a year",
            low: end({ interest: discount.low }, yearly(discount.low)),
            high: end({ interest: discount.high }, yearly(discount.high)),
          },
        ];
  const inputs = new Set(model.graph.inputs.map(({ address }) => address));
  const ranged = model.definitions.flatMap((definition) => {
    const { address, low, high } = definition;
    const begins = address === model.workload.driver && evolution.startLoad !== undefined;
    const known = isSampled(definition) && inputs.has(address) && !begins;
    return !known || low === undefined || high === undefined ? [] : [{ definition, low, high }];
  });
  // One after the other through the same program, in which all of them are free.
  const freely =
    planTables(
      model,
      ranged.map(({ definition }) => definition.address),
    ) ?? tablesAt;
  const variables = ranged.map(({ definition, low, high }) => {
    const { address } = definition;
    const shown = shownUnit(definition, model.monthSeconds);
    const scale = address === model.workload.driver ? model.load : 1;
    const at = (value: number) =>
      end({ inputs: new Map([[address, value * scale]]) }, (value * scale) / shown.factor, freely);
    return { address, unit: shown.text, low: at(low), high: at(high) };
  });
  return [...own, ...money, ...variables];
}

function figuresOf(model: Model, evolution: Evolution): PlanResult["figures"] {
  const { mean } = valuesOf(
    model,
    evolution.figures.map(({ node }) => node),
  );
  return evolution.figures.map(({ address, node, unit, low, high, status, reason }) => ({
    address,
    value: mean(node) / unit.factor,
    unit: unit.text,
    low: low === undefined ? null : low / unit.factor,
    high: high === undefined ? null : high / unit.factor,
    status,
    reason: reason ?? null,
  }));
}

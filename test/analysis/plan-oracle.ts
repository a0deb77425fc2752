// Every plan there is, one after the other, by its own words: the oracle of the dynamic programming.
import type { Move, PlanProblem } from "../../src/analysis/plan/problem.ts";

export type Tried = { readonly cost: number; readonly sequence: string };

/** All plans that can serve the load at all times, walked month by month. */
export function everyPlan(problem: PlanProblem): readonly Tried[] {
  const found: Tried[] = [];
  const price = (usd: number, month: number): number => usd / (1 / problem.discount) ** month;
  const canRun = (a: number, month: number): boolean => problem.able[a]?.[month] === 1;
  const bill = (a: number, month: number): number => price(problem.cost[a]?.[month] ?? Number.NaN, month);

  function walk(month: number, running: number, mayMove: boolean, spent: number, sequence: string): void {
    if (month === problem.months) {
      found.push({ cost: spent, sequence });
      return;
    }
    if (mayMove) for (const move of problem.moves) if (move.from === running) change(move, month, spent, sequence);
    if (canRun(running, month)) walk(month + 1, running, true, spent + bill(running, month), sequence);
  }

  function change(move: Move, decided: number, spent: number, sequence: string): void {
    let total = spent + price(move.oneOff, decided);
    let month = decided;
    for (let i = 0; i < move.lead; i += 1, month += 1) {
      if (month >= problem.months || !canRun(move.from, month)) return;
      total += bill(move.from, month);
    }
    for (let i = 0; i < move.parallel; i += 1, month += 1) {
      if (month >= problem.months || !canRun(move.from, month) || !canRun(move.to, month)) return;
      total += bill(move.from, month) + bill(move.to, month);
    }
    if (month < problem.months) walk(month, move.to, false, total, `${sequence}>${move.to}`);
  }

  for (const { architecture, oneOff, ready, settled } of problem.starts) {
    if (ready >= problem.months) continue;
    let spent = oneOff;
    for (let month = 0; month < ready; month += 1) spent += price(problem.delay[month] ?? Number.NaN, month);
    walk(ready, architecture, settled, spent, String(architecture));
  }
  return found;
}

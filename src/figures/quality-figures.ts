// Metrics, objectives and operations of a result: evaluated nodes in the units that people read.

import { gapBetween } from "../formula/arithmetic.ts";
import type { LinkedOperations } from "../model/beside-nodes.ts";
import type { Model } from "../model/model.ts";
import type { ObjectivesResult } from "../result/objectives.ts";
import type { OperationsBand, OperationsOf, OperationsResult, OperationsTurn } from "../result/operations.ts";
import { ownershipSentence } from "../result/operations-words.ts";
import type { Result } from "../result/schema.ts";
import type { Values } from "./values.ts";

const HOUR = 3600;

/** Metrics and objectives of every architecture; null where the scenario states none. */
export function objectiveFigures(model: Model, mean: Values): ObjectivesResult | null {
  const { architectures, qualities: words } = model;
  if (Object.keys(words.metrics).length === 0 && words.objectives.length === 0) return null;
  const shown = new Set(architectures.map(({ name }) => name));
  return {
    metrics: words.metrics,
    objectives: words.objectives.map((each) => ({
      ...each,
      architectures: each.architectures.filter((name) => shown.has(name)),
    })),
    architectures: Object.fromEntries(
      architectures.map(({ name, qualities }) => [
        name,
        {
          metrics: Object.fromEntries(
            qualities.metrics.map(({ name: metric, node, unit, formula, status, reason, place }) => {
              // One unit for all, or the column could not be compared.
              const factor = unitFactorOf(model, metric, unit.factor);
              const value = mean(node) / factor;
              return [metric, { value, formula, status: status ?? null, reason: reason ?? null, place }];
            }),
          ),
          missed: qualities.objectives.filter(({ node }) => mean(node) !== 1).map(({ id }) => id),
        },
      ]),
    ),
  };
}

function unitFactorOf({ architectures }: Model, metric: string, fallback: number): number {
  const metrics = architectures.flatMap(({ qualities }) => qualities.metrics);
  return metrics.find(({ name }) => name === metric)?.unit.factor ?? fallback;
}

/** Cost of ownership beside the bill, and where it would turn the ranking; null for a single architecture without any. */
export function operationFigures(
  model: Model,
  architectures: Result["architectures"],
  cheapest: string,
  mean: Values,
): OperationsResult | null {
  const stated = model.architectures.some(({ operations }) => operations.hours !== undefined);
  if (!stated && model.architectures.length < 2) return null;
  const all = Object.fromEntries(
    model.architectures.map(({ name, operations }) => {
      return [name, operationsOf(operations, architectures[name]?.cost.month ?? Number.NaN, mean)];
    }),
  );
  const found = rankedOperations(all, architectures, cheapest);
  return stated || found.turns.length > 0 ? found : null;
}

/** The verdict with the answer that the second total gives, where hours are stated. */
export function withOwnership<T extends Pick<Result["comparison"], "verdict">>(
  comparison: T,
  operations: OperationsResult | null,
): T {
  if (operations === null) return comparison;
  return { ...comparison, verdict: [...comparison.verdict, ...ownershipSentence(operations)] };
}

/** Ranks by the second total what can serve the load, and works out the hours that would turn the ranking by bill. */
function rankedOperations(
  all: Record<string, OperationsOf>,
  architectures: Result["architectures"],
  cheapest: string,
): OperationsResult {
  const able = Object.keys(all).filter((name) => architectures[name]?.feasible === true);
  const totals = able.flatMap((name) => {
    const total = all[name]?.total;
    return total === null || total === undefined ? [] : [{ name, total }];
  });
  const known = totals.length === able.length && totals.length > 0;
  const [best, ...others] = [...totals].sort((a, b) => a.total.typical - b.total.typical);
  return {
    architectures: all,
    cheapest: known && best !== undefined ? best.name : null,
    settled: known && best !== undefined ? others.every(({ total }) => best.total.high < total.low) : null,
    turns: turnsOf(all, architectures, able.includes(cheapest) ? cheapest : undefined),
  };
}

function operationsOf(linked: LinkedOperations, bill: number, mean: Values): OperationsOf {
  const { hours, rate, rateFrom, reason, status, place } = linked;
  const hourly = mean(rate) * HOUR;
  const spent = hours === undefined ? null : bandOf((end) => mean(hours[end]) / HOUR);
  return {
    hours: spent,
    rate: hourly,
    rate_status: rateFrom.status,
    rate_reason: rateFrom.reason ?? null,
    rate_source: rateFrom.source ?? null,
    ...spentOn(spent, hourly, bill),
    status: status ?? null,
    reason: reason ?? null,
    place: place ?? null,
  };
}

/** What hours cost, and the second total. */
function spentOn(hours: OperationsBand | null, rate: number, bill: number): Pick<OperationsOf, "cost" | "total"> {
  if (hours === null) return { cost: null, total: null };
  return { cost: bandOf((end) => hours[end] * rate), total: bandOf((end) => bill + hours[end] * rate) };
}

function bandOf(at: (end: keyof OperationsBand) => number): OperationsBand {
  return { low: at("low"), typical: at("typical"), high: at("high") };
}

function turnsOf(
  all: Readonly<Record<string, OperationsOf>>,
  architectures: Result["architectures"],
  cheapest: string | undefined,
): OperationsTurn[] {
  const own = cheapest === undefined ? undefined : all[cheapest];
  const bill = cheapest === undefined ? undefined : architectures[cheapest]?.cost.month;
  if (cheapest === undefined || own === undefined || bill === undefined || !(own.rate > 0)) return [];
  return Object.entries(all)
    .flatMap(([other, { hours }]): OperationsTurn[] => {
      const architecture = architectures[other];
      if (other === cheapest || architecture?.feasible !== true) return [];
      const more = gapBetween(architecture.cost.month, bill);
      const stated = hours === null || own.hours === null ? null : own.hours.typical - hours.typical;
      return [{ architecture: cheapest, other, difference: more, hours: more / own.rate, rate: own.rate, stated }];
    })
    .sort((a, b) => a.difference - b.difference);
}

import { loadWords, withUnit } from "../result/limit-words.ts";
import { figure, quantity } from "../result/number.ts";
import type { Limit } from "../result/schema.ts";

/** Why a hard quota rules an architecture out. */
export function disqualifier(limit: Limit, driver: string): string {
  const { title, components, demand, granted, unit, restart_after: after, binds_at_granted: at } = limit;
  const who = components.length === 0 ? "it" : components.join(", ");
  const needs = `${title} is at most ${withUnit(granted, unit)} and cannot be raised; ${who} needs ${withUnit(demand, unit)}`;
  const when =
    at === null || at.units === 0 ? "" : `; it is reached ${loadWords(at)} (${driver} ${quantity(at.units)})`;
  const restart = after === null ? "" : `; it would have to start anew every ${seconds(after)}`;
  return needs + when + restart;
}

function seconds(x: number): string {
  if (x < 120) return `${figure(x)} s`;
  if (x < 7200) return `${figure(x / 60)} min`;
  return x < 172_800 ? `${figure(x / 3600)} h` : `${figure(x / 86_400)} days`;
}

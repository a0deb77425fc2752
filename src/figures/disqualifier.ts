import { loadWords, withUnit } from "../result/limit-words.ts";
import { figure, quantity } from "../result/number.ts";
import type { Limit } from "../result/schema.ts";

/** Why a hard quota, or a setting of its own, rules an architecture out. */
export function disqualifier(limit: Limit, driver: string): string {
  const { title, components, demand, granted, unit, restart_after: after, binds_at_granted: at, scope } = limit;
  const who = scope === "setting" ? "the load" : components.length === 0 ? "it" : components.join(", ");
  const most = `at most ${withUnit(granted, unit)} ${scope === "setting" ? "by your own setting" : "and cannot be raised"}`;
  const needs = `${title} is ${most}; ${who} needs ${withUnit(demand, unit)}`;
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

// Sentences about quotas, made of data only: the title, the unit and what happens come from the catalog.
import { figure, percent, quantity } from "../result/number.ts";
import type { Limit } from "../result/schema.ts";

/** What happens to the work above a quota. */
export const EFFECT_WORDS: Readonly<Record<Limit["effect"], string>> = {
  delay: "work waits",
  reject: "work is rejected",
  fail: "work fails",
  slow: "work is slowed down",
};

/** A figure with its unit; a count has none. */
export function withUnit(x: number, unit: string): string {
  return unit === "" ? figure(x) : `${quantity(x)} ${unit}`;
}

/** At which load a quota binds, in words. */
export function loadWords({ units, share }: { readonly units: number; readonly share: number }): string {
  return units === 0 ? "at any load" : `at ${percent(share)} of the load`;
}

/** Why a hard quota rules an architecture out. */
export function disqualifier(limit: Limit, driver: string): string {
  const { title, components, demand, granted, unit, restart_after: after, binds_at_granted: at } = limit;
  const who = components.length === 0 ? "it" : components.join(", ");
  const needs = `${title} is at most ${withUnit(granted, unit)} and cannot be raised; ${who} needs ${withUnit(demand, unit)}`;
  const when = at === null || at.units === 0 ? "" : `; it is reached ${loadWords(at)} (${driver} ${quantity(at.units)})`;
  const restart = after === null ? "" : `; it would have to start anew every ${seconds(after)}`;
  return needs + when + restart;
}

function seconds(x: number): string {
  if (x < 120) return `${figure(x)} s`;
  if (x < 7200) return `${figure(x / 60)} min`;
  return x < 172_800 ? `${figure(x / 3600)} h` : `${figure(x / 86_400)} days`;
}

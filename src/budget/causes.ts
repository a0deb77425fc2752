import type { BudgetOutcome, ScenarioChange } from "../result/check.ts";
import { loadWords } from "../result/limit-words.ts";
import { figure, money } from "../result/number.ts";
import type { Result } from "../result/schema.ts";
import { wordFor } from "./budget.ts";
import { lineFrom } from "./source-line.ts";

type Causes = BudgetOutcome["causes"];

/** Told of one budget. */
const MOST = 3;
/** What is less than this share of the greatest is not what did it. */
const LEAST = 0.02;

/**
 * What did it. Of the architectures that an assertion names: for carbon the lines that emit most, for limits what is hit
 * first, else the line items that rose most since the baseline, with the lines of the scenario that were edited; without a
 * baseline, or where nothing rose, the greatest line items.
 */
export function causesOf(assert: string, result: Result, change: ScenarioChange | null): Causes {
  const named = architecturesIn(assert, Object.keys(result.architectures));
  const names = named.length > 0 ? named : [result.comparison.cheapest];
  const isCost = /\.(?:cost|roles|saving|saving_share)\b|\bcheapest\b|\bbreak_even\b/.test(assert);
  if (!isCost && /\.carbon\./.test(assert)) return emitting(names, result);
  if (!isCost && /\.limits\./.test(assert)) return binding(names, result);
  const isNamed: IsNamed = (component, role) => {
    const spoken = (part: string, name: string): boolean =>
      !assert.includes(`.${part}.`) || assert.includes(`.${part}.${wordFor(name)}.`);
    const places = names.map((name) => result.architectures[name]?.components[component]);
    const within = (part: string, name: string | null | undefined): boolean => spoken(part, name ?? "");
    return (
      spoken("components", component) &&
      within("roles", role) &&
      places.some((place) => within("environments", place?.environment) && within("accounts", place?.account))
    );
  };
  const risen = (change === null ? [] : change.architectures)
    .filter(({ architecture }) => names.includes(architecture))
    .flatMap(({ architecture, lines }) => lines.map((line) => ({ ...line, architecture })))
    .filter((line) => line.change > 0 && isNamed(line.component, roleOf(line, result)))
    .sort((a, b) => b.change - a.change)
    .slice(0, MOST);
  if (risen.length === 0) return greatest(names, result, isNamed);
  return risen.map((line) => ({
    text: `${line.architecture}.${line.component}, ${line.description}: ${rise(line.before, line.after)}`,
    change: line.change,
    place: line.places[0] ?? null,
  }));
}

/** Whether a line item is of the components, roles, environments and accounts that an assertion is about. */
type IsNamed = (component: string, role: string | undefined) => boolean;

function roleOf(line: { architecture: string; component: string; meter: string }, result: Result): string | undefined {
  return result.architectures[line.architecture]?.line_items.find(
    (item) => item.x_Component === line.component && item.x_Meter === line.meter,
  )?.x_Role;
}

function rise(before: number | null, after: number | null): string {
  if (before === null) return `${money(after)} a month, new`;
  return `${money(before)} to ${money(after)} a month`;
}

function greatest(names: readonly string[], result: Result, isNamed: IsNamed): Causes {
  return names
    .flatMap((name) => (result.architectures[name]?.line_items ?? []).map((line) => ({ name, line })))
    .filter(({ line }) => line.EffectiveCost > 0 && isNamed(line.x_Component, line.x_Role))
    .sort((a, b) => b.line.EffectiveCost - a.line.EffectiveCost)
    .slice(0, MOST)
    .filter(({ line }, _, [first]) => first === undefined || line.EffectiveCost >= LEAST * first.line.EffectiveCost)
    .map(({ name, line }) => ({
      text: `${name}.${line.x_Component}, ${line.ChargeDescription}: ${money(line.EffectiveCost)} a month`,
      change: null,
      place: lineFrom(line.x_Place) ?? null,
    }));
}

function emitting(names: readonly string[], result: Result): Causes {
  return names
    .flatMap((name) => (result.architectures[name]?.carbon?.lines ?? []).map((line) => ({ name, line })))
    .map(({ name, line }) => ({ name, line, mass: line.operational.central + line.embodied.central }))
    .sort((a, b) => b.mass - a.mass)
    .slice(0, MOST)
    .filter(({ mass }, _, [first]) => first === undefined || mass >= LEAST * first.mass)
    .map(({ name, line, mass }) => ({
      text: `${name}.${line.component}, ${line.title}: ${figure(mass)} kg CO2e a month (${line.basis})`,
      change: null,
      place: lineFrom(line.place) ?? null,
    }));
}

function binding(names: readonly string[], result: Result): Causes {
  return names.flatMap((name): Causes => {
    const architecture = result.architectures[name];
    const first = architecture?.limits.find(({ quota }) => quota === architecture.first_hit);
    if (first === undefined || first.binds_at_granted === null) return [];
    const [component] = first.components;
    const line = architecture?.line_items.find((item) => item.x_Component === component);
    const text = `${name}: ${first.title} binds ${loadWords(first.binds_at_granted)}`;
    return [{ text, change: null, place: lineFrom(line?.x_Place ?? null) ?? null }];
  });
}

/** The architectures that an assertion names, as the scenario writes them. */
function architecturesIn(assert: string, names: Iterable<string>): readonly string[] {
  const words = new Set(assert.match(/[a-z][a-z0-9_]*/g) ?? []);
  return [...names].filter((name) => words.has(wordFor(name)));
}

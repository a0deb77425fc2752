import { isSpec, type Spec, specOf } from "./merge-specs.ts";
import type { ResolvedComponent } from "./read.ts";

/** A parameter as levers need to know it: unit of bare numbers, and the default as written. */
export type KnownParameter = { readonly unit?: string | undefined; readonly default?: string | number | undefined };

/** Parameters of a service; undefined for no such service. */
export type ParametersOf = (service: string) => Readonly<Record<string, KnownParameter>> | undefined;

/** `previous`: what this key had before; `previous_size`: what another key of the component had. */
const PREVIOUS = /\bprevious(?:_([a-z][a-z0-9_]*))?\b/;
/** Longer than anything is kept: what `forever` counts as where another key asks how long. */
const FOREVER = "36500 day";

/**
 * A patch with `previous` replaced by what the key had before: as written, else the service's default. A mapping replaces
 * the beginning of a word (`{ c6i.: c7g. }`). A key that only repeats what is not there, or whose default follows from
 * other parameters, is left out.
 * @returns the patch, and the keys whose text is not the one that is written
 */
export function withPrevious(
  patch: Spec,
  before: ResolvedComponent | undefined,
  parametersOf: ParametersOf,
): { readonly spec: Spec; readonly derived: readonly string[] } {
  const entries: [string, unknown][] = [];
  const derived: string[] = [];
  const parameters = parametersOf(String(before?.spec["service"])) ?? {};
  const textOf = (key: string): string | "follows" | undefined => textBefore(key, before, parameters);
  for (const [key, value] of Object.entries(patch)) {
    if (isSpec(value) && key !== "actual") {
      const word = replacedWord(String(textOf(key)), value);
      if (word !== undefined) entries.push([key, word]);
    } else if (typeof value !== "string" || before === undefined || !PREVIOUS.test(value)) {
      entries.push([key, value]);
      continue;
    } else if (value.trim() === "previous") {
      const own = before.spec[key];
      if (own !== undefined) entries.push([key, own]);
    } else if (textOf(key) !== "follows") {
      const replaced = value.replaceAll(new RegExp(PREVIOUS, "g"), (whole, other: string | undefined) => {
        const text = textOf(other ?? key);
        if (text === undefined || text === "follows") return whole;
        return `(${(other ?? key) === key ? text : text.replaceAll(/\bforever\b/g, FOREVER)})`;
      });
      entries.push([key, replaced]);
    }
    derived.push(key);
  }
  return { spec: specOf(entries), derived };
}

/** What a key had, with its unit; `follows` where the service makes it of other parameters. */
function textBefore(
  key: string,
  before: ResolvedComponent | undefined,
  parameters: Readonly<Record<string, KnownParameter>>,
): string | "follows" | undefined {
  const parameter = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
  const own = before?.spec[key];
  if (own !== undefined) return withUnit(String(own), parameter?.unit);
  if (parameter?.default === undefined) return undefined;
  const text = String(parameter.default);
  const isFigure = /^-?\d[\d.]*(e[+-]?\d+)?\s*[A-Za-z%]*$/i.test(text) || /^[a-z][a-z0-9_]*$/.test(text);
  return isFigure ? withUnit(text, parameter.unit) : "follows";
}

function replacedWord(word: string, map: Spec): string | undefined {
  const found = Object.entries(map).find(([from]) => word.startsWith(from));
  return found === undefined ? undefined : String(found[1]) + word.slice(found[0].length);
}

/** A bare number is in the parameter's unit; inside a formula it needs to say so. */
function withUnit(text: string, unit: string | undefined): string {
  const isBare = unit !== undefined && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text.trim());
  return isBare && /^[A-Za-z]+$/.test(unit) ? `${text} ${unit}` : text;
}

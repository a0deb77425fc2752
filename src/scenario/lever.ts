import { suggest } from "../diagnostic/suggest.ts";
import type { Path } from "../yaml/source.ts";
import type { LeverClass } from "./levers-schema.ts";
import type { LeverSpec } from "./schema.ts";

/** A figure that a lever assumes, as written. */
export type LeverAssumption = {
  readonly name: string;
  readonly value: string;
  readonly low: string | undefined;
  readonly high: string | undefined;
  readonly reason: string | undefined;
  readonly source: string | undefined;
};

/** A named change to a scenario, ready to be laid over it: its texts hold the figures that it assumes. */
export type Lever = {
  readonly name: string;
  readonly title: string;
  readonly class: LeverClass;
  readonly spec: LeverSpec;
  readonly assumes: readonly LeverAssumption[];
  /** architectures, components, `architecture.component` and services that it may change; empty: all */
  readonly appliesTo: readonly string[];
  /** levers that cannot be had together with it, said by either of the two */
  readonly excludes: ReadonlySet<string>;
  /** known to every scenario, from pricing/ */
  readonly builtIn: boolean;
  /** a built-in lever changes only these components, by architecture; undefined: all that it selects */
  readonly fits: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  /** where its spec stands in the scenario; a built-in one may not stand there */
  readonly path: Path;
};

/** An end of the ranges that a lever assumes. */
export type End = "value" | "low" | "high";

/** `applies_to` and other lists that may be written as a single word. */
export function listOf(words: string | readonly string[] | undefined): readonly string[] {
  if (words === undefined) return [];
  return typeof words === "string" ? [words] : words;
}

/** What a lever assumes. An end of a range that is not written is its value. */
export function assumptionsOf(spec: LeverSpec): readonly LeverAssumption[] {
  return Object.entries(spec.assumes ?? {}).flatMap(([name, written]): LeverAssumption[] => {
    const one = typeof written === "object" ? written : { value: written };
    if (one.value === undefined) return [];
    const text = (value: string | number | undefined): string | undefined =>
      value === undefined ? undefined : String(value);
    return [
      {
        name,
        value: String(one.value),
        low: text("low" in one ? one.low : undefined),
        high: text("high" in one ? one.high : undefined),
        reason: "reason" in one ? one.reason : undefined,
        source: "source" in one ? one.source : undefined,
      },
    ];
  });
}

const PLACEHOLDER = /\{([a-z][a-z0-9_]*)\}/g;

/**
 * The spec with `{name}` replaced by what is assumed, in every text that the lever changes.
 * @param unknown reported each name that is not assumed, with the path of the text below the lever
 */
export function withAssumptions(
  spec: LeverSpec,
  assumes: readonly LeverAssumption[],
  end: End,
  unknown: (path: Path, name: string, hint: string | undefined) => void = () => undefined,
): LeverSpec {
  const known = new Map(assumes.map((one) => [one.name, one[end] ?? one.value]));
  const filled = (value: unknown, path: Path): unknown => {
    if (typeof value === "string") {
      const found = value.replace(PLACEHOLDER, (whole, name: string) => {
        const text = known.get(name);
        if (text === undefined) unknown(path, name, suggest(name, [...known.keys()]));
        return text === undefined ? whole : text;
      });
      return found;
    }
    if (Array.isArray(value)) return value.map((item, at) => filled(item, [...path, at]));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, [...path, key])]));
  };
  const { assumes: _, ...texts } = spec;
  // Texts were replaced by texts: the form is that of the spec.
  return filled(texts, []) as LeverSpec;
}

/** Whether a lever may change anything of an architecture. */
export function selectsArchitecture({ appliesTo }: Lever, architecture: string, known: ReadonlySet<string>): boolean {
  return (
    appliesTo.length === 0 ||
    appliesTo.some((word) => word === architecture || word.startsWith(`${architecture}.`) || isElsewhere(word, known))
  );
}

/** A component or service, whatever the architecture. */
function isElsewhere(word: string, architectures: ReadonlySet<string>): boolean {
  return !architectures.has(word) && !architectures.has(word.split(".")[0] ?? "");
}

export type Target = { readonly architecture: string; readonly component: string; readonly service: string };

/** Whether a lever may change a component. */
export function selectsComponent(lever: Lever, target: Target): boolean {
  const { architecture, component, service } = target;
  const fit = lever.fits?.get(architecture);
  if (lever.fits !== undefined && fit?.has(component) !== true) return false;
  const names = [architecture, component, `${architecture}.${component}`, service];
  return lever.appliesTo.length === 0 || lever.appliesTo.some((word) => names.includes(word));
}

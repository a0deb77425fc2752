import type { Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { definitionOf } from "../model/definition.ts";
import type { Model } from "../model/model.ts";
import { type Correlation, correlationFactor, type Factor } from "./samples.ts";
import type { UncertainInput } from "./uncertain-inputs.ts";

export type Correlated = {
  readonly factor: Factor | undefined;
  /** inputs that move together, by index; most stand alone */
  readonly groups: readonly (readonly number[])[];
  /** the correlations between them, by index */
  readonly pairs: readonly Correlation[];
};

/** Reads `correlations` of the scenario. @returns undefined where they name no range or contradict each other (reported) */
export function linkCorrelations(
  model: Model,
  inputs: readonly UncertainInput[],
  problems: Problems,
): Correlated | undefined {
  const alone = inputs.map((_, i) => [i]);
  const { stated = [], place } = model.correlations ?? {};
  const together = ofMarkets(inputs);
  if (stated.length + together.length === 0) return { factor: undefined, groups: alone, pairs: [] };
  const names = inputs.map(({ address }) => address);
  const correlations = stated.flatMap(({ between, coefficient, place: own }): Correlation[] => {
    const [a, b] = between.map(({ name, place: end }) => {
      const index = names.indexOf(name);
      // A variable that is certain in this run, by --set, correlates with nothing.
      if (index < 0 && definitionOf(model, name) === undefined) {
        const known = names.filter((_, i) => inputs[i]?.market === undefined);
        const near = suggest(name, known);
        const hint = near === undefined ? `variables with a range: ${known.join(", ")}` : `did you mean "${near}"?`;
        problems.error("unknown-variable", `no variable "${name}"`, end, hint);
      }
      return index;
    });
    if (a === undefined || b === undefined || a < 0 || b < 0) return [];
    if (a !== b) return [{ a, b, coefficient }];
    problems.error("bad-correlation", "a variable does not correlate with itself", own);
    return [];
  });
  const pairs = [...together, ...correlations];
  const factor = correlationFactor(inputs.length, pairs);
  if (factor === undefined) {
    const hint = "two that both follow a third closely follow each other too";
    problems.error("bad-correlation", "the correlations contradict each other", place, hint);
    return undefined;
  }
  return { factor, groups: grouped(alone, pairs), pairs };
}

/** One market has one price: what names it moves together. */
function ofMarkets(inputs: readonly UncertainInput[]): readonly Correlation[] {
  return inputs.flatMap(({ market }, a) =>
    market === undefined
      ? []
      : inputs.flatMap((other, b) => (b > a && other.market === market ? [{ a, b, coefficient: 1 }] : [])),
  );
}

function grouped(alone: readonly (readonly number[])[], correlations: readonly Correlation[]): Correlated["groups"] {
  return correlations.reduce<Correlated["groups"]>((groups, { a, b }) => {
    const together = groups.filter((group) => group.includes(a) || group.includes(b));
    const others = groups.filter((group) => !together.includes(group));
    return [...others, together.flat().sort((x, y) => x - y)].sort((x, y) => (x[0] ?? 0) - (y[0] ?? 0));
  }, alone);
}

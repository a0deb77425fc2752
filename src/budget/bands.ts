// Figures that are known within bounds only: the cases at which a comparison has to agree before it is decided.
import { isBaseline } from "./assertion.ts";
import type { Figure } from "./figure.ts";

type Band = Extract<Figure, { kind: "band" }>;

/** The carbon of `a` over that of `b`, at both ends of what is known. */
export type Ratio = { readonly low: number; readonly high: number };

export type BandTask = {
  readonly figure: (name: string) => Figure | undefined;
  readonly ratio: (a: string, b: string) => Ratio | undefined;
};

/** Two to the power of this many cases are looked at; more bands than that in one comparison leave it open. */
const MOST_BANDS = 10;

/**
 * Values for the bands among some names, a map for each corner; one empty map where there is none. Coefficients that two
 * architectures share move together: where it is known how they compare, the ratio is what moves. The same figure before
 * and after moves as one.
 */
export function corners(names: readonly string[], task: BandTask): readonly ReadonlyMap<string, number>[] {
  const bands = names.flatMap((name) => {
    const figure = task.figure(name);
    return figure?.kind === "band" ? [{ name, band: figure }] : [];
  });
  if (bands.length === 0) return [new Map()];
  const together = pair(bands, task);
  if (together !== undefined) return together;
  const keys = [...new Set(bands.map(({ name }) => keyOf(name)))];
  if (keys.length > MOST_BANDS) return [new Map(), new Map(bands.map(({ name }) => [name, Number.NaN]))];
  return Array.from({ length: 2 ** keys.length }, (_, corner) => {
    const isHigh = (name: string): boolean => ((corner >> keys.indexOf(keyOf(name))) & 1) === 1;
    return new Map(bands.map(({ name, band }) => [name, isHigh(name) ? band.high : band.low]));
  });
}

function keyOf(name: string): string {
  return isBaseline(name) ? name.slice(name.indexOf(".") + 1) : name;
}

/** The monthly carbon of two architectures whose ratio is known: it stays within its bounds whatever they share. */
function pair(
  bands: readonly { readonly name: string; readonly band: Band }[],
  task: BandTask,
): readonly ReadonlyMap<string, number>[] | undefined {
  const [first, second] = bands;
  if (bands.length !== 2 || first === undefined || second === undefined) return undefined;
  const alike = [first, second].every(({ name }) => name.endsWith(".carbon.month") && !isBaseline(name));
  const ratio = alike ? task.ratio(first.band.architecture, second.band.architecture) : undefined;
  if (ratio === undefined) return undefined;
  return [ratio.low, ratio.high].map(
    (times) =>
      new Map([
        [first.name, second.band.central * times],
        [second.name, second.band.central],
      ]),
  );
}

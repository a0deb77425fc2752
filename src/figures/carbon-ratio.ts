import type { Coefficient } from "../model/carbon-nodes.ts";
import type { CarbonCase, CarbonProgram, CarbonValues } from "./carbon-cases.ts";

/** Two architectures' carbon: nodes of kg in the month. */
export type Pair = { readonly subject: number; readonly base: number };

/** What one coefficient, moved alone, does to subject / base. */
export type Swing = {
  readonly coefficient: Coefficient;
  /** all inputs of the coefficient: one where it is shared, else one an architecture */
  readonly addresses: readonly string[];
  readonly least: number;
  readonly most: number;
  /** the coefficient at which the two emit alike, others central, in base units; undefined: there is none above 0 */
  readonly breakEven: number | undefined;
};

export type RatioBand = {
  readonly central: number;
  /** least and greatest ratio with every coefficient anywhere in its band */
  readonly least: number;
  readonly most: number;
  /** greatest effect first; those without effect are left out */
  readonly swings: readonly Swing[];
};

/**
 * The band of subject / base: shared coefficients have one value for both, others may differ. Carbon is a sum of
 * products, so the ratio is monotone in each coefficient alone and its extremes lie at corners of the bands; a corner
 * is reached by moving single coefficients as long as one of them helps.
 * @returns undefined where either emits nothing
 */
export function ratioBand(values: CarbonValues, pair: Pair): RatioBand | undefined {
  const program = values.program([pair.subject, pair.base]);
  const ratios: Ratios = (cases, from) =>
    program(cases, from).map(([subject = Number.NaN, base = Number.NaN]) => subject / base);
  const [central] = ratios([new Map()]);
  if (central === undefined || !Number.isFinite(central) || central <= 0) return undefined;
  const moving = values
    .reach([pair.subject, pair.base])
    .filter(({ low, high, central: at }) => low !== high || low !== at);
  const ends = moving.flatMap((c) => [new Map([[c.address, c.low]]), new Map([[c.address, c.high]])]);
  const single = ratios(ends);
  const effects = moving.flatMap((coefficient, i) => {
    const atLow = single[2 * i] ?? central;
    const atHigh = single[2 * i + 1] ?? central;
    return atLow === central && atHigh === central ? [] : [{ coefficient, atLow, atHigh }];
  });
  const corner = (most: boolean): CarbonCase =>
    new Map(effects.map(({ coefficient: c, atLow, atHigh }) => [c.address, atHigh > atLow === most ? c.high : c.low]));
  const used = effects.map(({ coefficient }) => coefficient);
  return {
    central,
    least: Math.min(climb(ratios, used, corner(false), false), central),
    most: Math.max(climb(ratios, used, corner(true), true), central),
    swings: swingsOf(program, effects, ratios),
  };
}

type Ratios = (cases: readonly CarbonCase[], from?: CarbonCase) => readonly number[];

const MOST_ROUNDS = 12;

/** Moves coefficients to their other end, all that help at once or else the best of them, as long as that helps. */
function climb(ratios: Ratios, used: readonly Coefficient[], start: CarbonCase, up: boolean): number {
  const better = (a: number, b: number): boolean => (up ? a > b : a < b);
  const flip = (corner: CarbonCase, { address, low, high }: Coefficient): readonly [string, number] => [
    address,
    corner.get(address) === high ? low : high,
  ];
  let corner = start;
  let [best = Number.NaN] = ratios([start]);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const from = corner;
    const found = ratios(
      used.map((coefficient) => new Map([flip(from, coefficient)])),
      from,
    );
    const helpful = used.filter((_, i) => better(found[i] ?? best, best));
    const single = up ? Math.max(...found) : Math.min(...found);
    const alone = used[found.indexOf(single)];
    if (helpful.length === 0 || alone === undefined) return best;
    const all = new Map([...from, ...helpful.map((coefficient) => flip(from, coefficient))]);
    const [together = best] = helpful.length === 1 ? [single] : ratios([all]);
    corner = better(together, single) ? all : new Map([...from, flip(from, alone)]);
    best = better(together, single) ? together : single;
  }
  return best;
}

type Effect = { readonly coefficient: Coefficient; readonly atLow: number; readonly atHigh: number };

/** Effects by name: what is not shared moves in each architecture to the end that matters more. */
function swingsOf(program: CarbonProgram, effects: readonly Effect[], ratios: Ratios): readonly Swing[] {
  const named = [...grouped(effects).values()];
  const toward = (group: readonly Effect[], most: boolean): CarbonCase =>
    new Map(group.map(({ coefficient: c, atLow, atHigh }) => [c.address, atHigh > atLow === most ? c.high : c.low]));
  const found = ratios(named.flatMap((group) => [toward(group, false), toward(group, true)]));
  const evens = breakEvens(program, named);
  const swings = named.flatMap((group, i): Swing[] => {
    const [first] = group;
    const [least, most] = [found[2 * i], found[2 * i + 1]];
    if (first === undefined || least === undefined || most === undefined) return [];
    const addresses = group.map(({ coefficient }) => coefficient.address);
    return [{ coefficient: first.coefficient, addresses, least, most, breakEven: evens[i] }];
  });
  const size = ({ least, most }: Swing): number => Math.abs(Math.log(most / least));
  return swings.sort((a, b) => size(b) - size(a));
}

function grouped(effects: readonly Effect[]): ReadonlyMap<string, readonly Effect[]> {
  const groups = new Map<string, Effect[]>();
  for (const effect of effects) {
    const { name, address } = effect.coefficient;
    // Figures of different regions are different facts.
    const key = effect.coefficient.shared ? address : name;
    groups.set(key, [...(groups.get(key) ?? []), effect]);
  }
  return groups;
}

const NEAR = 1e-9;

/**
 * Where subject - base is 0 as one coefficient moves in all architectures alike, the others central. The difference is
 * a line in nearly every coefficient; where it is not, the crossing inside the band is found by halving.
 */
function breakEvens(program: CarbonProgram, groups: readonly (readonly Effect[])[]): readonly (number | undefined)[] {
  const at = (group: readonly Effect[], value: number): CarbonCase =>
    new Map(group.map(({ coefficient }) => [coefficient.address, value]));
  const apart = (cases: readonly CarbonCase[]): readonly { difference: number; size: number }[] =>
    program(cases).map(([subject = Number.NaN, base = Number.NaN]) => ({
      difference: subject - base,
      size: Math.max(Math.abs(subject), Math.abs(base)),
    }));
  const bounds = groups.map((group) => {
    const { low = Number.NaN, high = Number.NaN } = group[0]?.coefficient ?? {};
    return { group, low, high };
  });
  const found = apart(bounds.flatMap(({ group, low, high }) => [at(group, low), at(group, high)]));
  const lines = bounds.map(({ group, low, high }, i) => {
    const [a, b] = [found[2 * i]?.difference ?? Number.NaN, found[2 * i + 1]?.difference ?? Number.NaN];
    const value = a === b ? Number.NaN : low - (a * (high - low)) / (b - a);
    return { group, low, high, crosses: a < 0 !== b < 0, rises: b > a, value };
  });
  const checked = apart(
    lines.map(({ group, low, value }) => at(group, value > 0 && Number.isFinite(value) ? value : low)),
  );
  return lines.map(({ group, low, high, crosses, rises, value }, i) => {
    const check = checked[i];
    const exact = check !== undefined && Math.abs(check.difference) <= NEAR * check.size;
    if (value > 0 && Number.isFinite(value) && exact) return value;
    if (!crosses) return undefined;
    let [left, right] = [low, high];
    for (let step = 0; step < 60; step += 1) {
      const middle = (left + right) / 2;
      const difference = apart([at(group, middle)])[0]?.difference ?? Number.NaN;
      if (difference < 0 === rises) left = middle;
      else right = middle;
    }
    return (left + right) / 2;
  });
}

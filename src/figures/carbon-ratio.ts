import { bisect } from "../formula/bisect.ts";
import { log } from "../formula/exact.ts";
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
 * Where both emit nothing there is no ratio: an end of a band at which that is so is looked at from just beside it.
 * @returns undefined where either emits nothing; `most` is infinite where only the base may emit nothing
 */
export function ratioBand(values: Pick<CarbonValues, "program" | "reach">, pair: Pair): RatioBand | undefined {
  const program = values.program([pair.subject, pair.base]);
  const ratios: Ratios = (cases, from) =>
    program(cases, from).map(([subject = Number.NaN, base = Number.NaN]) => subject / base);
  const [central] = ratios([new Map()]);
  if (central === undefined || !Number.isFinite(central) || central <= 0) return undefined;
  const moving = values
    .reach([pair.subject, pair.base])
    .filter(({ low, high, central: at }) => low !== high || low !== at);
  const effects = effectsOf(moving, ratios, central);
  const corner = (most: boolean): CarbonCase =>
    new Map(effects.map(({ coefficient: c, low, high, rises }) => [c.address, rises === most ? high : low]));
  return {
    central,
    least: Math.min(climb(ratios, effects, corner(false), false), central),
    most: Math.max(climb(ratios, effects, corner(true), true), central),
    swings: swingsOf(program, effects, ratios),
  };
}

type Ratios = (cases: readonly CarbonCase[], from?: CarbonCase) => readonly number[];

/** A coefficient with the ends of its band at which there is a ratio, and whether the ratio rises between them. */
type Effect = {
  readonly coefficient: Coefficient;
  readonly low: number;
  readonly high: number;
  readonly rises: boolean;
};

/** How far an end is moved toward the central value, as a share, where neither architecture emits anything at the end itself. */
const BESIDE = 1e-6;
/** Ratios that differ by less, as a share, are the same. */
const SAME = 1e-12;

/** The coefficients that change the ratio. */
function effectsOf(moving: readonly Coefficient[], ratios: Ratios, central: number): readonly Effect[] {
  const ratiosAt = (ends: readonly Pick<Effect, "coefficient" | "low" | "high">[]): readonly number[] =>
    ratios(
      ends.flatMap(({ coefficient: { address }, low, high }) => [
        new Map([[address, low]]),
        new Map([[address, high]]),
      ]),
    );
  const written = moving.map((coefficient) => ({ coefficient, low: coefficient.low, high: coefficient.high }));
  const found = ratiosAt(written);
  const beside = (end: number, at: number, ratio: number | undefined): number =>
    Number.isNaN(ratio) ? end + (at - end) * BESIDE : end;
  const ends = written.map(({ coefficient, low, high }, i) => ({
    coefficient,
    low: beside(low, coefficient.central, found[2 * i]),
    high: beside(high, coefficient.central, found[2 * i + 1]),
  }));
  const single = found.some(Number.isNaN) ? ratiosAt(ends) : found;
  return ends.flatMap((end, i): Effect[] => {
    const [atLow = central, atHigh = central] = [single[2 * i], single[2 * i + 1]];
    if (isSame(atLow, central) && isSame(atHigh, central)) return [];
    return [{ ...end, rises: atHigh > atLow }];
  });
}

function isSame(ratio: number, central: number): boolean {
  return Number.isNaN(ratio) || Math.abs(ratio - central) <= SAME * central;
}

const MOST_ROUNDS = 12;

/** Moves coefficients to their other end, all that help at once or else the best of them, as long as that helps. */
function climb(ratios: Ratios, used: readonly Effect[], start: CarbonCase, up: boolean): number {
  const better = (a: number, b: number): boolean => (up ? a > b : a < b);
  const flip = (corner: CarbonCase, { coefficient: { address }, low, high }: Effect): readonly [string, number] => [
    address,
    corner.get(address) === high ? low : high,
  ];
  const [first = Number.NaN, central = Number.NaN] = ratios([start, new Map()]);
  let corner = Number.isNaN(first) ? new Map() : start;
  let best = Number.isNaN(first) ? central : first;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const from = corner;
    const found = ratios(
      used.map((coefficient) => new Map([flip(from, coefficient)])),
      from,
    );
    const helpful = used.filter((_, i) => better(found[i] ?? best, best));
    const single = found.reduce((most, each) => (better(each, most) ? each : most), best);
    const alone = used[found.indexOf(single)];
    if (helpful.length === 0 || alone === undefined) return best;
    const all = new Map([...from, ...helpful.map((coefficient) => flip(from, coefficient))]);
    const [together = best] = helpful.length === 1 ? [single] : ratios([all]);
    corner = better(together, single) ? all : new Map([...from, flip(from, alone)]);
    best = better(together, single) ? together : single;
  }
  return best;
}

/** Effects by name: what is not shared moves in each architecture to the end that matters more. */
function swingsOf(program: CarbonProgram, effects: readonly Effect[], ratios: Ratios): readonly Swing[] {
  const named = [...grouped(effects).values()];
  const toward = (group: readonly Effect[], most: boolean): CarbonCase =>
    new Map(group.map(({ coefficient: c, low, high, rises }) => [c.address, rises === most ? high : low]));
  const found = ratios(named.flatMap((group) => [toward(group, false), toward(group, true)]));
  const evens = breakEvens(program, named);
  const swings = named.flatMap((group, i): Swing[] => {
    const [first] = group;
    const [least, most] = [found[2 * i], found[2 * i + 1]];
    if (first === undefined || least === undefined || most === undefined) return [];
    const addresses = group.map(({ coefficient }) => coefficient.address);
    return [{ coefficient: first.coefficient, addresses, least, most, breakEven: evens[i] }];
  });
  // A finite number for what has no bound: infinities cannot be sorted by their difference.
  const size = ({ least, most }: Swing): number => Math.min(Math.abs(log(most / least)), Number.MAX_VALUE);
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
    return { group, low, high, crosses: (a < 0 && b > 0) || (a > 0 && b < 0), rises: b > a, value };
  });
  const checked = apart(
    lines.map(({ group, low, value }) => at(group, value > 0 && Number.isFinite(value) ? value : low)),
  );
  return lines.map(({ group, low, high, crosses, rises, value }, i) => {
    const check = checked[i];
    // Where neither emits anything nothing turns.
    const exact = check !== undefined && check.size > 0 && Math.abs(check.difference) <= NEAR * check.size;
    if (value > 0 && Number.isFinite(value) && exact) return value;
    if (!crosses) return undefined;
    return bisect(low, high, (middle) => {
      const difference = apart([at(group, middle)])[0]?.difference ?? Number.NaN;
      return difference < 0 === rises;
    }).high;
  });
}

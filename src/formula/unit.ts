import { suggest } from "../diagnostic/suggest.ts";

/** Exponents over money, time, data, energy, carbon mass and vCPU; all zero is a plain number (counts, ratios). */
export type Dimension = readonly number[];

export type KnownUnit = { readonly factor: number; readonly dimension: Dimension };

/** What units depend on: the seconds of a month, 730 h unless a scenario says otherwise. */
export type UnitOptions = { readonly monthSeconds: number };

const BASE_NAMES: readonly string[] = ["money", "time", "data", "energy", "carbon", "vCPU"];

export const PLAIN: Dimension = [0, 0, 0, 0, 0, 0];
export const MONEY: Dimension = [1, 0, 0, 0, 0, 0];
export const TIME: Dimension = [0, 1, 0, 0, 0, 0];
export const DATA: Dimension = [0, 0, 1, 0, 0, 0];
export const ENERGY: Dimension = [0, 0, 0, 1, 0, 0];
export const CARBON: Dimension = [0, 0, 0, 0, 1, 0];
const VCPU: Dimension = [0, 0, 0, 0, 0, 1];

export function multiplyDimensions(a: Dimension, b: Dimension): Dimension {
  return combine(a, b, (x, y) => x + y);
}

export function divideDimensions(a: Dimension, b: Dimension): Dimension {
  return combine(a, b, (x, y) => x - y);
}

/** The dimension of a power; `exponent` may be a fraction, as for a square root. */
export function powerDimension(a: Dimension, exponent: number): Dimension {
  return a.map((x) => (x === 0 ? 0 : x * exponent));
}

/** Fractional powers that cancel but for rounding count as equal. */
export function sameDimension(a: Dimension, b: Dimension): boolean {
  return combine(a, b, (x, y) => x - y).every((difference) => Math.abs(difference) < 1e-9);
}

export function isPlain(a: Dimension): boolean {
  return sameDimension(a, PLAIN);
}

/** As people write it: `money / time`, `data x time`, `money / (data x time)`, `1 / time`, `a plain number`. */
export function describeDimension(dimension: Dimension): string {
  const above: string[] = [];
  const below: string[] = [];
  dimension.forEach((exponent, index) => {
    const rounded = Math.round(exponent * 1e6) / 1e6;
    if (rounded === 0) return;
    const power = Math.abs(rounded);
    const name = `${BASE_NAMES[index]}${power === 1 ? "" : `^${power}`}`;
    (rounded > 0 ? above : below).push(name);
  });
  if (above.length + below.length === 0) return "a plain number";
  const over = above.length === 0 ? "1" : above.join(" x ");
  if (below.length === 0) return over;
  return `${over} / ${below.length === 1 ? below[0] : `(${below.join(" x ")})`}`;
}

function combine(a: Dimension, b: Dimension, f: (x: number, y: number) => number): Dimension {
  return PLAIN.map((zero, index) => f(a[index] ?? zero, b[index] ?? zero));
}

const KIB = 1024;
const HOUR = 3600;
const DAY = 24 * HOUR;
const JOULE_IN_KWH = 1 / 3.6e6;
const POWER = divideDimensions(ENERGY, TIME);

/**
 * Factors to base units: USD, second, byte, kWh, kg, vCPU, count. Data is binary throughout (AWS bills 1 GB = 2^30 B);
 * bits, as networks sell them, are decimal. A watt is energy per time.
 */
const UNITS: ReadonlyMap<string, KnownUnit> = new Map([
  ...table(PLAIN, { "%": 0.01, req: 1 }),
  ...table(TIME, {
    ns: 1e-9,
    us: 1e-6,
    ms: 1e-3,
    s: 1,
    min: 60,
    h: HOUR,
    day: DAY,
    days: DAY,
    week: 7 * DAY,
    weeks: 7 * DAY,
  }),
  ...table(DATA, { B: 1, KB: KIB, kB: KIB, MB: KIB ** 2, GB: KIB ** 3, TB: KIB ** 4, PB: KIB ** 5 }),
  ...table(DATA, { KiB: KIB, MiB: KIB ** 2, GiB: KIB ** 3, TiB: KIB ** 4, PiB: KIB ** 5 }),
  ...table(DATA, { bit: 1 / 8, kbit: 1e3 / 8, Mbit: 1e6 / 8, Gbit: 1e9 / 8 }),
  ...table(MONEY, { USD: 1, kUSD: 1e3, MUSD: 1e6 }),
  ...table(ENERGY, { J: JOULE_IN_KWH, Wh: 1e-3, kWh: 1, MWh: 1e3 }),
  ...table(POWER, { W: JOULE_IN_KWH, kW: 1e3 * JOULE_IN_KWH }),
  ...table(divideDimensions(DATA, TIME), { MiBps: KIB ** 2 }),
  ...table(CARBON, { g: 1e-3, kg: 1, t: 1e3 }),
  ...table(VCPU, { vCPU: 1 }),
]);

/** Units whose length is the scenario's to say, in months. */
const MONTHS: ReadonlyMap<string, number> = new Map([
  ["month", 1],
  ["months", 1],
  ["year", 12],
  ["years", 12],
]);

function table(dimension: Dimension, factors: Readonly<Record<string, number>>): readonly [string, KnownUnit][] {
  return Object.entries(factors).map(([name, factor]) => [name, { factor, dimension }]);
}

/** Every unit name; all are reserved in formulas. */
export const UNIT_NAMES: readonly string[] = [...UNITS.keys(), ...MONTHS.keys()];

/** Whether a word is a unit. Case counts: `MB` is a unit, `mb` a name. */
export function isUnit(name: string): boolean {
  return UNITS.has(name) || MONTHS.has(name);
}

/** Factor to base units and dimension of one unit; undefined for a word that is none. */
export function unitFactor(name: string, options: UnitOptions): KnownUnit | undefined {
  const months = MONTHS.get(name);
  return months === undefined ? UNITS.get(name) : { factor: months * options.monthSeconds, dimension: TIME };
}

/** A count of a unit in base units. 70 % are 70 / 100, which is 0.7; 70 x 0.01 is not. */
export function inBaseUnits(count: number, factor: number): number {
  const parts = 1 / factor;
  return factor < 1 && Number.isInteger(parts) ? count / parts : count * factor;
}

/** Words for units that people write and that are not unit names here. */
const LONG_NAMES: ReadonlyMap<string, string> = new Map([
  ...alias("s", ["sec", "secs", "second", "seconds"]),
  ...alias("min", ["mins", "minute", "minutes", "m"]),
  ...alias("h", ["hr", "hrs", "hour", "hours"]),
  ...alias("day", ["d"]),
  ...alias("ms", ["msec", "millisecond", "milliseconds"]),
  ...alias("req", ["reqs", "request", "requests"]),
  ...alias("%", ["percent", "pct"]),
  ...alias("B", ["byte", "bytes"]),
  ...alias("USD", ["dollar", "dollars"]),
]);

function alias(unit: string, words: readonly string[]): readonly [string, string][] {
  return words.map((word) => [word, unit]);
}

/** The unit that a word which is none most likely stands for: `hours` is `h`, `gb` is `GB`. */
export function nearUnit(word: string): string | undefined {
  return otherSpelling(word) ?? suggest(word, UNIT_NAMES);
}

function otherSpelling(word: string): string | undefined {
  const lower = word.toLowerCase();
  const sameLetters = UNIT_NAMES.find((name) => name.toLowerCase() === lower);
  const singular = isUnit(word.slice(0, -1)) && lower.endsWith("s") ? word.slice(0, -1) : undefined;
  return sameLetters ?? LONG_NAMES.get(lower) ?? singular;
}

/** What price lists and quotas count: plain numbers with a name, singular. They are not reserved in formulas. */
export const COUNT_LABELS: readonly string[] = `
  account acl ACU address alarm api application attachment attempt build bucket call challenge check chunk cluster connection
  consumer copy dashboard database document DPU endpoint ENI environment EPU event execution file frame function gateway host
  image index instance invocation IOPS item iteration job key LCU message metric NLCU node notification object operation
  order page path payload pod policy poller query queue RCU record replica repository request RRU rule run scan secret segment session
  shard snapshot state stream table task token topic trace transition unit user volume WCU WRU zone
`
  .trim()
  .split(/\s+/);

/** Each label in singular and plural, with the singular that both mean. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ...COUNT_LABELS.flatMap((label): [string, string][] => [
    [label, label],
    [plural(label), label],
  ]),
  ["req", "request"],
]);

/** Whether a word names what is counted, such as `requests` or `ACU`: after a number it is a unit, elsewhere a name. */
export function isCountLabel(word: string): boolean {
  return LABELS.has(word);
}

function plural(label: string): string {
  if (/[^aeiou]y$/.test(label)) return `${label.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(label) ? `${label}es` : `${label}s`;
}

export type ParsedUnit = KnownUnit & {
  readonly label: string;
  /** what is counted, singular and in order: `shard` of `shards*h`, `request` of `1M requests` */
  readonly counted: readonly string[];
};

/** Words and letters for large counts, as price lists and our own outputs write them: `1M requests`, `78.8 G`, `20 million`. */
const MULTIPLES: ReadonlyMap<string, number> = new Map([
  ["k", 1e3],
  ["K", 1e3],
  ["M", 1e6],
  ["G", 1e9],
  ["T", 1e12],
  ["P", 1e15],
  ["E", 1e18],
  ["thousand", 1e3],
  ["million", 1e6],
  ["billion", 1e9],
]);

/** What a word after a number multiplies it by: `M` and `million` by 1e6; undefined for other words. */
export function multipleOfWord(word: string): number | undefined {
  return MULTIPLES.get(word);
}

const PART =
  /^(?:(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?(?:e\d+)?)\s*([kKMGTPE](?![A-Za-z]))?\s*)?(?:(thousand|million|billion)\b\s*)?(.*)$/;

/**
 * Reads the unit of a price, parameter or quota: a product or quotient of units and count labels, from left to right,
 * such as `GB*s`, `request`, `1M requests`, `shard*h`, `kWh/GB`, `1/s`.
 * @returns factor to base units, dimension, and `label`: the text without its spaces; or what is wrong, as a sentence
 */
export function parseUnit(text: string, options: UnitOptions): ParsedUnit | { readonly error: string } {
  const label = text.replaceAll(/\s*([*/])\s*/g, "$1").trim();
  const parts = label.split(/([*/])/);
  const counted: string[] = [];
  let factor = 1;
  let dimension = PLAIN;
  for (let index = 0; index < parts.length; index += 2) {
    const divide = parts[index - 1] === "/";
    const { multiple, word } = multipleOf(parts[index] ?? "");
    const part = partOfUnit(word, multiple !== 1 || (parts[index] === "1" && index === 0 && parts.length > 1), options);
    if (part === undefined) return { error: unknownPart(word === "" ? (parts[index] ?? "") : word, label) };
    const counts = LABELS.get(word);
    if (counts !== undefined) counted.push(divide ? `/${counts}` : counts);
    const size = multiple * part.factor;
    factor = divide ? factor / size : factor * size;
    dimension = (divide ? divideDimensions : multiplyDimensions)(dimension, part.dimension);
  }
  return { factor, dimension, label, counted: counted.sort() };
}

function multipleOf(part: string): { readonly multiple: number; readonly word: string } {
  const [, digits, letter = "", long = "", word = ""] = PART.exec(part) ?? [];
  const count = digits === undefined ? 1 : Number(digits.replaceAll(",", ""));
  const times = (MULTIPLES.get(letter) ?? 1) * (MULTIPLES.get(long) ?? 1);
  return { multiple: count * times, word: digits === undefined && long === "" ? part : word };
}

function partOfUnit(word: string, mayBeCount: boolean, options: UnitOptions): KnownUnit | undefined {
  if (LABELS.has(word) || (mayBeCount && word === "")) return { factor: 1, dimension: PLAIN };
  return unitFactor(word, options);
}

function unknownPart(word: string, label: string): string {
  if (word === "") return label === "" ? "the unit is empty" : `a unit is missing in "${label}"`;
  const [first = "", ...rest] = word.split("-");
  const product = [first, ...rest.map((part) => nearWord(part) ?? part)].join("*");
  if (rest.length > 0 && product.split("*").every((part) => isUnit(part) || LABELS.has(part))) {
    return `no unit "${word}", write "${product}"`;
  }
  const near = nearWord(word);
  return near === undefined ? `no unit "${word}"` : `no unit "${word}", did you mean "${near}"?`;
}

function nearWord(word: string): string | undefined {
  if (isUnit(word) || LABELS.has(word)) return word;
  const lower = word.toLowerCase();
  const sameLetters = COUNT_LABELS.find((label) => label.toLowerCase() === lower);
  return sameLetters ?? otherSpelling(word) ?? suggest(word, [...COUNT_LABELS, ...UNIT_NAMES]);
}

export type Unit = { readonly text: string; readonly factor: number; readonly dimension: Dimension };

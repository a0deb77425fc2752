// How a language writes numbers, asked of Intl once and kept as data: the program of a report carries it, so that its page
// writes what the command wrote, whatever the reader's browser knows of languages.

export type NumberStyle = {
  /** as a BCP 47 tag */
  readonly locale: string;
  readonly decimal: string;
  readonly group: string;
  /** digits of the group next to the decimal sign, and of those before it: 3 and 2 in India */
  readonly groups: readonly [number, number];
  /** whole digits from which on they are grouped: 1234 stands ungrouped in Spanish */
  readonly groupedFrom: number;
  readonly minus: string;
  /** the ten digits */
  readonly digits: readonly string[];
  /** what stands before and after an amount of US dollars */
  readonly dollars: readonly [string, string];
  /** what stands before and after a percentage */
  readonly percent: readonly [string, string];
};

export const EN_US: NumberStyle = {
  locale: "en-US",
  decimal: ".",
  group: ",",
  groups: [3, 3],
  groupedFrom: 4,
  minus: "-",
  digits: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  dollars: ["$", ""],
  percent: ["", " %"],
};

/** A number with four groups and a fraction. */
const SAMPLE = 1234567890.5;
const SMALLEST_GROUPED = [4, 5, 6, 7] as const;
/** The sign stands apart from its number, as for every other unit. */
const PERCENT_AFTER = " %";

/**
 * How numbers are written in a language.
 * @param tag a BCP 47 tag such as de-DE
 * @returns undefined for what is no tag, or a language that Intl has no data of
 */
export function numberStyle(tag: string): NumberStyle | undefined {
  const locale = knownLocale(tag);
  if (locale === undefined) return undefined;
  if (locale === EN_US.locale) return EN_US;
  const parts = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(-SAMPLE);
  const one = (type: Intl.NumberFormatPartTypes): string | undefined => parts.find((part) => part.type === type)?.value;
  const whole = parts.filter(({ type }) => type === "integer").map(({ value }) => [...value].length);
  const next = whole.at(-1) ?? EN_US.groups[0];
  const plain = new Intl.NumberFormat(locale, { useGrouping: false });
  return {
    locale,
    decimal: one("decimal") ?? EN_US.decimal,
    group: one("group") ?? "",
    groups: [next, whole.at(-2) ?? next],
    groupedFrom: groupedFrom(locale),
    minus: unmarked(one("minusSign") ?? EN_US.minus),
    digits: EN_US.digits.map((digit) => plain.format(Number(digit))),
    dollars: around(new Intl.NumberFormat(locale, { style: "currency", currency: "USD" }).formatToParts(1.5)),
    percent: percentOf(locale),
  };
}

function knownLocale(tag: string): string | undefined {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag)[0];
  } catch {
    return undefined; // no tag at all
  }
}

function groupedFrom(locale: string): number {
  const format = new Intl.NumberFormat(locale);
  const found = SMALLEST_GROUPED.find((digits) =>
    format.formatToParts(10 ** (digits - 1)).some(({ type }) => type === "group"),
  );
  return found ?? Number.MAX_SAFE_INTEGER;
}

const OF_A_NUMBER: readonly Intl.NumberFormatPartTypes[] = ["integer", "group", "decimal", "fraction"];

/** What stands before and after the number itself. */
function around(parts: readonly Intl.NumberFormatPart[]): [string, string] {
  const inside = ({ type }: Intl.NumberFormatPart): boolean => OF_A_NUMBER.includes(type);
  const first = parts.findIndex(inside);
  const last = parts.findLastIndex(inside);
  const text = (some: readonly Intl.NumberFormatPart[]): string => some.map(({ value }) => unmarked(value)).join("");
  return [text(parts.slice(0, first)), text(parts.slice(last + 1))];
}

/** Without marks of direction: the words around a figure run from left to right. */
function unmarked(sign: string): string {
  return sign.replace(/[\u061c\u200e\u200f]/g, "");
}

function percentOf(locale: string): [string, string] {
  const [before, after] = around(new Intl.NumberFormat(locale, { style: "percent" }).formatToParts(0.5));
  return before === "" && after.trim() === "%" ? ["", PERCENT_AFTER] : [before, after];
}

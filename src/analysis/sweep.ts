import { log10, pow } from "../formula/exact.ts";
/** One variable and the values to try, as literals that `--set` understands. */
export type Vary = { readonly name: string; readonly values: readonly string[] };

/** More runs than this are refused: a sweep is to end. */
const MOST_VALUES = 1000;

/**
 * Reads `name=A..B`, `name=A..B:STEP`, `name=A..B:xN` (N values in equal ratios) or `name=a,b,c`.
 * Ends may carry a unit (`50..400:50 ms` takes it from the end): `duration=50 ms..400 ms:50 ms`.
 * @returns the values in order, ends included, or what is wrong
 */
export function parseVary(text: string): Vary | { readonly problem: string } {
  const at = text.indexOf("=");
  const name = text.slice(0, at).trim();
  const rest = text.slice(at + 1).trim();
  if (at < 1 || rest === "") return { problem: `--vary ${text}: write name=1..40, name=1..1000:x10 or name=a,b,c` };
  const range = /^(.+?)\.\.(.+?)(?::(.+))?$/.exec(rest);
  if (range === null) return listOf(name, rest);
  const [from, to, step] = [figure(range[1]), figure(range[2]), range[3]];
  if (from === undefined || to === undefined)
    return { problem: `--vary ${text}: the ends of a range are figures such as 1..40` };
  if (to.value < from.value) return { problem: `--vary ${text}: the range ends before it begins` };
  const unit = to.unit === "" ? from.unit : to.unit;
  const numbers =
    step?.startsWith("x") === true
      ? ratios(from.value, to.value, Number(step.slice(1)))
      : steps(from.value, to.value, step);
  if (typeof numbers === "number") return { problem: `--vary ${text}: ${numbers} values, the limit is ${MOST_VALUES}` };
  if (numbers === undefined)
    return { problem: `--vary ${text}: "${step}" is no step; write 5, 50 ms or x20 for twenty values` };
  return { name, values: numbers.map((value) => (unit === "" ? String(value) : `${value} ${unit}`)) };
}

function listOf(name: string, text: string): Vary | { readonly problem: string } {
  const values = text.split(",").map((value) => value.trim());
  if (values.some((value) => value === ""))
    return { problem: `--vary ${name}=${text}: a value is missing between commas` };
  return values.length > MOST_VALUES
    ? { problem: `--vary ${name}: ${values.length} values, the limit is ${MOST_VALUES}` }
    : { name, values };
}

function figure(text: string | undefined): { value: number; unit: string } | undefined {
  const match = /^(-?\d+(?:\.\d+)?(?:e-?\d+)?)\s*([A-Za-z%]*)$/.exec(text?.trim() ?? "");
  return match === null ? undefined : { value: Number(match[1]), unit: match[2] ?? "" };
}

/**
 * From end to end by a step; without one by 1, or in forty steps where that would be too many.
 * @returns how many there would be, where that is too many
 */
function steps(from: number, to: number, text: string | undefined): readonly number[] | number | undefined {
  const step = text === undefined ? (to - from <= MOST_VALUES ? 1 : (to - from) / 40) : figure(text)?.value;
  if (step === undefined || !(step > 0)) return undefined;
  const count = Math.floor((to - from) / step + 1e-9);
  if (count >= MOST_VALUES) return count + 1;
  // A product, not a running sum: 0.1 eleven times is to end at 1.
  return Array.from({ length: count + 1 }, (_, i) => Number((from + i * step).toPrecision(15)));
}

function ratios(from: number, to: number, count: number): readonly number[] | number | undefined {
  if (!Number.isInteger(count) || count < 2 || !(from > 0)) return undefined;
  if (count > MOST_VALUES) return count;
  const ratio = pow(to / from, 1 / (count - 1));
  // No more digits than tell neighbours apart: 2,150,000 is as good a point of a range as 2,154,434.69.
  const digits = Math.min(15, 3 + Math.max(0, Math.ceil(-log10(ratio - 1))));
  return Array.from({ length: count }, (_, i) =>
    i === 0 ? from : i === count - 1 ? to : Number((from * pow(to / from, i / (count - 1))).toPrecision(digits)),
  );
}

/** A figure of a result by its path below an architecture (`cost.month`), or a variable of the scenario. */
export function figureAt(value: unknown, path: readonly string[]): number | undefined {
  let at = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Object.entries(at).find(([name]) => name === key)?.[1];
  }
  return typeof at === "number" ? at : undefined;
}

import type { CarbonModel } from "../model/carbon-nodes.ts";
import type { CarbonComparison, CarbonRatio } from "../result/carbon-schema.ts";
import { carbonChange, roughly, signedShare } from "../result/carbon-words.ts";
import { figure } from "../result/number.ts";
import type { Result } from "../result/schema.ts";
import type { CarbonValues } from "./carbon-cases.ts";
import { type RatioBand, ratioBand, type Swing } from "./carbon-ratio.ts";

type Comparison = Omit<Result["comparison"], "carbon">;

/** Coefficients whose break-even is stated. */
const TOLD = 3;
/** Ratios that differ by less are rounded sums of the same parts. */
const SAME = 1e-12;

/** Adds carbon to a comparison of costs; its verdict stands behind the answer. */
export function withCarbon(
  carbon: CarbonModel | undefined,
  values: CarbonValues | undefined,
  comparison: Comparison,
): Result["comparison"] {
  const compared = carbon === undefined || values === undefined ? null : carbonComparison(carbon, values, comparison);
  if (compared === null) return { ...comparison, carbon: null };
  const [answer, ...rest] = comparison.verdict;
  const verdict = [...(answer === undefined ? [] : [answer]), compared.verdict, ...rest];
  return { ...comparison, verdict, carbon: compared };
}

/**
 * The carbon of each architecture against one of them, as the band of the ratio: what both share moves together.
 * @returns null for a single architecture, or where carbon is not known
 */
function carbonComparison(carbon: CarbonModel, values: CarbonValues, comparison: Comparison): CarbonComparison | null {
  const base =
    comparison.current ?? comparison.rows.find((row) => row.architecture !== comparison.cheapest)?.architecture;
  const baseNodes = base === undefined ? undefined : nodesOf(carbon, base);
  if (base === undefined || baseNodes === undefined) return null;
  const rows = comparison.rows.flatMap(({ architecture }): CarbonRatio[] => {
    const nodes = nodesOf(carbon, architecture);
    if (architecture === base || nodes === undefined) return [];
    const band = ratioBand(values, { subject: nodes.total, base: baseNodes.total });
    const partial = [nodes, baseNodes].some(({ notCounted }) => notCounted.length > 0);
    return band === undefined ? [] : [{ ...rowOf(architecture, base, band), ...(partial ? { partial } : {}) }];
  });
  if (rows.length === 0) return null;
  return { base, rows, verdict: verdictOf(comparison, base, rows, carbon) };
}

function nodesOf({ architectures }: CarbonModel, name: string) {
  return architectures.find((each) => each.name === name);
}

function rowOf(architecture: string, base: string, band: RatioBand): CarbonRatio {
  const [dominant] = band.swings;
  const change = (ratio: number): number => (Math.abs(ratio - 1) <= SAME ? 0 : ratio - 1);
  const equal = change(band.least) === 0 && change(band.most) === 0;
  // Alike at an end of the bands alone is never above, or never below.
  const ranking = equal ? "equal" : change(band.most) <= 0 ? "less" : change(band.least) >= 0 ? "more" : "undetermined";
  return {
    architecture,
    change: {
      low: change(band.least),
      central: change(band.central),
      high: Number.isFinite(band.most) ? change(band.most) : null,
      ...(Number.isFinite(band.most) ? {} : { reason: `${base} may emit nothing` }),
    },
    ranking,
    decided_by: dominant?.coefficient.title ?? null,
    break_even: ranking === "undetermined" ? band.swings.flatMap(breakEven).slice(0, TOLD) : [],
  };
}

function breakEven({ coefficient: c, breakEven: value }: Swing): CarbonRatio["break_even"] {
  if (value === undefined) return [];
  const { factor, text } = c.unit;
  const [least, most] = [Math.min(c.low, c.high), Math.max(c.low, c.high)];
  // Where nobody takes the coefficient to be, nothing is found out.
  if (value < least || value > most) return [];
  return [
    {
      coefficient: c.name,
      title: c.title,
      unit: text,
      per: c.per,
      value: value / factor,
      turns: value > c.central ? "above" : "below",
      low: c.low / factor,
      central: c.central / factor,
      high: c.high / factor,
      within_band: true,
      basis: c.basis,
    },
  ];
}

/** Cost and carbon on one line, never merged into one figure. */
function verdictOf(comparison: Comparison, base: string, rows: readonly CarbonRatio[], carbon: CarbonModel): string {
  // Where the cheapest is what one has, the other architectures are looked at from there.
  const subject = rows.find((row) => row.architecture === comparison.cheapest) ?? rows[0];
  if (subject === undefined) return "";
  const cost = (name: string): number => comparison.rows.find((row) => row.architecture === name)?.month ?? Number.NaN;
  const share = cost(subject.architecture) / cost(base) - 1;
  const costWords = Number.isFinite(share) ? `cost ${signedShare(share)}; ` : "";
  const left = [subject.architecture, base].filter((name) => {
    const missing = nodesOf(carbon, name)?.notCounted ?? [];
    return missing.length > 0;
  });
  const leaves = left.length === 0 ? "" : ` Energy is not known for every part of ${left.join(" and ")}.`;
  return `${subject.architecture} against ${base}: ${costWords}${carbonChange(subject)}.${turnsWords(subject)}${leaves}`;
}

function turnsWords(row: CarbonRatio): string {
  const [first] = row.break_even;
  if (first === undefined) return "";
  const { title, value, turns, unit, per, low, high, basis } = first;
  const inUnit = (x: number): string => roughly(x * per);
  const of = per === 1 ? "" : ` for ${figure(per)}`;
  const published = basis === "assumption" ? "published: nothing; " : "";
  const side = turns === "above" ? "more" : "less";
  const band = `${inUnit(Math.min(low, high))} to ${inUnit(Math.max(low, high))}`;
  return ` The ranking turns where ${title} is ${side} than ${inUnit(value)}${unit === "" ? "" : ` ${unit}`}${of} (${published}band ${band}).`;
}

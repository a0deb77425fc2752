import { money, percent } from "../result/number.ts";
import type { ArchitectureResult, Result } from "../result/schema.ts";

type Reported = { readonly unit: string; readonly count: number };

/** Ranks architectures by cost; savings are relative to `current`. */
export function comparisonOf(
  architectures: Readonly<Record<string, ArchitectureResult>>,
  current: string | undefined,
  reported: Reported,
  first: string,
): Result["comparison"] {
  const base = current === undefined ? undefined : architectures[current];
  const rows = Object.entries(architectures)
    .map(([name, { cost }]) => ({
      architecture: name,
      month: cost.month,
      year: cost.year,
      per_unit: cost.per_unit,
      saving: base === undefined ? null : base.cost.month - cost.month,
      saving_share: base === undefined || base.cost.month === 0 ? null : 1 - cost.month / base.cost.month,
    }))
    .sort((a, b) => a.month - b.month);
  const cheapest = rows[0]?.architecture ?? first;
  return { cheapest, current: current ?? null, rows, verdict: verdictOf(rows, architectures, current, reported) };
}

type Row = Result["comparison"]["rows"][number];

/** The verdict in sentences, the answer first. */
function verdictOf(
  rows: readonly Row[],
  architectures: Readonly<Record<string, ArchitectureResult>>,
  current: string | undefined,
  reported: Reported,
): string[] {
  const [best, second] = rows;
  if (best === undefined) return [];
  const perUnit = architectures[best.architecture]?.cost.per_reported_unit;
  const unit = perUnit === null || perUnit === undefined ? "" : `, ${money(perUnit)} per ${reported.unit}`;
  const cheapest = `${best.architecture} is the cheapest at ${money(best.month)} a month${unit}`;
  const sentences: string[] = [];
  if (second === undefined) sentences.push(`${best.architecture} costs ${money(best.month)} a month${unit}.`);
  else if (best.month === second.month) {
    sentences.push(`no clear winner: ${best.architecture} and ${second.architecture} both cost ${money(best.month)} a month.`);
  } else if (current !== undefined && best.architecture !== current && best.saving !== null && best.saving_share !== null) {
    sentences.push(`${cheapest}: ${money(best.saving)} (${percent(best.saving_share)}) less than ${current}, which you have now.`);
  } else if (current === best.architecture) {
    sentences.push(`${cheapest}; it is what you have now. The next, ${second.architecture}, costs ${money(second.month - best.month)} more.`);
  } else {
    sentences.push(`${cheapest}: ${money(second.month - best.month)} less than the next, ${second.architecture}.`);
  }
  const lefts = rows.map((row) => architectures[row.architecture]?.not_counted.map((item) => item.what).sort().join(", ") ?? "");
  if (new Set(lefts).size > 1) {
    sentences.push("The architectures leave out different things (see Not counted): the comparison is only as fair as that.");
  }
  return sentences;
}

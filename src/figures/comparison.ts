import { gapBetween } from "../formula/arithmetic.ts";
import { money, percent } from "../result/number.ts";
import type { ArchitectureResult, Result } from "../result/schema.ts";
import { limitSentences } from "./limit-verdict.ts";

type Reported = {
  readonly unit: string;
  readonly count: number;
  /** whether objectives are asked for besides the load */
  readonly objectives?: boolean;
};

/**
 * Ranks architectures by cost; savings are relative to `current`. The cheapest is the cheapest that a hard limit does
 * not rule out; where all are ruled out, the cheapest of all, and the verdict says so.
 */
export function comparisonOf(
  architectures: Readonly<Record<string, ArchitectureResult>>,
  current: string | undefined,
  reported: Reported,
  first: string,
): Omit<Result["comparison"], "carbon"> {
  const base = current === undefined ? undefined : architectures[current];
  const rows = Object.entries(architectures)
    .map(([name, { cost }]) => ({
      architecture: name,
      month: cost.month,
      year: cost.year,
      per_unit: cost.per_unit,
      saving: base === undefined ? null : gapBetween(base.cost.month, cost.month),
      saving_share: base === undefined || base.cost.month === 0 ? null : gapBetween(1, cost.month / base.cost.month),
    }))
    .sort((a, b) => a.month - b.month);
  const cheapest =
    rows.find((row) => architectures[row.architecture]?.feasible === true)?.architecture ??
    rows[0]?.architecture ??
    first;
  return {
    cheapest,
    current: current ?? null,
    rows,
    verdict: verdictOf({ rows, architectures, current, reported, cheapest }),
  };
}

type Row = Result["comparison"]["rows"][number];

type VerdictTask = {
  readonly rows: readonly Row[];
  readonly architectures: Readonly<Record<string, ArchitectureResult>>;
  readonly current: string | undefined;
  readonly reported: Reported;
  readonly cheapest: string;
};

/** The verdict in sentences, the answer first. */
function verdictOf(task: VerdictTask): string[] {
  const { rows, architectures, cheapest } = task;
  const names = rows.map((row) => row.architecture);
  const able = rows.filter((row) => architectures[row.architecture]?.feasible === true);
  const sentences = able.length === 0 ? hopeless(task) : [answer(task, able)];
  sentences.push(...limitSentences(names, architectures, cheapest));
  sentences.push(...allowanceSentences(rows, architectures));
  const lefts = rows.map(
    (row) =>
      architectures[row.architecture]?.not_counted
        .map((item) => item.what)
        .sort()
        .join(", ") ?? "",
  );
  if (new Set(lefts).size > 1) {
    sentences.push(
      "The architectures leave out different things (see Not counted): the comparison is only as fair as that.",
    );
  }
  return sentences;
}

/** What free allowances would take off, and how to count them. */
function allowanceSentences(rows: readonly Row[], architectures: VerdictTask["architectures"]): string[] {
  const parts = rows.flatMap(({ architecture: name, month }) => {
    const allowances = architectures[name]?.free_allowances;
    return allowances === undefined
      ? []
      : [`${money(allowances)} a month (${percent(allowances / month)}) off ${name}`];
  });
  if (parts.length === 0) return [];
  return [
    `Free allowances that every payer has each month are not counted. They would take ${parts.join(", ")}. To count them: existing: { free_tier: always }.`,
  ];
}

/** No architecture can serve the load: why the cheapest cannot. The others are stated by what stops them. */
function hopeless({ rows: [best], architectures, reported }: VerdictTask): string[] {
  if (best === undefined) return [];
  const reason = architectures[best.architecture]?.disqualified[0] ?? "a hard limit stands against it";
  const who = Object.keys(architectures).length === 1 ? best.architecture : "No architecture";
  const wanted = reported.objectives === true ? "serve the load and meet every objective" : "serve the load";
  const span = spanOf({ architectures });
  const can = `${Object.keys(architectures).length === 1 ? "cannot" : "can"} ${wanted}`;
  return [
    `${who} ${can}. ${best.architecture} would cost ${money(best.month * span.months)} ${span.words}, but ${reason}.`,
  ];
}

/** The span that costs are stated over: a year where the load has a season, for no month is like another. */
type Span = { readonly words: string; readonly months: number };

function spanOf({ architectures }: Pick<VerdictTask, "architectures">): Span {
  const seasonal = Object.values(architectures).some(({ cost }) => cost.months !== undefined);
  return seasonal ? { words: "a year", months: 12 } : { words: "a month", months: 1 };
}

/** @param able rows that can serve the load, cheapest first */
function answer({ rows, architectures, current, reported }: VerdictTask, able: readonly Row[]): string {
  const { words, months } = spanOf({ architectures });
  const [best] = able;
  if (best === undefined) return "";
  const perUnit = architectures[best.architecture]?.cost.per_reported_unit;
  const unit = perUnit === null || perUnit === undefined ? "" : `, ${money(perUnit)} per ${reported.unit}`;
  const [second] = able.slice(1);
  const asked =
    reported.objectives === true ? " that serves the load and meets every objective" : " that can serve the load";
  const only = able.length < rows.length ? asked : "";
  const cheapest = `${best.architecture} is the ${able.length === 1 && only !== "" ? "only one" : "cheapest"}${only} at ${money(best.month * months)} ${words}${unit}`;
  if (rows.length === 1) return `${best.architecture} costs ${money(best.month * months)} ${words}${unit}.`;
  if (second !== undefined && best.month === second.month) {
    return `no clear winner: ${best.architecture} and ${second.architecture} both cost ${money(best.month * months)} ${words}.`;
  }
  if (current !== undefined && best.architecture !== current && best.saving !== null && best.saving_share !== null) {
    const dearer = best.saving < 0;
    const difference = dearer
      ? `${money(-best.saving * months)} (${percent(-best.saving_share)}) more`
      : `${money(best.saving * months)} (${percent(best.saving_share)}) less`;
    return `${cheapest}: ${difference} than ${current}, which you have now.`;
  }
  if (second === undefined) return `${cheapest}${current === best.architecture ? "; it is what you have now" : ""}.`;
  if (current === best.architecture) {
    return `${cheapest}; it is what you have now. The next, ${second.architecture}, costs ${money((second.month - best.month) * months)} more.`;
  }
  return `${cheapest}: ${money((second.month - best.month) * months)} less than the next, ${second.architecture}.`;
}

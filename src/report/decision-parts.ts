// What is compared besides the bill: metrics with objectives, operations with the second total, and what could be one.
// Every format says these parts from here.
import type { CombineCandidate } from "../result/combine.ts";
import { money, percent, quantity } from "../result/number.ts";
import type { ObjectivesResult } from "../result/objectives.ts";
import type { OperationsBand, OperationsResult } from "../result/operations.ts";
import { operationsSentences } from "../result/operations-words.ts";
import type { Result } from "../result/schema.ts";
import type { SheetTable } from "./sheet-table.ts";

export type DecisionPart = {
  readonly id: string;
  readonly title: string;
  /** the capability of the FinOps Framework (2026) that it serves */
  readonly capability: string;
  /** its caption is the title and what the figures are */
  readonly table: SheetTable | null;
  readonly sentences: readonly string[];
};

/** The parts that a result has, in the order in which they are stated. */
export function decisionParts(result: Result): readonly DecisionPart[] {
  const { objectives, operations, combine } = result;
  return [
    ...(objectives === null ? [] : [objectivesPart(objectives, result)]),
    ...(operations === null ? [] : [operationsPart(operations, result)]),
    ...(combine === null ? [] : [combinePart(combine)]),
  ];
}

function objectivesPart(found: ObjectivesResult, { comparison }: Result): DecisionPart {
  const metrics = Object.entries(found.metrics);
  const { objectives } = found;
  const rows = comparison.rows.map(({ architecture }) => {
    const own = found.architectures[architecture];
    const missed = own?.missed ?? [];
    return [
      architecture,
      ...(objectives.length === 0 ? [] : [missed.length === 0 ? "met" : `misses ${missed.join(", ")}`]),
      ...metrics.map(([name, { unit }]) => {
        const value = own?.metrics[name]?.value;
        return value === undefined ? "" : withUnit(value, unit);
      }),
    ];
  });
  const words = objectives.length === 0 ? "Metrics" : "Metrics and objectives";
  return {
    id: "objectives",
    title: words,
    capability: "Architecting & Workload Placement",
    table: {
      caption: words,
      heading: ["", ...(objectives.length === 0 ? [] : ["objectives"]), ...metrics.map(([, { title }]) => title)],
      left: objectives.length === 0 ? 1 : 2,
      keep: 3,
      rows,
    },
    sentences: [
      ...objectives.map(({ id, assert, reason, architectures }) => {
        const whom = architectures.length === comparison.rows.length ? "" : `, asked of ${architectures.join(", ")}`;
        return `${id}: ${assert}${whom}${reason === null ? "" : ` (${reason})`}`;
      }),
      ...metrics.flatMap(([, { title, reason }]) => (reason === null ? [] : [`${title}: ${reason}`])),
    ],
  };
}

/** A figure in its unit; a share is stated in percent. */
function withUnit(value: number, unit: string): string {
  if (unit === "%") return percent(value / 100);
  if (unit === "USD") return money(value);
  return unit === "" ? quantity(value) : `${quantity(value)} ${unit}`;
}

function operationsPart(found: OperationsResult, { comparison, architectures }: Result): DecisionPart {
  const rows = comparison.rows.map(({ architecture: name }) => {
    const own = found.architectures[name];
    return [
      name,
      money(architectures[name]?.cost.month ?? null),
      own === undefined || own.hours === null ? "not stated" : band(own.hours, quantity),
      money(own?.rate ?? null),
      own === undefined || own.cost === null ? "" : band(own.cost, money),
      own === undefined || own.total === null ? "" : band(own.total, money),
    ];
  });
  const isStated = Object.values(found.architectures).some(({ hours }) => hours !== null);
  return {
    id: "operations",
    title: "Operations",
    capability: "Planning & Estimating",
    table: isStated
      ? {
          caption: "Operations, a month: beside the bill, in no other total",
          heading: ["", "bill", "hours", "USD/h", "operations", "with bill"],
          left: 1,
          rows,
        }
      : null,
    sentences: operationsSentences(found),
  };
}

function band({ low, typical, high }: OperationsBand, words: (x: number) => string): string {
  return low === high ? words(typical) : `${words(low)} to ${words(high)}`;
}

function combinePart(found: NonNullable<Result["combine"]>): DecisionPart {
  const alike = new Map<string, string[]>();
  for (const [name, { candidates, not }] of Object.entries(found)) {
    const words = candidates.map(candidateWords);
    const none = words.length === 0 ? ["nothing to combine."] : [];
    const others = not.map(({ components, why }) => `Not ${components.join(" and ")}: they ${why}.`);
    const text = [...words, ...none, ...others].join(" ");
    alike.set(text, [...(alike.get(text) ?? []), name]);
  }
  return {
    id: "combine",
    title: "What to combine",
    capability: "Architecting & Workload Placement",
    table: null,
    sentences: [...alike].map(([text, names]) => `${names.join(", ")}: ${text}`),
  };
}

function candidateWords(candidate: CombineCandidate): string {
  const { components, team, scales_with: scales, security, through, boundary, shared, shared_with: others } = candidate;
  const between = through.length === 0 ? "directly" : `through ${through.join(" and ")}`;
  const cost = boundary.coordination + boundary.data_passing;
  const parts = `coordination ${money(boundary.coordination)}, data passing ${money(boundary.data_passing)}`;
  const also = shared.coordination + shared.data_passing;
  const rest = also === 0 ? "" : `; ${money(also)} more is shared with ${others.join(", ")}`;
  return `${listed(components)} are a candidate to combine: one team (${team}), all scale with ${scales}, one security need (${security}), and they exchange data ${between}. What stands between them costs ${money(cost)} a month (${parts}; ${percent(boundary.share)} of the bill)${rest}.`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

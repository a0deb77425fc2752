// What carbon says in every format for people: rows, sentences and marks, with two significant digits.
import type { ArchitectureCarbon, CarbonLine } from "../result/carbon-schema.ts";
import { andMore, carbonChange, changeBand, mass, massBand, roughly } from "../result/carbon-words.ts";
import type { Result } from "../result/schema.ts";

/** Lines of an architecture worth a row on a terminal. */
const SHOWN = 4;
const ASSUMED = "~";

export type CarbonRow = {
  readonly name: string;
  readonly carbon: ArchitectureCarbon;
  readonly month: string;
  readonly band: string;
  readonly operational: string;
  readonly embodied: string;
  readonly perUnit: string;
  readonly energy: string;
  /** against the base of the comparison */
  readonly change: string;
};

/** One row an architecture, the least carbon first; empty where no coefficients are known. */
export function carbonRows(result: Result): readonly CarbonRow[] {
  const rows = Object.entries(result.architectures).flatMap(([name, { carbon }]) =>
    carbon === null ? [] : [rowOf(name, carbon, result)],
  );
  return rows.sort((a, b) => a.carbon.month.central - b.carbon.month.central);
}

function rowOf(name: string, carbon: ArchitectureCarbon, { comparison }: Result): CarbonRow {
  const { month, operational, embodied, per_reported_unit: unit, energy_kwh: energy } = carbon;
  const against = comparison.carbon?.rows.find(({ architecture }) => architecture === name);
  return {
    name,
    carbon,
    month: `${mass(month.central)}${andMore(carbon)}`,
    band: massBand(month),
    operational: mass(operational.central),
    embodied: mass(embodied.central),
    perUnit: mass(unit === null ? null : unit.central),
    energy: `${roughly(energy.central)} kWh`,
    change: against === undefined ? "" : changeBand(against.change),
  };
}

export type CarbonPart = {
  readonly what: string;
  readonly month: string;
  readonly band: string;
  readonly energy: string;
  readonly mark: string;
};

/** The largest lines, operational and embodied together. */
export function carbonParts({ lines }: ArchitectureCarbon, most = SHOWN): readonly CarbonPart[] {
  return lines.slice(0, most).map((line) => ({
    what: `${line.component} ${line.title}`,
    month: mass(totalOf(line, "central")),
    band: massBand({ low: totalOf(line, "low"), high: totalOf(line, "high") }),
    energy: `${roughly(line.energy_kwh.central)} kWh`,
    mark: line.basis === "assumption" ? ASSUMED : "",
  }));
}

function totalOf({ operational, embodied }: CarbonLine, end: "low" | "central" | "high"): number {
  return operational[end] + embodied[end];
}

/** How each other architecture compares, but the one that the verdict already says. */
export function carbonSentences({ comparison }: Result): readonly string[] {
  const { carbon } = comparison;
  if (carbon === null) return [];
  return carbon.rows
    .filter(({ architecture }) => !carbon.verdict.startsWith(`${architecture} against `))
    .map((row) => `${row.architecture} against ${carbon.base}: ${carbonChange(row)}`);
}

/** What the totals with a mark leave out, an architecture a sentence. */
export function carbonGaps(result: Result): readonly string[] {
  return Object.entries(result.architectures).flatMap(([name, { carbon }]) =>
    carbon === null || carbon.not_counted.length === 0
      ? []
      : [
          `+ Energy not known in ${name}: ${carbon.not_counted.map(({ what, reason }) => `${what} (${reason})`).join("; ")}`,
        ],
  );
}

/** Beside the headline and never in it: operational carbon by contracts, and water. What is unknown says so; unknown is not 0. */
export function carbonBeside(result: Result): readonly string[] {
  const rows = carbonRows(result);
  const beside = (title: string, wordsOf: (carbon: ArchitectureCarbon) => string | null): string[] =>
    rows.some(({ carbon }) => wordsOf(carbon) !== null)
      ? [`${title}: ${rows.map(({ name, carbon }) => `${name} ${wordsOf(carbon) ?? "unknown"}`).join(", ")}`]
      : [];
  return [
    ...beside("Operational carbon a month, market-based", ({ market_based: kg }) => (kg === null ? null : mass(kg))),
    ...beside("Water of cooling a month", ({ water_l: water }) => (water === null ? null : `${roughly(water)} L`)),
  ];
}

/** On what the figures rest; null without carbon. */
export function carbonBasis({ carbon }: Result): string | null {
  if (carbon === null) return null;
  const grid = carbon.years.length === 0 ? "" : `, grid of ${carbon.years.join(" and ")}`;
  return `CO2e a month, location-based, set "${carbon.set}" (${carbon.title})${grid}; low and high: every coefficient at its end; ${ASSUMED} nobody publishes what it draws`;
}

/** Whom to credit for the data; null without carbon. */
export function carbonCredits({ carbon }: Result): string | null {
  return carbon === null || carbon.credits.length === 0 ? null : `Carbon data: ${carbon.credits.join("; ")}`;
}

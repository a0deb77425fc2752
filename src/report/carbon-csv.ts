// Carbon as CSV with all digits, a row for each energy use of each architecture.
import type { CarbonLine } from "../result/carbon-schema.ts";
import type { Result } from "../result/schema.ts";
import { type Cell, csv } from "./csv.ts";

/** Columns that are fields of a carbon line, in the order of the file. */
export const CARBON_COLUMNS = [
  "component",
  "service",
  "use",
  "title",
  "region",
  "kind",
  "basis",
  "formula",
  "place",
] as const satisfies readonly (keyof CarbonLine)[];

const BANDS = ["energy_kwh", "operational", "embodied"] as const satisfies readonly (keyof CarbonLine)[];
const ENDS = ["low", "central", "high"] as const;

/** The carbon lines of all architectures, largest first; masses in kg CO2e a month. */
export function renderCarbonCsv(results: readonly Result[]): string {
  const rows = results.flatMap(({ scenario, architectures }) =>
    Object.entries(architectures).flatMap(([name, { carbon }]) =>
      (carbon?.lines ?? []).map((line): Cell[] => [
        scenario.name,
        scenario.file,
        name,
        carbon?.set ?? null,
        ...CARBON_COLUMNS.map((column) => line[column]),
        ...BANDS.flatMap((band) => ENDS.map((end) => line[band][end])),
      ]),
    ),
  );
  const figures = BANDS.flatMap((band) =>
    ENDS.map((end) => (band === "energy_kwh" ? `${band}_${end}` : `${band}_kg_${end}`)),
  );
  return csv(["scenario", "file", "architecture", "set", ...CARBON_COLUMNS, ...figures], rows);
}

// Limits as CSV with all digits, a row for each quota of each architecture.
import type { Limit, Result } from "../result/schema.ts";
import { type Cell, csv } from "./csv.ts";

/** Columns that are fields of a limit, in the order of the file. */
export const LIMIT_COLUMNS = [
  "quota",
  "title",
  "code",
  "kind",
  "scope",
  "region",
  "account",
  "unit",
  "demand",
  "existing",
  "value",
  "granted",
  "adjustable",
  "effect",
  "behaviour",
  "as_of",
  "assumed",
  "evidence",
  "source",
  "source_url",
  "headroom",
  "restart_after",
] as const satisfies readonly (keyof Limit)[];

/** The limits of all architectures, hit first standing first; an empty load means that the quota never binds. */
export function renderLimitsCsv(results: readonly Result[]): string {
  const rows = results.flatMap(({ scenario, architectures }) =>
    Object.entries(architectures).flatMap(([name, { limits, raises }]) =>
      limits.map((limit): Cell[] => {
        const raise = raises.find(({ quota, region }) => quota === limit.quota && region === limit.region);
        return [
          scenario.name,
          scenario.file,
          name,
          limit.components.join(" "),
          ...LIMIT_COLUMNS.map((column) => limit[column]),
          limit.binds_at?.units ?? null,
          limit.binds_at?.share ?? null,
          limit.binds_at_granted?.units ?? null,
          limit.binds_at_granted?.share ?? null,
          raise?.to ?? null,
        ];
      }),
    ),
  );
  const loads = ["binds_at_units", "binds_at_share", "binds_at_granted_units", "binds_at_granted_share", "raise_to"];
  return csv(["scenario", "file", "architecture", "components", ...LIMIT_COLUMNS, ...loads], rows);
}

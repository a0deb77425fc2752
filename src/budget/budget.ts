import type { Place, Span } from "../diagnostic/diagnostic.ts";

/** An assertion over a result, as a scenario or a file of budgets gives it. */
export type Budget = {
  /** stable: rule id of SARIF, name of the JUnit case */
  readonly id: string;
  readonly assert: string;
  readonly level: "none" | "warn" | "error";
  readonly message?: string | undefined;
  readonly owner?: string | undefined;
  /** `until`: last day on which it holds, e.g. 2027-03-31 */
  readonly waiver?: { readonly until: string; readonly reason: string } | undefined;
  /** where a span of `assert` stands in its file; the whole of it without a span */
  readonly place: (span?: Span) => Place;
};

/** The word by which assertions know a name: a hyphen would be a minus, so it and anything else odd is written `_`. */
export function wordFor(name: string): string {
  return name.replaceAll(/[^a-z0-9_]/g, "_");
}

import type { Problems } from "../diagnostic/diagnostic.ts";
import { parseFormula } from "../formula/parse.ts";
import { unitFactor } from "../formula/unit.ts";
import type { Scenario } from "../scenario/read.ts";

const DEFAULT_MONTH_SECONDS = 730 * 3600;

/** Length of the month in seconds: 730 h = 8760 h / 12 unless the scenario says otherwise. */
export function monthOf(scenario: Scenario, problems: Problems): number | undefined {
  const text = scenario.data.month;
  if (text === undefined) return DEFAULT_MONTH_SECONDS;
  const parsed = parseFormula(String(text));
  const expr = "expr" in parsed ? parsed.expr : undefined;
  const hours = expr?.kind === "number" ? expr.value * 3600 : undefined;
  const unit =
    expr?.kind === "literal" && expr.unit !== "month"
      ? unitFactor(expr.unit, { monthSeconds: DEFAULT_MONTH_SECONDS })
      : undefined;
  const seconds = expr?.kind === "literal" && unit !== undefined ? expr.value * unit.factor : hours;
  if (seconds !== undefined && seconds >= 600 * 3600 && seconds <= 800 * 3600) return seconds;
  problems.error(
    "wants-month",
    '"month" is a length such as 730 h, 744 h or 30 days',
    scenario.source.place(["month"]),
  );
  return undefined;
}

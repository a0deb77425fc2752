import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { CHARTS, type ChartName } from "./charts.ts";

const NONE = "none";

/**
 * The charts of `--charts cost,limits`; undefined where all are wanted. Throws InputError for a name that is none.
 * @param text names with commas between, or `none`
 */
export function chosenCharts(text: string | undefined): ReadonlySet<ChartName> | undefined {
  if (text === undefined) return undefined;
  const problems = new Problems();
  const chosen = new Set<ChartName>();
  for (const word of text.split(",").map((each) => each.trim())) {
    const found = CHARTS.find((name) => name === word);
    if (found !== undefined) chosen.add(found);
    else if (word !== NONE) {
      const near = suggest(word, CHARTS);
      const hint = near === undefined ? `charts: ${CHARTS.join(", ")}, or ${NONE}` : `did you mean "${near}"?`;
      problems.error("bad-option", `--charts: no chart "${word}"`, undefined, hint);
    }
  }
  if (problems.hasErrors) throw new InputError(problems.list);
  return chosen;
}

// The part of the report that says the evolution plan, at the reader's settings.
import { faultyFigures } from "../analysis/plan/figures.ts";
import { planOf } from "../analysis/plan/plan.ts";
import type { Model } from "../model/model.ts";
import { type Content, html } from "../report/html/markup.ts";
import { planPart } from "../report/html/plan.ts";
import type { View } from "../report/html/view.ts";

/** @returns undefined where the report has no plan */
export function planContent(model: Model, view: View): Content | undefined {
  const { evolution, workload } = model;
  if (evolution === undefined) return undefined;
  const [fault] = faultyFigures(model, evolution);
  const plan = fault === undefined ? planOf(model, evolution) : undefined;
  if (plan !== undefined) return planPart({ ...view, result: { ...view.result, plan } })?.body;
  const problem = fault?.fault ?? `the driver "${workload.driver}" cannot be moved`;
  return html`<p>No plan at these inputs: ${problem}.</p>\n`;
}

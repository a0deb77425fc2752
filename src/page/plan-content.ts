// The part of the report that tells the evolution plan, at the reader's settings.
import { type Content, html } from "../report/html/markup.ts";
import { planPart } from "../report/html/plan.ts";
import type { View } from "../report/html/view.ts";
import { planAt } from "./plan.ts";
import type { Overrides, PageModel } from "./recompute.ts";

/** @returns undefined where the report has no plan */
export function planContent(page: PageModel, overrides: Overrides, view: View): Content | undefined {
  const found = planAt(page, overrides, view.result);
  if (found === undefined) return undefined;
  if ("problem" in found) return html`<p>No plan at these inputs: ${found.problem}.</p>\n`;
  return planPart({ ...view, result: { ...view.result, plan: found.plan } })?.body;
}

import type { BudgetOutcome } from "../../result/check.ts";
import type { SensitivityResult } from "../../result/decision-schema.ts";
import type { LeversResult } from "../../result/levers.ts";
import { besideSections } from "./beside.ts";
import { budgetSection } from "./budgets.ts";
import { carbonSection } from "./carbon.ts";
import { comparisonSection } from "./comparison.ts";
import { breakEvenSection } from "./curves.ts";
import { decisionSections } from "./decisions.ts";
import { growthSection } from "./growth.ts";
import { leverSection } from "./levers.ts";
import { limitSection } from "./limits.ts";
import { planSection } from "./plan.ts";
import type { Section } from "./section.ts";
import { assumptionSection, methodSection, notCountedSection, priceSection } from "./sources.ts";
import { tornadoSection, uncertaintySection } from "./uncertainty.ts";
import type { View } from "./view.ts";

type Maybe = Section | undefined;
const present = (sections: readonly Maybe[]): readonly Section[] =>
  sections.flatMap((section) => (section === undefined ? [] : [section]));

/** Parts that follow the sliders of the page: it renders them again from a new result. */
export function followingSections(view: View): readonly Section[] {
  return present([
    comparisonSection(view),
    ...besideSections(view),
    ...decisionSections(view, true),
    breakEvenSection(view),
    limitSection(view),
    growthSection(view),
  ]);
}

/** What was found besides the run itself. */
export type Findings = {
  readonly sensitivity: SensitivityResult | undefined;
  readonly budgets: readonly BudgetOutcome[];
  readonly levers?: LeversResult | undefined;
};

/** Parts that tell of the scenario as it is written; what was not looked at is left out. */
export function fixedSections(view: View, { sensitivity, budgets, levers }: Findings): readonly Section[] {
  const { result } = view;
  return present([
    planSection(view),
    uncertaintySection(view),
    sensitivity === undefined ? undefined : tornadoSection(view, sensitivity),
    levers === undefined ? undefined : leverSection(levers),
    ...decisionSections(view, false),
    carbonSection(view),
    budgetSection(budgets),
    notCountedSection(result),
    assumptionSection(result),
    priceSection(result),
    methodSection(result),
  ]);
}

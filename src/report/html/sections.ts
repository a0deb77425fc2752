// The report below its first screen: which sections there are, in which order, and what stands within each.
import type { SwingsResult } from "../../result/decision-schema.ts";
import type { LeversResult } from "../../result/levers.ts";
import { carbonSection } from "./carbon.ts";
import { comparisonSection } from "./comparison.ts";
import { breakEvenSection } from "./curves.ts";
import { combineParts } from "./decisions.ts";
import { growthPart } from "./growth.ts";
import { alonePart, leverSection, waterfallPart } from "./levers.ts";
import { limitSection } from "./limits.ts";
import { besidesComparison } from "./parts.ts";
import { planPart } from "./plan.ts";
import type { Part, Section } from "./section.ts";
import { assumptionSection, commandSection, methodSection, notCountedPart, priceSection } from "./sources.ts";
import { tornadoSection, uncertaintySection } from "./uncertainty.ts";
import type { View } from "./view.ts";

/** What was found besides the run itself; what was not looked at is left out. */
export type Findings = {
  readonly sensitivity: SwingsResult | undefined;
  readonly levers: LeversResult | undefined;
};

/** All sections in the order in which a reader is convinced: what it costs, when that turns, what stops it, how sure it is. */
export function sectionsOf(view: View, { sensitivity, levers }: Findings): readonly Section[] {
  const { result } = view;
  const combine = combineParts(view);
  // What to combine is a change that one would make, as levers are; without them it is a remark on the architectures.
  const compared = [...besidesComparison(view), ...(levers === undefined ? combine : [])];
  const sections: readonly (Section | undefined)[] = [
    { ...comparisonSection(view), parts: compared },
    breakEvenSection(view),
    limitSection(view),
    growthSection(view),
    uncertaintySection(view),
    sensitivity === undefined ? undefined : tornadoSection(view, sensitivity),
    levers === undefined ? undefined : { ...leverSection(levers), parts: [...leverParts(levers), ...combine] },
    carbonSection(view),
    { ...assumptionSection(result), parts: [notCountedPart(result)] },
    priceSection(result),
    methodSection(result),
    commandSection(result),
  ];
  return sections.filter((section) => section !== undefined);
}

function leverParts(levers: LeversResult): readonly Part[] {
  const drawn = waterfallPart(levers);
  return [...(drawn === undefined ? [] : [drawn]), alonePart(levers)];
}

/** The load over time and what to do about it; without a plan only the first. */
function growthSection(view: View): Section | undefined {
  const growth = growthPart(view);
  const plan = planPart(view);
  if (plan === undefined) return growth;
  const title = "Growth and evolution plan";
  return growth === undefined ? { ...plan, title } : { ...growth, title, parts: [plan] };
}

// What follows the sliders of the page at once: it renders these again from a new result.
import { besideParts } from "./beside.ts";
import { carbonSection } from "./carbon.ts";
import { comparisonSection } from "./comparison.ts";
import { breakEvenSection } from "./curves.ts";
import { combineParts, comparedParts } from "./decisions.ts";
import { growthPart } from "./growth.ts";
import { limitSection } from "./limits.ts";
import type { Part } from "./section.ts";
import type { View } from "./view.ts";

/** Metrics, operations, environments and overheads: they stand with the comparison. */
export function besidesComparison(view: View): readonly Part[] {
  return [...besideParts(view), ...comparedParts(view)];
}

/** Every part that follows, in the order of the report. */
export function followingParts(view: View): readonly Part[] {
  return [
    comparisonSection(view),
    ...besidesComparison(view),
    ...[breakEvenSection(view), limitSection(view), growthPart(view), carbonSection(view)].filter(
      (part) => part !== undefined,
    ),
    ...combineParts(view),
  ];
}

// What the base case of an architecture has to meet.
import type { Problems } from "../diagnostic/diagnostic.ts";
import type { ArchitectureNodes } from "../model/architecture-nodes.ts";
import type { LineNodes } from "../model/line-nodes.ts";
import type { LimitResult } from "./limits.ts";
import type { Values } from "./values.ts";

/** Whether the base case is within legal ranges; what is not is stated. */
export function checksHold(architectures: readonly ArchitectureNodes[], mean: Values, problems: Problems): boolean {
  let holds = true;
  const reported = new Set<string>();
  const broken = architectures
    .flatMap((architecture) => architecture.checks)
    .filter((check) => check.level !== "infeasible" && mean(check.node) !== 1);
  const given = broken.filter((check) => check.level === "error" && check.derived !== true);
  for (const check of given.length > 0 ? given : broken) {
    if (check.level === "error") holds = false;
    const key = `${check.message}@${check.place.file}:${check.place.span.start}`;
    if (reported.has(key)) continue;
    reported.add(key);
    if (check.level === "error") problems.error("out-of-range", check.message, check.place);
    else problems.warning("unusual", check.message, check.place);
  }
  return holds;
}

/** A quantity that is negative or not finite is an error with a name and a place, never a figure. */
export function allFinite(architectures: readonly ArchitectureNodes[], mean: Values, problems: Problems): boolean {
  let fine = true;
  const reported = new Set<string>();
  for (const { architecture, line } of architectures.flatMap((a) =>
    a.lines.map((line) => ({ architecture: a, line })),
  )) {
    const component = `${line.words.x_Architecture}.${line.words.x_Component}`;
    if (reported.has(component)) continue;
    const quantity = mean(line.meter.quantity);
    const cost = mean(line.effective);
    if (Number.isFinite(cost) && Number.isFinite(quantity) && quantity >= 0) continue;
    fine = false;
    // What makes one meter of a component so makes the others so.
    reported.add(component);
    const what = Number.isFinite(quantity) && Number.isFinite(cost) ? "is negative" : "is not a finite number";
    const message = quantityFault(line, what);
    problems.error("not-finite", message, line.meter.place);
    // What the provider does not offer is often the reason.
    for (const check of brokenChecks(architecture, mean)) problems.error("out-of-range", check.message, check.place);
  }
  return fine;
}

/** @param what is wrong with the quantity of a meter */
export function quantityFault({ words }: LineNodes, what: string): string {
  const { x_Architecture: architecture, x_Component: component, x_Meter: meter, x_Formula: formula } = words;
  return `${architecture}.${component}: the quantity of "${meter}" ${what} (${formula})`;
}

/** What a component asks for and the provider does not offer. */
export function brokenChecks(architecture: ArchitectureNodes, mean: Values): ArchitectureNodes["checks"] {
  return architecture.checks.filter((check) => check.level === "infeasible" && mean(check.node) !== 1);
}

/** Why an architecture cannot serve the load, in words; empty where it can. */
export function disqualifiersOf(architecture: ArchitectureNodes, mean: Values, limits: LimitResult): string[] {
  return [...new Set([...brokenChecks(architecture, mean).map((check) => check.message), ...limits.disqualified])];
}

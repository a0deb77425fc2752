import type { Lever } from "../scenario/lever.ts";
import type { Spec } from "../scenario/merge-specs.ts";
import type { Overlaid } from "../scenario/overlay.ts";
import type { LeverStudy } from "./study.ts";

/**
 * What a lever changes where it is measured, each as `component.key: before -> after`.
 * @param architecture where it is measured
 */
export function changesOf(lever: Lever, study: LeverStudy, architecture: string): string[] {
  if (lever.spec.architecture !== undefined)
    return [`architecture: ${study.base.architecture} -> ${lever.spec.architecture}`];
  const there = architecture === study.base.architecture ? [] : [switchTo(architecture, lever)];
  const before = study.look(there).overlay;
  const after = study.look([...there, lever]).overlay;
  const changes: string[] = [];
  const [old, now] = [specsOf(before), specsOf(after)];
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [from, to] = [old.get(name), now.get(name)];
    if (to === undefined) changes.push(`${name}: removed`);
    else if (from === undefined) changes.push(`${name}: new, ${String(to["service"])}`);
    else changes.push(...keysOf(`${name}.`, from, to));
  }
  const { data: was } = before.scenario;
  const { data: is } = after.scenario;
  for (const key of ["variables", "existing", "quotas"] as const) {
    changes.push(...keysOf(key === "variables" ? "" : `${key}.`, was[key] ?? {}, is[key] ?? {}));
  }
  for (const plan of (is.savings_plans ?? []).slice((was.savings_plans ?? []).length)) {
    const commit = plan.commit === undefined ? `${plan.cover} of the least hour` : String(plan.commit);
    changes.push(`savings plan: ${plan.plan}, ${plan.term}, ${plan.payment.replaceAll("_", " ")}, ${commit}`);
  }
  for (const { percent, services } of (is.discounts ?? []).slice((was.discounts ?? []).length)) {
    changes.push(`discount: ${percent} on ${services.join(", ")}`);
  }
  if (before.region !== after.region)
    changes.push(`region: ${before.region ?? was.region} -> ${after.region ?? is.region}`);
  return changes;
}

function switchTo(architecture: string, like: Lever): Lever {
  const name = `to ${architecture}`;
  return { ...like, name, spec: { architecture }, appliesTo: [], fits: undefined, path: [] };
}

function specsOf({ scenario, architecture }: Overlaid): ReadonlyMap<string, Spec> {
  const components = scenario.architectures.get(architecture)?.components ?? [];
  return new Map(components.map(({ name, spec }) => [name, spec]));
}

function keysOf(prefix: string, from: Spec, to: Spec): readonly string[] {
  const changes: string[] = [];
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [old, now] = [words(from[key]), words(to[key])];
    if (old === now) continue;
    if (now === undefined) changes.push(`${prefix}${key}: removed`);
    else changes.push(old === undefined ? `${prefix}${key}: ${now}` : `${prefix}${key}: ${old} -> ${now}`);
  }
  return changes;
}

/** A value as written; of a variable its value alone. */
function words(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null) return String(value);
  const own = value as Spec;
  return String(own["value"] ?? own["typical"] ?? JSON.stringify(value));
}

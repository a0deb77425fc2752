// What can be wrong with a lever before it is laid over anything.

import type { Catalog } from "../catalog/catalog.ts";
import { nearService } from "../catalog/near-service.ts";
import { Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { evaluateOne } from "../formula/evaluate-one.ts";
import { MONEY } from "../formula/unit.ts";
import { groundOf, type Variant } from "../link/ground.ts";
import { Linker } from "../link/linker.ts";
import { LazyScope } from "../link/scope.ts";
import { writtenAt } from "../link/workload.ts";
import { nearOrAll } from "../scenario/architecture.ts";
import { listOf } from "../scenario/lever.ts";
import { LEVER_CLASSES } from "../scenario/levers-schema.ts";
import { isSpec } from "../scenario/merge-specs.ts";
import type { Scenario } from "../scenario/read.ts";
import type { LeverSpec } from "../scenario/schema.ts";
import type { Path } from "../yaml/source.ts";

/** The keys of a lever that change a scenario. */
const CHANGES = [
  "architecture",
  "region",
  "variables",
  "components",
  "services",
  "omit",
  "savings_plans",
  "discounts",
  "existing",
  "quotas",
] as const;

/** The region of a lever that looks for the cheapest one. */
export const CHEAPEST = "cheapest";

type Task = {
  readonly name: string;
  readonly spec: LeverSpec;
  readonly path: Path;
  /** written in the scenario; a built-in one has been checked when it was built */
  readonly wanted: boolean;
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly variant: Variant;
  readonly architecture: string;
  /** names of built-in levers */
  readonly library: readonly string[];
  readonly problems: Problems;
};

/** Reports what is wrong with a lever that the scenario writes; whether it can be used. */
export function checkLever(task: Task): boolean {
  if (!task.wanted) return true;
  const before = task.problems.list.length;
  checkForm(task);
  checkAppliesTo(task);
  checkTargets(task);
  checkVariables(task);
  onceOf(task);
  return task.problems.list.slice(before).every(({ severity }) => severity !== "error");
}

/** Parts of a lever whose keys are names of its own, or of the scenario. */
const NAMED = ["assumes", "components", "services", "variables"];

function error(task: Task, code: string, message: string, below: Path, hint?: string): void {
  const isName = below.length === 0 || (below.length === 2 && NAMED.includes(String(below[0])));
  const part = isName ? "key" : "value";
  task.problems.error(code, message, task.scenario.source.place([...task.path, ...below], part), hint);
}

function checkForm(task: Task): void {
  const { name, spec, library } = task;
  const near = suggest(name, library);
  if (spec.class === undefined) {
    const hint = near === undefined ? `add class: ${LEVER_CLASSES.join(", ")}` : `did you mean the built-in "${near}"?`;
    error(task, "no-class", `"${name}" has no class, and is no built-in lever`, [], hint);
  }
  // A misspelt built-in lever has neither: that has been reported.
  const isMeant = spec.class === undefined && near !== undefined;
  if (!isMeant && !CHANGES.some((key) => spec[key] !== undefined)) {
    error(task, "changes-nothing", `"${name}" changes nothing`, [], `a lever has one of: ${CHANGES.join(", ")}`);
  }
  for (const [key, written] of Object.entries(spec.assumes ?? {})) {
    if (typeof written !== "object" || written.value !== undefined) continue;
    error(task, "no-value", `"${key}" has no value`, ["assumes", key], 'add "value"');
  }
}

/** Names of architectures, components, both, and services, as `applies_to` may have them. */
function checkAppliesTo(task: Task): void {
  const { scenario, spec } = task;
  const all = [...scenario.architectures.values()];
  const known = new Set([
    ...all.map(({ name }) => name),
    ...all.flatMap(({ components }) => components.map(({ name }) => name)),
    ...all.flatMap(({ components }) => components.map((component) => String(component.spec["service"]))),
    ...all.flatMap(({ name, components }) => components.map((component) => `${name}.${component.name}`)),
  ]);
  listOf(spec.applies_to).forEach((word, at) => {
    if (known.has(word)) return;
    const hint = nearOrAll(
      word,
      [...known].filter((other) => !other.includes(".")),
    );
    const message = `no architecture, component or service "${word}" in this scenario`;
    error(
      task,
      "unknown-name",
      message,
      typeof spec.applies_to === "string" ? ["applies_to"] : ["applies_to", at],
      hint,
    );
  });
}

function checkTargets(task: Task): void {
  const { scenario, catalog, spec, architecture } = task;
  const all = [...scenario.architectures.values()];
  const target = spec.architecture;
  if (target !== undefined && !scenario.architectures.has(target)) {
    const hint = nearOrAll(target, [...scenario.architectures.keys()]);
    error(task, "unknown-architecture", `no architecture "${target}"`, ["architecture"], hint);
  } else if (target === architecture) {
    error(task, "changes-nothing", `"${target}" is the architecture that levers start from`, ["architecture"]);
  }
  const providers = new Set(catalog.serviceIds().map((id) => id.split("/")[0] ?? ""));
  const regions = [...providers].flatMap((provider) => Object.keys(catalog.regions(provider)));
  if (spec.region !== undefined && spec.region !== CHEAPEST && !regions.includes(spec.region)) {
    const hint = nearOrAll(spec.region, [CHEAPEST, ...regions]);
    error(task, "unknown-region", `no region "${spec.region}"`, ["region"], hint);
  }
  const components = [...new Set(all.flatMap((each) => each.components.map(({ name }) => name)))];
  for (const [name, patch] of Object.entries(spec.components ?? {})) {
    const isNew = isSpec(patch) && typeof patch["service"] === "string";
    if (isNew || components.includes(name)) continue;
    error(
      task,
      "unknown-component",
      `no component "${name}" in any architecture`,
      ["components", name],
      nearOrAll(name, components),
    );
  }
  for (const service of Object.keys(spec.services ?? {})) {
    if (catalog.service(service) !== undefined) continue;
    const hint = nearService(service, catalog.serviceIds()) ?? "archcost prices list shows what is known";
    error(task, "unknown-service", `no service "${service}"`, ["services", service], hint);
  }
}

/** A variable that neither the scenario has nor the lever uses is a misspelt one; the driver is what work is measured by. */
function checkVariables(task: Task): void {
  const { scenario, spec, name } = task;
  const { variables, ...rest } = spec;
  const known = Object.keys(scenario.data.variables);
  const texts = JSON.stringify(rest);
  for (const variable of Object.keys(variables ?? {})) {
    if (variable === scenario.data.workload.driver) {
      const message = `"${variable}" is the driver: with another load "${name}" would do other work, not the same for less`;
      error(task, "driver", message, ["variables", variable]);
    } else if (!known.includes(variable) && !new RegExp(`\\b${variable}\\b`).test(texts)) {
      error(task, "unknown-variable", `no variable "${variable}"`, ["variables", variable], nearOrAll(variable, known));
    }
  }
}

/**
 * USD of `once`, a figure of the scenario's variables; null where it is not stated or wrong.
 * @param problems gets what is wrong with it
 */
export function onceOf(
  task: Pick<Task, "spec" | "path" | "scenario" | "catalog" | "variant" | "problems">,
): number | null {
  const { spec, path, scenario } = task;
  if (spec.once === undefined) return null;
  // What is wrong with the workload is reported where the scenario is linked.
  const ground = groundOf({ ...task, problems: new Problems(), hours: true, variants: false });
  if (ground === undefined) return null;
  const { linker, workload } = ground;
  const own = new Linker(linker.builder, task.problems, ground.monthSeconds);
  const scope = new LazyScope(task.problems, (name) => workload.scope.table(name), workload.scope);
  const written = writtenAt(scenario, [...path, "once"], spec.once);
  const value = own.number(written, scope, { text: "USD", factor: 1, dimension: MONEY }, '"once"');
  const month = value === undefined ? undefined : own.month(value, written, '"once"');
  if (month === undefined) return null;
  const cost = evaluateOne(linker.builder.graph(), [month.node]).value(month.node);
  if (cost >= 0 && Number.isFinite(cost)) return cost;
  task.problems.error("out-of-range", `"once" is money from 0 on, this is ${cost} USD`, written.place());
  return null;
}

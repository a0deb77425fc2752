import type { Problems } from "../diagnostic/diagnostic.ts";
import { schemaProblems } from "../yaml/schema-problems.ts";
import { readYaml, type YamlSource } from "../yaml/source.ts";
import { checkAccountNames } from "./account-names.ts";
import { nearOrAll, type ResolvedArchitecture, resolveArchitectures } from "./architecture.ts";
import { checkEnvironments } from "./environment.ts";
import { checkEvolution } from "./evolution-check.ts";
import { withKnownKeys } from "./known-keys.ts";
import { scenarioShape } from "./scenario-shape.ts";
import { type ScenarioData, scenarioSchema } from "./schema.ts";
import { REFUSED, readShape } from "./shape.ts";
import { checkVariables } from "./variable.ts";

export type { ResolvedArchitecture, ResolvedComponent } from "./architecture.ts";

/** A scenario whose shape and references are checked; its formulas are still text. */
export type Scenario = {
  readonly data: ScenarioData;
  readonly source: YamlSource;
  /** by name, in the order of the file, `extends` worked out */
  readonly architectures: ReadonlyMap<string, ResolvedArchitecture>;
};

const FORM = { name: "a scenario", keys: ["scenario", "architectures"] };

/**
 * Reads a scenario. Every fault is stated to `problems`, with its place; nothing is thrown.
 * @param file the name to tell places with; it is not opened
 * @returns undefined where the faults leave nothing to go on with. Otherwise a scenario, which may lack what was refused:
 * whoever computes looks at `problems.hasErrors` first
 */
export function readScenario(file: string, text: string, problems: Problems): Scenario | undefined {
  const source = readYaml(file, text, problems, FORM);
  const data = source === undefined ? undefined : parse(source, problems);
  if (source === undefined || data === undefined) return undefined;
  const architectures = resolveArchitectures(data.architectures, source, problems);
  if (Object.keys(data.architectures).length === 0) {
    problems.error("no-architectures", "a scenario has at least one architecture", source.place(["architectures"]));
  }
  const variables = checkVariables(data, source, problems);
  const names = checkNames(data, source, problems);
  const bounded = isBounded(data, architectures, source, problems);
  const isWhole = bounded && architectures.size > 0 && architectures.size === Object.keys(data.architectures).length;
  const environments = checkEnvironments(data, architectures, source, problems);
  const evolution = checkEvolution(data, source, problems);
  const accounts = checkAccountNames(data, architectures, source, problems);
  const isRight = variables && names && environments && evolution && accounts;
  return isWhole && isRight ? { data, source, architectures } : undefined;
}

/** Components of all architectures in all environments: inheritance and environments multiply what a small file holds. */
const MOST_COMPONENTS = 5_000;

function isBounded(
  { environments }: ScenarioData,
  architectures: ReadonlyMap<string, ResolvedArchitecture>,
  source: YamlSource,
  problems: Problems,
): boolean {
  const once = [...architectures.values()].reduce((sum, { components }) => sum + components.length, 0);
  const times = Math.max(1, Object.keys(environments ?? {}).length);
  if (once * times <= MOST_COMPONENTS) return true;
  const message = `${once * times} components in all architectures and environments, the limit is ${MOST_COMPONENTS}`;
  problems.error("too-many", message, source.place(["architectures"], "key"), "split the scenario into several files");
  return false;
}

/** Unknown keys are stated and left out, so that what else is wrong is stated in the same run. */
function parse(source: YamlSource, problems: Problems): ScenarioData | undefined {
  const plain = readShape(scenarioShape, source.data);
  // The shape is made from the schema: what it accepts is what the schema would have given.
  if (plain !== REFUSED) return plain as ScenarioData;
  const parsed = scenarioSchema.safeParse(source.data);
  if (parsed.success) return parsed.data;
  schemaProblems(parsed.error.issues, source, scenarioSchema, problems);
  const known = withKnownKeys(source.data, parsed.error.issues);
  return known === undefined ? undefined : scenarioSchema.safeParse(known.data).data;
}

/** The names that one part of a scenario uses of another. */
function checkNames(data: ScenarioData, source: YamlSource, problems: Problems): boolean {
  const architectures = Object.keys(data.architectures);
  const named: { readonly name: string; readonly path: readonly (string | number)[] }[] = [];
  if (data.current !== undefined) named.push({ name: data.current, path: ["current"] });
  for (const [at, plan] of (data.savings_plans ?? []).entries()) {
    for (const [nth, name] of (plan.architectures ?? []).entries()) {
      named.push({ name, path: ["savings_plans", at, "architectures", nth] });
    }
  }
  const unknown = named.filter(({ name }) => !architectures.includes(name));
  for (const { name, path } of unknown) {
    problems.error(
      "unknown-architecture",
      `no architecture "${name}"`,
      source.place(path),
      nearOrAll(name, architectures),
    );
  }
  const { driver } = data.workload;
  const variables = Object.keys(data.variables);
  if (variables.includes(driver)) return unknown.length === 0;
  const hint = nearOrAll(driver, variables) ?? `add it under variables: { ${driver}: ... }`;
  problems.error(
    "unknown-variable",
    `the driver "${driver}" is no variable`,
    source.place(["workload", "driver"]),
    hint,
  );
  return false;
}

import type { Problems } from "../diagnostic/diagnostic.ts";
import type { Path, YamlSource } from "../yaml/source.ts";
import { laidOver, nearOrAll, type ResolvedArchitecture, type ResolvedComponent } from "./architecture.ts";
import { specOf } from "./merge-specs.ts";
import type { EnvironmentSpec, ScenarioData } from "./schema.ts";
import { readSwitchHours } from "./switch-hours.ts";

/** A copy of every architecture under its own load. */
export type Environment = {
  readonly name: string;
  readonly spec: EnvironmentSpec;
  /** the first one: the workload as it stands, its components keep their names */
  readonly first: boolean;
};

/** A component in an environment. */
export type PlacedComponent = {
  /** as in the architecture */
  readonly base: string;
  /** its name says the environment unless that is the first; its spec says its account */
  readonly component: ResolvedComponent;
  /** keys that the environment changes */
  readonly changed: ReadonlySet<string>;
};

/** The environments of a scenario in the order of the file; empty where it says none. */
export function environmentsOf(data: ScenarioData): readonly Environment[] {
  return Object.entries(data.environments ?? {}).map(([name, spec], index) => ({ name, spec, first: index === 0 }));
}

/** Name of a component in an environment other than the first. */
function nameIn(component: string, environment: Environment | undefined): string {
  return environment === undefined || environment.first ? component : `${component}@${environment.name}`;
}

/**
 * A component of an architecture in an environment, with its account; undefined where the environment is without it.
 * @param environment undefined where the scenario states none
 */
export function placedComponent(
  component: ResolvedComponent,
  environment: Environment | undefined,
  data: ScenarioData,
): PlacedComponent | undefined {
  const own = environment?.spec.components?.[component.name];
  if (own === null) return undefined;
  const path = ["environments", environment?.name ?? "", "components", component.name];
  const changed = own === undefined ? component : laidOver(path, own, component, () => undefined);
  const name = nameIn(component.name, environment);
  const account = accountOf(component.name, environment?.name, data);
  const given = changed.spec["account"];
  const keys = new Set(Object.keys(own ?? {}));
  const placed = { base: component.name, component: changed, changed: keys };
  const listed = given === undefined && account !== undefined;
  // The very same object where nothing differs: architectures share what is linked from it.
  if (name === component.name && !listed) return placed;
  // A bill is that of the component as written; an environment may state one of its own.
  const kept = Object.entries(changed.spec).filter(
    ([key]) => key !== "actual" || environment?.first !== false || keys.has(key),
  );
  const spec = specOf(listed ? [...kept, ["account", account]] : kept);
  return { ...placed, component: { name, spec, root: changed.root, path: changed.path } };
}

/** The account that lists a component, else the one that lists its environment. */
function accountOf(component: string, environment: string | undefined, data: ScenarioData): string | undefined {
  const accounts = Object.entries(data.accounts ?? {});
  const byComponent = accounts.find(([, account]) => account.components?.includes(component));
  const byEnvironment = accounts.find(
    ([, account]) => environment !== undefined && account.environments?.includes(environment),
  );
  return (byComponent ?? byEnvironment)?.[0];
}

/** Reports names in `environments` and `accounts` that nothing else has; whether all are fine. */
export function checkEnvironments(
  data: ScenarioData,
  architectures: ReadonlyMap<string, ResolvedArchitecture>,
  source: YamlSource,
  problems: Problems,
): boolean {
  const components = [
    ...new Set([...architectures.values()].flatMap((architecture) => architecture.components.map(({ name }) => name))),
  ];
  const environments = Object.keys(data.environments ?? {});
  let fine = true;
  const unknown = (what: string, name: string, known: readonly string[], path: Path): void => {
    fine = false;
    const hint = nearOrAll(name, known);
    problems.error(`unknown-${what}`, `no ${what} "${name}"`, source.place(path), hint);
  };
  for (const { name, spec, first } of environmentsOf(data)) {
    const path = ["environments", name];
    for (const component of Object.keys(spec.components ?? {})) {
      if (!components.includes(component))
        unknown("component", component, components, [...path, "components", component]);
    }
    for (const variable of Object.keys(spec.variables ?? {})) {
      const known = Object.keys(data.variables);
      if (!known.includes(variable)) unknown("variable", variable, known, [...path, "variables", variable]);
      if (variable !== data.workload.driver) continue;
      fine = false;
      problems.error(
        "driver",
        `"${variable}" is the driver: "load" scales it`,
        source.place([...path, "variables", variable]),
      );
    }
    if (first && (spec.load !== undefined || spec.min_copies !== undefined)) {
      fine = false;
      const message = `"${name}" is the first environment: it has the load and the copies of the architecture as written`;
      problems.error("first-environment", message, source.place(path, "key"));
    }
    const hours = spec.schedule === undefined ? undefined : readSwitchHours(spec.schedule);
    if (typeof hours !== "string") continue;
    fine = false;
    problems.error("bad-schedule", hours, source.place([...path, "schedule"]));
  }
  for (const [name, account] of Object.entries(data.accounts ?? {})) {
    for (const key of ["environments", "components"] as const) {
      const known = key === "environments" ? environments : components;
      for (const [at, listed] of (account[key] ?? []).entries()) {
        const path = ["accounts", name, key, at];
        if (!known.includes(listed)) unknown(key.slice(0, -1), listed, known, path);
        const others = Object.entries(data.accounts ?? {}).filter(([, other]) => other[key]?.includes(listed));
        if (others.length < 2 || others[0]?.[0] === name) continue;
        fine = false;
        problems.error("two-accounts", `"${listed}" is in "${others[0]?.[0]}" already`, source.place(path));
      }
    }
  }
  return fine;
}

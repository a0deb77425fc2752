import type { Catalog } from "../catalog/catalog.ts";
import type { Problems } from "../diagnostic/diagnostic.ts";
import type { Variant } from "../link/ground.ts";
import { nearOrAll } from "../scenario/architecture.ts";
import { assumptionsOf, type Lever, listOf, withAssumptions } from "../scenario/lever.ts";
import { mergeSpecs, type Spec } from "../scenario/merge-specs.ts";
import type { Scenario } from "../scenario/read.ts";
import { type LeverSpec, leverSchema } from "../scenario/schema.ts";
import type { Path } from "../yaml/source.ts";
import { checkLever } from "./check.ts";

export type LeverTask = {
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  /** the architecture that levers start from */
  readonly architecture: string;
  /** its `only`: architectures that a lever may switch to by itself; empty: all */
  readonly variant: Variant;
  readonly builtIn: boolean;
  readonly problems: Problems;
};

export type ListedLever = Lever & {
  /** written in the scenario, or a built-in one that the scenario parameterises: it is stated even where it does not fit */
  readonly wanted: boolean;
  /** its spec before figures stand in for what it assumes */
  readonly written: LeverSpec;
};

const PREFIX = "to-";
const SWITCH = "built_in";

/** The levers of a scenario: its own, the built-in ones of its providers, and a switch to each other design. */
export function leversOf(task: LeverTask): readonly ListedLever[] {
  const { scenario, problems } = task;
  const own = scenario.data.levers ?? {};
  const given = new Map([...builtInSpecs(task), ...switches(task)]);
  const library = [...given.keys()];
  const found: ListedLever[] = [];
  const add = (name: string, spec: LeverSpec, builtIn: boolean, wanted: boolean): void => {
    const path: Path = ["levers", name];
    if (!checkLever({ name, spec, path, wanted, library, ...task })) return;
    const assumes = assumptionsOf(spec);
    const unknown = (below: Path, word: string, near: string | undefined): void => {
      const hint = near === undefined ? `say what it is: assumes: { ${word}: ... }` : `did you mean "${near}"?`;
      problems.error(
        "unknown-name",
        `"${name}" assumes no "${word}"`,
        scenario.source.place([...path, ...below]),
        hint,
      );
    };
    const filled = withAssumptions(spec, assumes, "value", wanted ? unknown : undefined);
    found.push({
      name,
      title: filled.title ?? name,
      class: filled.class ?? "configuration",
      spec: filled,
      written: spec,
      assumes,
      appliesTo: listOf(spec.applies_to),
      excludes: new Set(spec.excludes ?? []),
      builtIn,
      fits: undefined,
      path,
      wanted,
    });
  };
  for (const [name, written] of Object.entries(own)) {
    const before = given.get(name);
    if (written === "off" || written === null) {
      if (before === undefined && name !== SWITCH) nothingToSwitchOff(name, given, task);
      given.delete(name);
    } else if (before === undefined) {
      add(name, written, false, true);
    } else {
      given.delete(name);
      add(name, merged(before, written), true, true);
    }
  }
  const others = own[SWITCH] === "off" ? [] : [...given];
  const targets = new Set(found.flatMap(({ spec }) => spec.architecture ?? []));
  for (const [name, spec] of others) {
    if (spec.architecture !== undefined && targets.has(spec.architecture)) continue;
    add(name, spec, true, false);
  }
  return withExclusions(found, task, [...library, ...Object.keys(own)]);
}

/** A built-in lever with what the scenario says of it; an assumption given as a figure keeps its reason and loses its range. */
function merged(before: LeverSpec, written: LeverSpec): LeverSpec {
  const assumes = Object.fromEntries(
    Object.entries(written.assumes ?? {}).map(([name, value]) => [
      name,
      typeof value === "object" ? value : { value, low: value, high: value },
    ]),
  );
  const later: Spec = written.assumes === undefined ? written : { ...written, assumes };
  // Both are of the schema's form, and so is what is merged from them key by key.
  return mergeSpecs(before, later) as LeverSpec;
}

function builtInSpecs({ scenario, catalog, builtIn, problems }: LeverTask): readonly [string, LeverSpec][] {
  if (!builtIn) return [];
  const services = [...scenario.architectures.values()].flatMap(({ components }) =>
    components.map(({ spec }) => String(spec["service"])),
  );
  const providers = new Set(services.map((service) => service.split("/")[0] ?? ""));
  return [...providers].flatMap((provider) =>
    [...catalog.levers(provider)].flatMap(([name, { file, spec }]): [string, LeverSpec][] => {
      const parsed = leverSchema.safeParse(spec);
      if (parsed.success) return [[name, parsed.data]];
      for (const { path, message } of parsed.error.issues) {
        problems.error("catalog", `${file}: levers.${[name, ...path].map(String).join(".")}: ${message}`);
      }
      return [];
    }),
  );
}

/** A switch to every architecture that is another design: not one that extends where levers start, nor the other way round. */
function switches({ scenario, architecture, variant: { only }, builtIn }: LeverTask): readonly [string, LeverSpec][] {
  if (!builtIn) return [];
  const line = (name: string): readonly string[] => {
    const chain: string[] = [];
    for (let at: string | undefined = name; at !== undefined && !chain.includes(at); ) {
      chain.push(at);
      at = scenario.data.architectures[at]?.extends;
    }
    return chain;
  };
  const others = [...scenario.architectures.values()].filter(
    ({ name }) => !line(name).includes(architecture) && !line(architecture).includes(name),
  );
  const chosen = others.filter(({ name }) => only.length === 0 || only.includes(name));
  return chosen.map(({ name, title, note }): [string, LeverSpec] => [
    `${PREFIX}${name}`,
    {
      title: title === name ? `switch to ${name}` : `${name}: ${title}`,
      class: "re-architecture",
      architecture: name,
      ...(note === undefined ? {} : { reason: note }),
    },
  ]);
}

function nothingToSwitchOff(name: string, given: ReadonlyMap<string, LeverSpec>, task: LeverTask): void {
  const place = task.scenario.source.place(["levers", name], "key");
  const hint = nearOrAll(name, [...given.keys()]);
  task.problems.error("unknown-lever", `no built-in lever "${name}" to switch off`, place, hint);
}

/** Says of both what one says of the other. A name that no lever has is a fault where the scenario writes it. */
function withExclusions(
  levers: readonly ListedLever[],
  { scenario, problems }: LeverTask,
  known: readonly string[],
): readonly ListedLever[] {
  for (const { name } of levers) {
    const own = scenario.data.levers?.[name];
    const listed = typeof own === "object" && own !== null ? (own.excludes ?? []) : [];
    for (const [at, other] of listed.entries()) {
      const place = scenario.source.place(["levers", name, "excludes", at]);
      if (other === name) problems.error("cycle", `"${name}" excludes itself`, place);
      // One that is switched off, or does not fit here, is a name all the same.
      else if (!known.includes(other)) {
        problems.error("unknown-lever", `no lever "${other}"`, place, nearOrAll(other, known));
      }
    }
  }
  return levers.map((lever) => ({
    ...lever,
    excludes: new Set(
      levers
        .filter((other) => other !== lever && (lever.excludes.has(other.name) || other.excludes.has(lever.name)))
        .concat(levers.filter((other) => other !== lever && bothSwitch(lever, other)))
        .map(({ name }) => name),
    ),
  }));
}

function bothSwitch(a: Lever, b: Lever): boolean {
  return a.spec.architecture !== undefined && b.spec.architecture !== undefined;
}

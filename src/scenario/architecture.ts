import type { Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { isTold } from "../yaml/schema-problems.ts";
import type { Path, YamlSource } from "../yaml/source.ts";
import { mergeSpecs, type Spec } from "./merge-specs.ts";
import type { MetricValueSpec } from "./objectives.ts";
import type { OperationsSpec } from "./operations.ts";
import type { ArchitectureSpec, ScenarioData } from "./schema.ts";

/** A component with what it inherits: its keys have no null, and one of them is `service`. */
export type ResolvedComponent = {
  readonly name: string;
  /** own and inherited keys as written, without a prototype */
  readonly spec: Spec;
  /** where it was written first, before anything was laid over it */
  readonly root: Path;
  /** where a key, or the component itself, was written last, through all inheritance */
  path(key?: string): Path;
};

/** What was written, and where a key of it, or all of it, was written last. */
export type Placed<T> = { readonly spec: T; path(key?: string): Path };

/** An architecture with all that it inherits. */
export type ResolvedArchitecture = {
  readonly name: string;
  /** its own, else its name: the base's title would name another design */
  readonly title: string;
  readonly note?: string;
  readonly region?: string;
  /** companion -> why it is left out; no null is left */
  readonly omit: Readonly<Record<string, string | null>>;
  /** by name: its own metrics, inherited ones first */
  readonly metrics: ReadonlyMap<string, Placed<MetricValueSpec>>;
  /** its own keys laid over inherited ones */
  readonly operations: Placed<OperationsSpec> | undefined;
  /** in the order of the file, inherited ones first */
  readonly components: readonly ResolvedComponent[];
};

/** More than anyone compares; inheritance multiplies what a small file holds. */
const MOST_ARCHITECTURES = 100;
const MOST_COMPONENTS = 1000;

/**
 * Every architecture with its `extends` worked out, in the order of the file. Components merge by name: another `service`
 * replaces the component whole, otherwise its keys merge; null removes a component or a key. What is wrong is stated, and
 * an architecture whose base cannot be resolved is left out.
 */
export function resolveArchitectures(
  specs: ScenarioData["architectures"],
  source: YamlSource,
  problems: Problems,
): ReadonlyMap<string, ResolvedArchitecture> {
  const resolver = new Resolver(new Map(Object.entries(specs)), source, problems);
  const resolved = new Map<string, ResolvedArchitecture>();
  if (Object.keys(specs).length > MOST_ARCHITECTURES) {
    problems.error(
      "too-many",
      `a scenario has at most ${MOST_ARCHITECTURES} architectures`,
      source.place(["architectures"], "key"),
    );
    return resolved;
  }
  for (const name of Object.keys(specs)) {
    const architecture = resolver.resolve(name, []);
    if (architecture !== undefined) resolved.set(name, architecture);
  }
  return resolved;
}

class Resolver {
  readonly #specs: ReadonlyMap<string, ArchitectureSpec>;
  readonly #source: YamlSource;
  readonly #problems: Problems;
  readonly #known = new Map<string, ResolvedArchitecture | undefined>();

  constructor(specs: ReadonlyMap<string, ArchitectureSpec>, source: YamlSource, problems: Problems) {
    this.#specs = specs;
    this.#source = source;
    this.#problems = problems;
  }

  /** @param below the architectures that extend this one, the first asked for first */
  resolve(name: string, below: readonly string[]): ResolvedArchitecture | undefined {
    if (this.#known.has(name)) return this.#known.get(name);
    const own = this.#specs.get(name);
    if (own === undefined) return undefined;
    // A cycle that comes back here finds nothing: it has been reported by then.
    this.#known.set(name, undefined);
    const base = own.extends === undefined ? undefined : this.#base(name, own.extends, below);
    if (own.extends !== undefined && base === undefined) return undefined;
    const architecture = this.#merge(name, own, base);
    this.#known.set(name, architecture);
    return architecture;
  }

  #base(name: string, base: string, below: readonly string[]): ResolvedArchitecture | undefined {
    const chain = [...below, name];
    const path = ["architectures", name, "extends"];
    if (!this.#specs.has(base)) {
      const others = [...this.#specs.keys()].filter((other) => other !== name);
      this.#error(
        "unknown-architecture",
        `"${name}" extends "${base}", which is not here`,
        path,
        nearOrAll(base, others),
      );
      return undefined;
    }
    const round = chain.indexOf(base);
    if (round !== -1) {
      const circle = [...chain.slice(round), base].join(" -> ");
      this.#error("cycle", `architectures extend each other in a circle: ${circle}`, path);
      return undefined;
    }
    return this.resolve(base, chain);
  }

  #merge(
    name: string,
    own: ArchitectureSpec,
    base: ResolvedArchitecture | undefined,
  ): ResolvedArchitecture | undefined {
    const components = this.#components(name, own, base);
    if (components.length === 0) {
      this.#error(
        "no-components",
        `"${name}" has no components`,
        ["architectures", name],
        "give it one, or extend another",
      );
    }
    if (components.length > MOST_COMPONENTS) {
      this.#error(
        "too-many",
        `"${name}" has more than ${MOST_COMPONENTS} components`,
        ["architectures", name],
        undefined,
        "key",
      );
      return undefined;
    }
    const region = own.region ?? base?.region;
    return {
      name,
      title: own.title ?? name,
      ...(own.note === undefined ? {} : { note: own.note }),
      ...(region === undefined ? {} : { region }),
      omit: this.#omit(name, own, base),
      metrics: this.#metrics(name, own, base),
      operations: operationsOf(name, own, base),
      components,
    };
  }

  #metrics(
    name: string,
    own: ArchitectureSpec,
    base: ResolvedArchitecture | undefined,
  ): ReadonlyMap<string, Placed<MetricValueSpec>> {
    const metrics = new Map(base?.metrics);
    for (const [key, spec] of Object.entries(own.metrics ?? {})) {
      const path = ["architectures", name, "metrics", key];
      if (spec !== null) metrics.set(key, { spec, path: (part) => (part === undefined ? path : [...path, part]) });
      else if (!metrics.delete(key)) this.#nothingToRemove(path, base === undefined ? undefined : [...metrics.keys()]);
    }
    return metrics;
  }

  #components(
    name: string,
    own: ArchitectureSpec,
    base: ResolvedArchitecture | undefined,
  ): readonly ResolvedComponent[] {
    const inherited = new Map((base?.components ?? []).map((component) => [component.name, component]));
    const components = new Map(inherited);
    for (const [key, spec] of Object.entries(own.components ?? {})) {
      const path = ["architectures", name, "components", key];
      const before = inherited.get(key);
      if (spec !== null) components.set(key, this.#component(path, spec, before));
      else if (before === undefined)
        this.#nothingToRemove(path, base === undefined ? undefined : [...inherited.keys()]);
      else components.delete(key);
    }
    for (const component of components.values()) {
      const written = Object.hasOwn(own.components ?? {}, component.name);
      if (written && typeof component.spec["service"] !== "string") this.#noService(component, [...inherited.keys()]);
    }
    return [...components.values()];
  }

  #component(path: readonly string[], spec: Spec, before: ResolvedComponent | undefined): ResolvedComponent {
    return laidOver(path, spec, before, (key, known) => this.#nothingToRemove(key, known));
  }

  #omit(name: string, own: ArchitectureSpec, base: ResolvedArchitecture | undefined): Readonly<Record<string, string>> {
    const inherited = base?.omit ?? {};
    const merged = mergeSpecs(inherited, own.omit ?? {}, (key) => {
      this.#nothingToRemove(
        ["architectures", name, "omit", ...key],
        base === undefined ? undefined : Object.keys(inherited),
      );
    });
    return Object.fromEntries(Object.entries(merged).map(([companion, reason]) => [companion, String(reason)]));
  }

  /** @param inherited what could be removed here, if anything is inherited at all */
  #nothingToRemove(path: readonly string[], inherited: readonly string[] | undefined): void {
    const key = path.at(-1) ?? "";
    if (isTold(this.#problems, this.#source.place(path))) return;
    if (inherited === undefined) {
      this.#error(
        "empty-value",
        `"${key}" has no value`,
        path,
        "write one, or leave the key out: null removes what is inherited",
        "key",
      );
    } else {
      this.#error(
        "nothing-to-remove",
        `there is no inherited "${key}" to remove`,
        path,
        nearOrAll(key, inherited),
        "key",
      );
    }
  }

  #noService(component: ResolvedComponent, inherited: readonly string[]): void {
    const near = suggest(
      component.name,
      inherited.filter((other) => other !== component.name),
    );
    const hint = near === undefined ? "add service: provider/name" : `did you mean the inherited "${near}"?`;
    this.#error("no-service", `component "${component.name}" has no service`, component.path(), hint, "key");
  }

  #error(code: string, message: string, path: Path, hint?: string, part: "key" | "value" = "value"): void {
    this.#problems.error(code, message, this.#source.place(path, part), hint);
  }
}

function operationsOf(
  name: string,
  { operations }: ArchitectureSpec,
  base: ResolvedArchitecture | undefined,
): Placed<OperationsSpec> | undefined {
  const inherited = base?.operations;
  if (operations === undefined) return inherited;
  if (operations === null) return undefined;
  const own = ["architectures", name, "operations"];
  return {
    spec: { ...inherited?.spec, ...operations },
    path(key) {
      if (key === undefined) return own;
      const isInherited = inherited !== undefined && !Object.hasOwn(operations, key);
      return isInherited ? inherited.path(key) : [...own, key];
    },
  };
}

/**
 * A component as written, laid over the one it changes: another `service` replaces it whole, otherwise keys merge.
 * @param path where it is written; its last step is the name
 * @param missing reported the path of each null that has nothing to remove, and what could have been removed, if anything
 */
export function laidOver(
  path: readonly string[],
  spec: Spec,
  before: ResolvedComponent | undefined,
  missing: (path: readonly string[], known: readonly string[] | undefined) => void,
): ResolvedComponent {
  const service = spec["service"];
  const replaces = before === undefined || (typeof service === "string" && service !== before.spec["service"]);
  const merged = mergeSpecs(replaces ? {} : before.spec, spec, (key) => {
    missing([...path, ...key], replaces ? undefined : Object.keys(before.spec));
  });
  return {
    name: path.at(-1) ?? "",
    spec: merged,
    root: replaces ? path : before.root,
    path(key) {
      if (key === undefined) return path;
      const isInherited = !replaces && !Object.hasOwn(spec, key) && Object.hasOwn(merged, key);
      return isInherited ? before.path(key) : [...path, key];
    },
  };
}

/** A hint: the name that was most likely meant, else all there are. */
export function nearOrAll(word: string, names: readonly string[]): string | undefined {
  const near = suggest(word, names);
  if (near !== undefined) return `did you mean "${near}"?`;
  return names.length === 0 ? undefined : `there are: ${names.join(", ")}`;
}

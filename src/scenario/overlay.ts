// Levers laid over a scenario: a scenario again, which links like every other.
import type { Path, YamlSource } from "../yaml/source.ts";
import { laidOver } from "./architecture.ts";
import { COMPONENT_KEYS } from "./component-keys.ts";
import { type Lever, selectsArchitecture, selectsComponent } from "./lever.ts";
import { isSpec, mergeSpecs, type Spec, specOf } from "./merge-specs.ts";
import { type ParametersOf, withPrevious } from "./previous.ts";
import type { ResolvedArchitecture, ResolvedComponent, Scenario } from "./read.ts";
import type { ScenarioData } from "./schema.ts";

export type OverlayBase = {
  readonly scenario: Scenario;
  /** the architecture that levers start from */
  readonly architecture: string;
  readonly parameters: ParametersOf;
};

export type Overlaid = {
  readonly scenario: Scenario;
  /** the one that is left to look at: another one where a lever switches */
  readonly architecture: string;
  /** everything runs there; undefined: as written */
  readonly region: string | undefined;
  /** variables that levers set: they go before what the command line sets */
  readonly variables: ReadonlySet<string>;
  /** levers that change something here */
  readonly changed: ReadonlySet<string>;
  /** by lever: what it writes without regard to what was there, as `component.key` -> value */
  readonly writes: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** equal for equal scenarios */
  readonly signature: string;
};

type State = {
  readonly base: OverlayBase;
  readonly architecture: string;
  readonly components: Map<string, ResolvedComponent>;
  omit: Readonly<Record<string, string | null>>;
  region: string | undefined;
  data: ScenarioData;
  readonly variables: Set<string>;
  readonly changed: Set<string>;
  readonly redirects: [Path, Path][];
  readonly derived: Set<string>;
  readonly writes: Map<string, Map<string, string>>;
};

/** Whether levers are to be laid in this order: architecture first, then services replaced, then the rest as listed. */
function rank({ spec }: Lever): number {
  if (spec.architecture !== undefined) return 0;
  const patches = [...Object.values(spec.components ?? {}), ...Object.values(spec.services ?? {})];
  return patches.some((patch) => isSpec(patch) && typeof patch["service"] === "string") ? 1 : 2;
}

/**
 * Lays levers over a scenario by the merge rule of `extends`. What a lever would change and the scenario no longer has,
 * because another lever removed or replaced it, is left alone.
 * @param levers in the order of the scenario; those that switch or replace are laid first
 * @param missing reported the path of each null that has nothing to remove
 */
export function overlaid(
  base: OverlayBase,
  levers: readonly Lever[],
  missing: (path: Path) => void = () => undefined,
): Overlaid {
  const ordered = [...levers].sort((a, b) => rank(a) - rank(b));
  const switched = ordered.find(({ spec }) => spec.architecture !== undefined);
  const name = switched?.spec.architecture ?? base.architecture;
  const own = base.scenario.architectures.get(name);
  if (own === undefined) throw new Error(`no architecture "${name}"`);
  const state: State = {
    base,
    architecture: name,
    components: new Map(own.components.map((component) => [component.name, component])),
    omit: own.omit,
    region: undefined,
    data: base.scenario.data,
    variables: new Set(),
    changed: new Set(switched === undefined ? [] : [switched.name]),
    redirects: [],
    derived: new Set(),
    writes: new Map(),
  };
  const known = new Set(base.scenario.architectures.keys());
  for (const lever of ordered) {
    if (!selectsArchitecture(lever, lever.spec.architecture === undefined ? name : base.architecture, known)) continue;
    layComponents(state, lever, missing);
    layRest(state, lever);
  }
  return finished(state, own);
}

function finished(state: State, own: ResolvedArchitecture): Overlaid {
  const { base, architecture: name, components, data, region, omit } = state;
  const architecture: ResolvedArchitecture = { ...own, omit, components: [...components.values()] };
  const signature = [name, ...Array.from(components.values(), specText), restOf(state)].join("\n");
  const source = redirected(base.scenario.source, state.redirects, state.derived);
  const architectures = new Map(base.scenario.architectures).set(name, architecture);
  const scenario: Scenario = { data, source, architectures };
  return {
    scenario,
    architecture: name,
    region,
    variables: state.variables,
    changed: state.changed,
    writes: state.writes,
    signature,
  };
}

function layComponents(state: State, lever: Lever, missing: (path: Path) => void): void {
  for (const [name, patch] of Object.entries(lever.spec.components ?? {})) {
    const path = [...lever.path.map(String), "components", name];
    const before = state.components.get(name);
    if (before === undefined && !mayAdd(state, lever, patch)) continue;
    if (before !== undefined && !selects(state, lever, before)) continue;
    if (patch !== null) lay({ state, lever, path, missing }, name, patch as Spec);
    else if (state.components.delete(name)) state.changed.add(lever.name);
  }
  for (const [service, patch] of Object.entries(lever.spec.services ?? {})) {
    const path = [...lever.path.map(String), "services", service];
    for (const component of [...state.components.values()]) {
      if (component.spec["service"] !== service || !selects(state, lever, component)) continue;
      lay({ state, lever, path, missing }, component.name, patch);
    }
  }
}

function selects({ architecture }: State, lever: Lever, component: ResolvedComponent): boolean {
  const target = { architecture, component: component.name, service: String(component.spec["service"]) };
  return selectsComponent(lever, target);
}

/** A new component is for the architecture that levers start from, and for those that the lever names. */
function mayAdd({ base, architecture }: State, lever: Lever, patch: unknown): boolean {
  const isNew = isSpec(patch) && typeof patch["service"] === "string";
  return isNew && (architecture === base.architecture || lever.appliesTo.includes(architecture));
}

type Laying = {
  readonly state: State;
  readonly lever: Lever;
  readonly path: readonly string[];
  readonly missing: (path: Path) => void;
};

function lay({ state, lever, path, missing }: Laying, name: string, patch: Spec): void {
  const before = state.components.get(name);
  const laid = laidOf(state, { path, name, patch, before });
  for (const removed of laid.missing) missing(removed);
  for (const key of laid.derived) state.derived.add(key);
  for (const [key, value] of laid.writes) wrote(state, lever, `${name}.${key}`, value);
  if (laid.after === before) return;
  state.components.set(name, laid.after);
  state.changed.add(lever.name);
}

type Patched = {
  readonly path: readonly string[];
  readonly name: string;
  readonly patch: Spec;
  readonly before: ResolvedComponent | undefined;
};

/** What comes of a component under a patch. */
type Laid = {
  /** the component as it was where nothing changes */
  readonly after: ResolvedComponent;
  readonly derived: readonly string[];
  readonly writes: readonly (readonly [string, unknown])[];
  /** paths of nulls that have nothing to remove */
  readonly missing: readonly Path[];
};

/** By base, patch and component: hundreds of combinations lay the same patch over the same component. */
const known = new WeakMap<OverlayBase, WeakMap<Spec, WeakMap<ResolvedComponent, Laid>>>();

function laidOf({ base }: State, patched: Patched): Laid {
  const { patch, before } = patched;
  if (before === undefined) return newlyLaid(base, patched);
  const patches = known.get(base) ?? new WeakMap<Spec, WeakMap<ResolvedComponent, Laid>>();
  known.set(base, patches);
  const components = patches.get(patch) ?? new WeakMap<ResolvedComponent, Laid>();
  patches.set(patch, components);
  const laid = components.get(before) ?? newlyLaid(base, patched);
  components.set(before, laid);
  return laid;
}

function newlyLaid(base: OverlayBase, { path, name, patch, before }: Patched): Laid {
  const { spec, derived } = withPrevious(withoutUnknown(base, before, patch), before, base.parameters);
  const missing: Path[] = [];
  const after = { ...laidOver(path, spec, before, (removed) => missing.push(removed)), name };
  return {
    after: before !== undefined && specText(before) === specText(after) ? before : after,
    derived: derived.map((key) => JSON.stringify([...path, key])),
    writes: Object.entries(spec).filter(([key]) => !derived.includes(key)),
    missing,
  };
}

function wrote(state: State, { name }: Lever, key: string, value: unknown): void {
  const own = state.writes.get(name) ?? new Map<string, string>();
  state.writes.set(name, own.set(key, JSON.stringify(value)));
}

/** Another lever has replaced the service: keys that only the old one knows do not count. */
function withoutUnknown(base: OverlayBase, before: ResolvedComponent | undefined, patch: Spec): Spec {
  const start = base.scenario.architectures.get(base.architecture)?.components.find(({ name }) => name === before?.name)
    ?.spec["service"];
  const now = before?.spec["service"];
  if (now === undefined || start === undefined || now === start || typeof patch["service"] === "string") return patch;
  const parameters = base.parameters(String(now));
  if (parameters === undefined) return patch;
  return specOf(Object.entries(patch).filter(([key]) => COMPONENT_KEYS.includes(key) || key in parameters));
}

/** All that a lever changes besides components. */
function layRest(state: State, lever: Lever): void {
  const { spec, name, path } = lever;
  if (REST.every((key) => spec[key] === undefined)) return;
  const before = restOf(state);
  for (const [variable, value] of Object.entries(spec.variables ?? {})) {
    const variables = { ...state.data.variables, [variable]: newVariable(state.data.variables[variable], value) };
    state.data = { ...state.data, variables };
    state.variables.add(variable);
    wrote(state, lever, variable, value);
    state.redirects.push([
      ["variables", variable],
      [...path, "variables", variable],
    ]);
  }
  for (const key of ["savings_plans", "discounts"] as const) {
    const own = spec[key];
    if (own === undefined) continue;
    const first = (state.data[key] ?? []).length;
    state.data = { ...state.data, [key]: [...(state.data[key] ?? []), ...own] };
    own.forEach((_, at) => {
      state.redirects.push([
        [key, first + at],
        [...path, key, at],
      ]);
    });
  }
  for (const key of ["existing", "quotas"] as const) {
    const own = spec[key];
    if (own === undefined) continue;
    // Both are of the schema's form, and so is the one merged from them.
    state.data = { ...state.data, [key]: mergeSpecs(state.data[key] ?? {}, own) } as ScenarioData;
  }
  if (spec.omit !== undefined) state.omit = mergeSpecs(state.omit, spec.omit) as State["omit"];
  if (spec.region !== undefined) wrote(state, lever, "region", spec.region);
  state.region = spec.region ?? state.region;
  if (before !== restOf(state)) state.changed.add(name);
}

const texts = new WeakMap<ResolvedComponent, string>();

/** What a component says: equal texts for equal specs of one name. */
export function specText(component: ResolvedComponent): string {
  const text = texts.get(component) ?? JSON.stringify([component.name, component.spec]);
  texts.set(component, text);
  return text;
}

const REST = ["variables", "savings_plans", "discounts", "existing", "quotas", "omit", "region"] as const;

/** All that levers may change besides components: equal texts for equal settings. */
function restOf({ data, omit, region }: Pick<State, "data" | "omit" | "region">): string {
  const { savings_plans: plans, discounts, existing } = data;
  return [groundText(data), JSON.stringify([existing, plans, discounts, omit, region])].join("\n");
}

const grounds = new WeakMap<ScenarioData["variables"], WeakMap<object, string>>();
const NO_QUOTAS = {};

/** Variables and quotas as text: equal texts for equal ones. Most levers leave the very same objects. */
export function groundText({ variables, quotas = NO_QUOTAS, existing }: ScenarioData): string {
  const known = grounds.get(variables) ?? new WeakMap<object, string>();
  grounds.set(variables, known);
  const text = known.get(quotas) ?? JSON.stringify([variables, quotas]);
  known.set(quotas, text);
  return existing?.quotas === undefined ? text : text + JSON.stringify(existing.quotas);
}

type Variable = ScenarioData["variables"][string];

/** The range of a variable is of its old value: a new value stands alone unless it brings a range of its own. */
function newVariable(before: Variable | undefined, later: Variable): Variable {
  if (typeof before !== "object") return later;
  const { low: _low, high: _high, p10: _p10, p90: _p90, typical: _typical, distribution: _shape, ...kept } = before;
  return typeof later === "object" ? { ...kept, ...later } : { ...kept, value: later };
}

/** Places of what levers brought are those of the levers. */
function redirected(source: YamlSource, redirects: readonly [Path, Path][], derived: ReadonlySet<string>): YamlSource {
  const moved = (path: Path): Path => {
    const found = redirects.findLast(([from]) => from.every((step, at) => path[at] === step));
    return found === undefined ? path : [...found[1], ...path.slice(found[0].length)];
  };
  return {
    ...source,
    place: (path, part) => source.place(moved(path), part),
    // The text that was linked is not the one that is written: its spans are no places.
    placeIn: (path, span) =>
      derived.has(JSON.stringify(path)) ? source.place(path) : source.placeIn(moved(path), span),
  };
}

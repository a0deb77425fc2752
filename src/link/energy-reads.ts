import type { LoadedService } from "../catalog/catalog.ts";
import { namesIn } from "../formula/names.ts";
import type { ResolvedSet } from "./carbon-set.ts";
import type { LinkedComponent } from "./component-task.ts";
import { isAlike } from "./inherited.ts";
import type { Linker } from "./linker.ts";

/** Keys of every component that its energy is made of, whatever its service's formulas read. */
const ALWAYS = ["count", "zones", "cpu_utilisation"];

/**
 * Parameters of a service that its energy formulas read, through whatever names stand between: what a switch of any other
 * parameter changes is the price, and no machine.
 */
function energyReads(service: LoadedService, set: ResolvedSet, linker: Linker): readonly string[] {
  const { energy, let: lets, parameters } = service.data;
  const read = new Set<string>();
  const open: (string | number | boolean | undefined)[] = Object.values(energy.uses ?? {}).flatMap(
    ({ flow, quantity, embodied, when }) => [flow, quantity, embodied, when],
  );
  const behind = (name: string) => {
    const entry = set.entries.get(name);
    return [
      Object.hasOwn(energy.let ?? {}, name) ? energy.let?.[name] : undefined,
      entry?.kind === "let" && !entry.own ? entry.written.text : undefined,
      Object.hasOwn(lets, name) ? lets[name] : undefined,
      Object.hasOwn(parameters, name) ? parameters[name]?.default : undefined,
    ];
  };
  while (open.length > 0) {
    const text = open.pop();
    if (typeof text !== "string") continue;
    const expr = linker.parse({ text, place: () => service.place(["energy"], text) });
    for (const name of expr === undefined ? [] : namesIn(expr).map((each) => each.replace(/^kept_/, ""))) {
      if (read.has(name)) continue;
      read.add(name);
      open.push(...behind(name));
    }
  }
  return [...Object.keys(parameters).filter((name) => read.has(name)), ...ALWAYS];
}

/**
 * Which architecture a component's unpublished coefficients belong to: that of the first component with the same
 * beginnings, surroundings and values of all that energy reads. A class because it keeps what it has seen.
 */
export class EnergyOrigins {
  readonly #set: ResolvedSet;
  readonly #reads = new Map<string, readonly string[]>();
  readonly #seen = new Map<string, LinkedComponent[]>();

  constructor(set: ResolvedSet) {
    this.#set = set;
  }

  of(component: LinkedComponent, linker: Linker): string {
    const { service, spec, task } = component;
    const reads = this.#reads.get(service.id) ?? energyReads(service, this.#set, linker);
    this.#reads.set(service.id, reads);
    const values = reads.map((name) => spec.spec[name] ?? service.data.parameters[name]?.default ?? null);
    const key = JSON.stringify([spec.name, spec.root, values.map(String)]);
    const seen = this.#seen.get(key) ?? [];
    const first = seen.find((one) => isAlike(one.task, task)) ?? component;
    if (first === component) this.#seen.set(key, [...seen, component]);
    return first.task.architecture;
  }
}

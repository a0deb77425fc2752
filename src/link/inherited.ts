import type { Definition } from "../model/definition.ts";
import { type Environment, type PlacedComponent, placedComponent } from "../scenario/environment.ts";
import type { ResolvedComponent } from "../scenario/read.ts";
import type { ScenarioData } from "../scenario/schema.ts";
import type { ComponentTask, LinkedComponent } from "./component-task.ts";

/**
 * Components that architectures inherit unchanged are linked once: their formulas give the same nodes in each, and their
 * faults are stated once. A class because it keeps what has been linked.
 */
export class InheritedComponents {
  readonly #linked = new Map<ResolvedComponent, LinkedComponent[]>();
  readonly #placed = new Map<ResolvedComponent, Map<Environment | undefined, PlacedComponent | undefined>>();

  /** A component as it stands in an environment: the same object whoever asks. */
  placed(component: ResolvedComponent, environment: Environment | undefined, data: ScenarioData) {
    const known = this.#placed.get(component) ?? new Map<Environment | undefined, PlacedComponent | undefined>();
    this.#placed.set(component, known);
    if (!known.has(environment)) known.set(environment, placedComponent(component, environment, data));
    return known.get(environment);
  }

  /** @param link links a component that is not known, or sees another region or load here */
  get(task: ComponentTask, link: (task: ComponentTask) => LinkedComponent): LinkedComponent {
    const all = this.#linked.get(task.spec) ?? [];
    const known = all.find((one) => isAlike(one.task, task));
    if (known !== undefined) return known.task.architecture === task.architecture ? known : inherited(known, task);
    const linked = link(task);
    this.#linked.set(task.spec, [...all, linked]);
    return linked;
  }
}

/** Whether what a component sees of its surroundings is the same in both: what it says itself is one spec. */
export function isAlike(a: ComponentTask, b: ComponentTask): boolean {
  const sameLoad = a.workload === b.workload && a.attempts.node === b.attempts.node;
  const sameCompany = a.companionOf.join() === b.companionOf.join();
  return sameLoad && sameCompany && a.region === b.region && a.environment?.name === b.environment?.name;
}

function inherited(from: LinkedComponent, task: ComponentTask): LinkedComponent {
  const { architecture } = task;
  const below = from.task.architecture.length;
  const own = `${from.task.architecture}.`;
  const renamed = (address: string): string =>
    address.startsWith(own) ? architecture + address.slice(below) : address;
  return {
    ...from,
    task,
    meters: from.meters.map((use) => ({ ...use, architecture })),
    // A definition is made when its name is first asked for: some only after this.
    get definitions(): readonly Definition[] {
      return from.definitions.map((definition) => ({
        ...definition,
        address: renamed(definition.address),
        scope: definition.scope.map(renamed),
      }));
    },
  };
}

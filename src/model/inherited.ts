import type { ResolvedComponent } from "../scenario/read.ts";
import type { ComponentTask, LinkedComponent } from "./component-task.ts";
import type { Definition } from "./definition.ts";

/**
 * Components that architectures inherit unchanged are linked once: their formulas give the same nodes in each, and their
 * faults are told once. A class because it keeps what has been linked.
 */
export class InheritedComponents {
  readonly #linked = new Map<ResolvedComponent, LinkedComponent>();

  /** @param link links a component that is not known, or stands in another region or below other callers here */
  get(task: ComponentTask, link: (task: ComponentTask) => LinkedComponent): LinkedComponent {
    const known = this.#linked.get(task.spec);
    if (known?.region === task.region && known.task.attempts.node === task.attempts.node) return inherited(known, task);
    const linked = link(task);
    this.#linked.set(task.spec, linked);
    return linked;
  }
}

function inherited(from: LinkedComponent, task: ComponentTask): LinkedComponent {
  const { architecture } = task;
  const below = from.task.architecture.length;
  const renamed = (address: string): string => (address === "" ? "" : architecture + address.slice(below));
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

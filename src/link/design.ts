import type { Exchange, LinkedOperations } from "../model/beside-nodes.ts";
import type { ResolvedArchitecture } from "../scenario/read.ts";
import { type LinkedArchitecture, linkArchitecture } from "./architecture.ts";
import { type CarbonLinker, type LinkedCarbons, linkCarbon } from "./carbon-link.ts";
import { linkExchanges } from "./exchanges.ts";
import type { Ground } from "./ground.ts";
import { sum } from "./lines.ts";
import { type LinkedQualities, linkQualities } from "./objectives.ts";
import { linkOperations } from "./operations.ts";
import { type LinkedOverheads, linkOverheads } from "./overheads.ts";

export type LinkedDesign = LinkedArchitecture & {
  /** undefined where the scenario states none */
  readonly overheads: LinkedOverheads | undefined;
  /** metrics and objectives; missed objectives are among `checks` */
  readonly qualities: LinkedQualities;
  readonly operations: LinkedOperations;
  /** who passes data to whom, as the components state */
  readonly exchanges: readonly Exchange[];
  /** USD in the month: effective and list */
  readonly cost: number;
  readonly list: number;
};

export type Designs = {
  readonly architectures: readonly LinkedDesign[];
  readonly carbon: LinkedCarbons | undefined;
};

/**
 * Links architectures into a ground: components, bill, quotas, carbon, and what they are besides their cost.
 * @param openCarbon asked once the components are linked, so that its faults are stated after theirs
 * @returns undefined where the ground's problems hold errors
 */
export function linkDesigns(
  chosen: readonly ResolvedArchitecture[],
  ground: Ground,
  openCarbon: () => CarbonLinker | undefined,
): Designs | undefined {
  const { builder, problems } = ground.linker;
  const linked = chosen.map((architecture) => {
    const found = linkArchitecture(architecture, ground);
    return { ...found, overheads: linkOverheads(found.lines, ground) };
  });
  // Without its components nothing draws power, but the settings are read, so that their faults are stated with the others.
  const carbonLinker = openCarbon();
  if (problems.hasErrors) return undefined;
  const carbon = carbonLinker === undefined ? undefined : linkCarbon(carbonLinker, linked);
  if (problems.hasErrors) return undefined;
  const costed = linked.map((architecture) => ({
    ...architecture,
    cost: sum(
      builder,
      architecture.lines.map((line) => line.effective),
    ),
    list: sum(
      builder,
      architecture.lines.map((line) => line.list),
    ),
  }));
  const architectures = withQualities(costed, ground);
  return problems.hasErrors ? undefined : { architectures, carbon };
}

type Costed = Omit<LinkedDesign, "qualities" | "operations" | "exchanges">;

/** Metrics, objectives and operations; an objective is a condition as any other that rules an architecture out. */
function withQualities(costed: readonly Costed[], task: Ground): LinkedDesign[] {
  const linked = linkQualities(costed, task);
  return costed.flatMap((architecture, index) => {
    const qualities = linked[index];
    if (qualities === undefined) return [];
    const operations = linkOperations(architecture.spec.operations, qualities, task);
    return [
      {
        ...architecture,
        qualities,
        operations,
        exchanges: linkExchanges(architecture.spec, task.scenario, task.linker.problems),
        checks: [...architecture.checks, ...qualities.checks, ...operations.checks],
      },
    ];
  });
}

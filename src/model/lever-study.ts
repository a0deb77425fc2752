import type { Catalog } from "../catalog/catalog.ts";
import { type Diagnostic, Problems } from "../diagnostic/diagnostic.ts";
import type { Path } from "../diagnostic/yaml-source.ts";
import type { LeverOutcome } from "../result/levers.ts";
import type { ArchitectureResult } from "../result/schema.ts";
import type { Lever } from "../scenario/lever.ts";
import { type Overlaid, type OverlayBase, overlaid } from "../scenario/overlay.ts";
import type { ParametersOf } from "../scenario/previous.ts";
import type { Scenario } from "../scenario/read.ts";
import { linkModel, type Variant } from "./model.ts";
import { runModel } from "./run.ts";

export type StudyTask = {
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly variant: Variant;
  /** the architecture that levers start from */
  readonly architecture: string;
  readonly version: string;
};

/** Figures of a scenario with levers laid over it, savings not yet told. */
export type Figures = Pick<LeverOutcome, "cost" | "carbon" | "binds_at" | "hard" | "feasible" | "reasons">;

/** What came of laying levers over a scenario. */
export type Look = {
  readonly overlay: Overlaid;
  /** undefined: it does not link; the problems say why */
  readonly figures: Figures | undefined;
  readonly problems: readonly Diagnostic[];
};

/**
 * A scenario under sets of levers. Each set is a scenario that links to a graph of its own and is run like every other;
 * equal scenarios are run once. A class because it keeps what has been run.
 */
export class LeverStudy {
  readonly base: OverlayBase;
  readonly #task: StudyTask;
  readonly #runs = new Map<string, Pick<Look, "figures" | "problems">>();

  constructor(task: StudyTask) {
    this.#task = task;
    this.base = { scenario: task.scenario, architecture: task.architecture, parameters: parametersOf(task.catalog) };
  }

  /** How many different scenarios have been run. */
  get runs(): number {
    return this.#runs.size;
  }

  /** @param missing told the path of each null that has nothing to remove */
  look(levers: readonly Lever[], missing?: (path: Path) => void): Look {
    const overlay = overlaid(this.base, levers, missing);
    const known = this.#runs.get(overlay.signature) ?? this.#run(overlay);
    this.#runs.set(overlay.signature, known);
    return { overlay, ...known };
  }

  #run({ scenario, architecture, region, variables }: Overlaid): Pick<Look, "figures" | "problems"> {
    const { catalog, variant, version } = this.#task;
    const problems = new Problems();
    const set = new Map([...variant.set].filter(([name]) => !variables.has(name)));
    const own: Variant = { ...variant, set, region: region ?? variant.region, only: [architecture] };
    const model = linkModel(scenario, catalog, own, problems);
    const result = model === undefined ? undefined : runModel(model, { version, catalog, curve: false }, problems);
    const found = result?.architectures[architecture];
    if (found === undefined || problems.hasErrors) return { figures: undefined, problems: problems.list };
    return { figures: figuresOf(found), problems: [] };
  }
}

function figuresOf({ cost, carbon, capacity, feasible, disqualified }: ArchitectureResult): Figures {
  return {
    cost: cost.month,
    carbon: carbon === null ? null : carbon.month.central,
    binds_at: capacity.granted,
    hard: capacity.hard,
    feasible,
    reasons: disqualified,
  };
}

/** Units and defaults of a service's parameters, for `previous`. */
function parametersOf(catalog: Catalog): ParametersOf {
  return (service) => catalog.service(service)?.data.parameters;
}

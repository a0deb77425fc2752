import type { Catalog } from "../catalog/catalog.ts";
import { type Diagnostic, Problems } from "../diagnostic/diagnostic.ts";
import { resultOf } from "../figures/result.ts";
import type { Variant } from "../link/ground.ts";
import { linkModel } from "../link/link.ts";
import type { DesignNodes } from "../model/lever-nodes.ts";
import type { LeverOutcome } from "../result/levers.ts";
import type { Lever } from "../scenario/lever.ts";
import { groundText, type Overlaid, type OverlayBase, overlaid } from "../scenario/overlay.ts";
import type { ParametersOf } from "../scenario/previous.ts";
import type { ResolvedArchitecture, Scenario } from "../scenario/read.ts";
import type { Path } from "../yaml/source.ts";
import { DesignBook, type DesignFigures } from "./design-book.ts";

export type StudyTask = {
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly variant: Variant;
  /** the architecture that levers start from */
  readonly architecture: string;
  readonly version: string;
};

/** Figures of a scenario with levers laid over it. */
export type Figures = Pick<LeverOutcome, "cost" | "carbon" | "feasible"> & {
  /** which loads it takes, and why not this one: looked for when it is asked for */
  readonly load: () => Pick<LeverOutcome, "binds_at" | "hard" | "reasons">;
};

/** What came of laying levers over a scenario. */
export type Look = {
  readonly overlay: Overlaid;
  /** undefined: it does not link; the problems say why */
  readonly figures: Figures | undefined;
  readonly problems: readonly Diagnostic[];
};

/** Books held at a time: levers that move everything to another region ask for one more. */
const MOST_BOOKS = 3;

/**
 * A scenario under sets of levers. Equal scenarios are looked at once, and what differs little shares a graph; one that
 * is faulty is run like every other, so that its faults are stated. A class because it keeps what has been run.
 */
export class LeverStudy {
  readonly base: OverlayBase;
  readonly #task: StudyTask;
  readonly #runs = new Map<string, Pick<Look, "figures" | "problems">>();
  /** the one used last stands last */
  readonly #books = new Map<string, DesignBook>();

  constructor(task: StudyTask) {
    this.#task = task;
    this.base = { scenario: task.scenario, architecture: task.architecture, parameters: parametersOf(task.catalog) };
  }

  /** How many different scenarios have been run. */
  get runs(): number {
    return this.#runs.size;
  }

  /** @param missing reported the path of each null that has nothing to remove */
  look(levers: readonly Lever[], missing?: (path: Path) => void): Look {
    const overlay = overlaid(this.base, levers, missing);
    const known = this.#runs.get(overlay.signature) ?? this.#run(overlay);
    this.#runs.set(overlay.signature, known);
    return { overlay, ...known };
  }

  /** USD a month alone, for less work; infinite where there are no figures, which a look may still find. */
  cost(levers: readonly Lever[]): number {
    const overlay = overlaid(this.base, levers);
    const cost = this.#withBook(overlay, (book, architecture) => book.cost(architecture, overlay.scenario));
    return cost ?? this.look(levers).figures?.cost ?? Number.POSITIVE_INFINITY;
  }

  /** Nodes of what `look` has figures of; undefined where it has none, or only those of a model of its own. */
  nodes(levers: readonly Lever[]): DesignNodes | undefined {
    const overlay = overlaid(this.base, levers);
    return this.#withBook(overlay, (book, architecture) => book.nodes(architecture, overlay.scenario));
  }

  #run(overlay: Overlaid): Pick<Look, "figures" | "problems"> {
    // The first is run in full: what is wrong with the scenario itself is stated.
    const figures =
      this.#runs.size === 0
        ? undefined
        : this.#withBook(overlay, (book, architecture) => book.figures(architecture, overlay.scenario));
    return figures === undefined ? this.#full(overlay) : { figures: figuresOf(figures), problems: [] };
  }

  #variantOf({ architecture, region, variables }: Overlaid): Variant {
    const { variant } = this.#task;
    const set = new Map([...variant.set].filter(([name]) => !variables.has(name)));
    return { ...variant, set, region: region ?? variant.region, only: [architecture] };
  }

  /** Asks the book that what is laid over the scenario belongs into. */
  #withBook<T>(overlay: Overlaid, ask: (book: DesignBook, architecture: ResolvedArchitecture) => T): T | undefined {
    const { catalog } = this.#task;
    const { scenario, architecture } = overlay;
    const variant = this.#variantOf(overlay);
    const key = [groundText(scenario.data), JSON.stringify([variant.region, [...variant.set]])].join("\n");
    const book = this.#books.get(key) ?? DesignBook.open({ scenario, catalog, variant });
    this.#books.delete(key);
    const spec = scenario.architectures.get(architecture);
    const found = spec === undefined || book === undefined ? undefined : ask(book, spec);
    if (book !== undefined && !book.spoilt) this.#books.set(key, book);
    for (const [oldest] of this.#books) if (this.#books.size > MOST_BOOKS) this.#books.delete(oldest);
    return found;
  }

  #full(overlay: Overlaid): Pick<Look, "figures" | "problems"> {
    const { catalog, version } = this.#task;
    const { scenario, architecture } = overlay;
    const problems = new Problems();
    const model = linkModel(scenario, catalog, this.#variantOf(overlay), problems);
    const result = model === undefined ? undefined : resultOf(model, { version, curve: false }, problems);
    const found = result?.architectures[architecture];
    if (found === undefined || problems.hasErrors) return { figures: undefined, problems: problems.list };
    const { cost, carbon, feasible } = found;
    const central = carbon === null ? null : carbon.month.central;
    return { figures: figuresOf({ cost: cost.month, carbon: central, feasible, load: () => found }), problems: [] };
  }
}

function figuresOf({ cost, carbon, feasible, load }: DesignFigures): Figures {
  return {
    cost,
    carbon,
    feasible,
    load: () => {
      const { capacity, disqualified } = load();
      return { binds_at: capacity.granted, hard: capacity.hard, reasons: disqualified };
    },
  };
}

/** Units and defaults of a service's parameters, for `previous`. */
function parametersOf(catalog: Catalog): ParametersOf {
  return (service) => catalog.service(service)?.data.parameters;
}

import { Problems } from "../diagnostic/diagnostic.ts";
import { KeptValues } from "../formula/kept-values.ts";
import type { ResolvedArchitecture, ResolvedComponent, Scenario } from "../scenario/read.ts";
import { allFinite, checksHold, disqualifiersOf } from "./base-case.ts";
import { type CarbonLinker, carbonLinker } from "./carbon-link.ts";
import { linkDesigns, type ModelArchitecture } from "./design.ts";
import { type Ground, type GroundTask, groundOf } from "./ground.ts";
import {
  architectureLimits,
  type LimitResult,
  type LoadedModel,
  loadQuotas,
  type QuotaFigures,
  type QuotaNodes,
  quotaFigures,
} from "./limits.ts";
import { GROWING_MONTHS, type Values } from "./values.ts";

/** What is asked of a design: cost and carbon a month, and the load that it takes. */
export type DesignFigures = Pick<LimitResult, "capacity" | "disqualified"> & {
  /** USD */
  readonly cost: number;
  /** kg CO2e, central; null where the catalog knows no coefficients */
  readonly carbon: number | null;
};

/**
 * Many designs of one scenario, linked into one graph: a component, a sum and a limit that several have in common is
 * linked and computed once. The figures are those of `linkModel` and `runModel`, to the bit. A class because it keeps
 * what has been linked and computed.
 */
export class DesignBook {
  readonly #ground: Ground;
  readonly #load: number;
  readonly #carbon: () => CarbonLinker | undefined;
  readonly #specs = new Map<string, ResolvedComponent>();
  readonly #limits = new Map<string, QuotaFigures>();
  readonly #single: KeptValues;
  /** where data is kept for ever: one for each month of the first year */
  readonly #months: readonly KeptValues[];
  #spoilt = false;

  constructor(ground: Ground, load: number) {
    this.#ground = ground;
    this.#load = load;
    const { monthSeconds, linker } = ground;
    const graph = linker.builder.view();
    this.#single = new KeptValues(graph);
    this.#months = Array.from(
      { length: GROWING_MONTHS },
      (_, month) => new KeptValues(graph, new Map([["elapsed", (month + 0.5) * monthSeconds]])),
    );
    let opened: { readonly linker: CarbonLinker | undefined } | undefined;
    this.#carbon = () => {
      opened ??= { linker: carbonLinker({ ...ground, carbonDay: ground.asOf.carbon }) };
      return opened.linker;
    };
  }

  /** Undefined where the scenario is faulty even without its architectures: a model of it tells why. */
  static open(task: Omit<GroundTask, "problems" | "hours" | "variants">): DesignBook | undefined {
    const groundWith = (hours: boolean): Ground | undefined => {
      const problems = new Problems();
      const ground = groundOf({ ...task, problems, hours, variants: true });
      return problems.hasErrors ? undefined : ground;
    };
    const plain = groundWith(false);
    const ground = plain?.workload.asked.hours === true ? groundWith(true) : plain;
    return ground === undefined ? undefined : new DesignBook(ground, task.variant.load);
  }

  /** A fault lies in the graph, or it lacks the hours that a formula has asked for: no more designs can be added. */
  get spoilt(): boolean {
    return this.#spoilt;
  }

  /**
   * @param scenario may differ from that of the ground in its architectures, discounts, plans and free tier
   * @returns undefined where the design is faulty, and the book spoilt: a model of it tells why
   */
  figures(architecture: ResolvedArchitecture, scenario: Scenario): DesignFigures | undefined {
    const found = this.#found(architecture, scenario);
    this.#spoilt ||= found === undefined;
    return found;
  }

  #found(spec: ResolvedArchitecture, scenario: Scenario): DesignFigures | undefined {
    const ground = this.#ground;
    const { hours } = ground.workload.asked;
    const components = spec.components.map((component) => this.#known(component));
    const linked = linkDesigns([{ ...spec, components }], { ...ground, scenario }, this.#carbon);
    const architecture = linked?.architectures[0];
    if (linked === undefined || architecture === undefined || ground.workload.asked.hours !== hours) return undefined;
    const grows = architecture.components.some((component) => component.usesElapsed);
    const mean = this.#mean(grows);
    const { problems } = ground.linker;
    if (!checksHold([architecture], mean, problems) || !allFinite([architecture], mean, problems)) return undefined;
    const limits = this.#limitsOf(architecture, grows);
    if (problems.hasErrors) return undefined;
    const carbon = linked.carbon?.architectures.get(spec.name);
    return {
      cost: mean(architecture.cost),
      carbon: carbon === undefined ? null : mean(carbon.total),
      capacity: limits.capacity,
      disqualified: disqualifiersOf(architecture, mean, limits),
    };
  }

  /** The first component that says the same: what was linked of it is found again. */
  #known(component: ResolvedComponent): ResolvedComponent {
    const key = JSON.stringify([component.name, component.spec]);
    const known = this.#specs.get(key) ?? component;
    this.#specs.set(key, known);
    return known;
  }

  #mean(grows: boolean): Values {
    if (!grows) return (node) => this.#single.value(node);
    return (node) => this.#months.reduce((total, month) => total + month.value(node), 0) / GROWING_MONTHS;
  }

  #limitsOf(architecture: ModelArchitecture, grows: boolean): LimitResult {
    const { catalog, workload, linker, monthSeconds } = this.#ground;
    const model: LoadedModel = { graph: linker.builder.view(), grows, monthSeconds, load: this.#load, workload };
    const fresh = loadQuotas(architecture).filter((quota) => !this.#limits.has(keyOf(quota, grows)));
    quotaFigures(model, fresh).forEach((figures, at) => {
      const quota = fresh[at];
      if (quota !== undefined) this.#limits.set(keyOf(quota, grows), figures);
    });
    const figuresOf = (quota: QuotaNodes) => this.#limits.get(keyOf(quota, grows));
    return architectureLimits(architecture, {
      catalog,
      driver: workload.driver,
      figuresOf,
      problems: linker.problems,
    });
  }
}

/** Equal nodes have equal figures. */
function keyOf({ demand, existing, published, granted, parts }: QuotaNodes, grows: boolean): string {
  const each = parts.map((part) => `${part.component} ${part.demand} ${part.spans}`);
  return [grows, demand, existing, published, granted, ...each].join(" ");
}

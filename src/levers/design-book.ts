import { Problems } from "../diagnostic/diagnostic.ts";
import { allFinite, brokenChecks, checksHold, disqualifiersOf } from "../figures/base-case.ts";
import {
  architectureLimits,
  isAmount,
  isHard,
  type LimitResult,
  type LoadedModel,
  loadQuotas,
  type QuotaFigures,
  quotaFigures,
} from "../figures/limits.ts";
import { GROWING_MONTHS, type Values } from "../figures/values.ts";
import { KeptValues } from "../formula/kept-values.ts";
import { linkBill } from "../link/architecture.ts";
import { type CarbonLinker, carbonLinker } from "../link/carbon-link.ts";
import type { LinkedComponent } from "../link/component-task.ts";
import { linkDesigns } from "../link/design.ts";
import { type Ground, type GroundTask, groundOf } from "../link/ground.ts";
import { sum } from "../link/lines.ts";
import { designNodes } from "../link/nodes.ts";
import { fullestMonth } from "../link/season.ts";
import type { WorkloadScope } from "../link/workload.ts";
import type { ArchitectureNodes } from "../model/architecture-nodes.ts";
import type { DesignNodes } from "../model/lever-nodes.ts";
import type { QuotaNodes } from "../model/quota-nodes.ts";
import { isOver } from "../result/limit-words.ts";
import { specText } from "../scenario/overlay.ts";
import type { ResolvedArchitecture, ResolvedComponent, Scenario } from "../scenario/read.ts";

/** What is asked of a design: cost and carbon a month, and whether it can serve the load. */
export type DesignFigures = {
  /** USD */
  readonly cost: number;
  /** kg CO2e, central; null where the catalog knows no coefficients */
  readonly carbon: number | null;
  readonly feasible: boolean;
  /** which loads it takes, and why not this one: more work, done when it is asked for */
  readonly load: () => DesignLoad;
};

export type DesignLoad = Pick<LimitResult, "capacity" | "disqualified">;

/**
 * Many designs of one scenario, linked into one graph: a component, a sum and a limit that several have in common is
 * linked and computed once. The figures are those of `linkModel` and `resultOf`, to the bit. A class because it keeps
 * what has been linked and computed.
 */
export class DesignBook {
  readonly #ground: Ground;
  readonly #load: number;
  readonly #carbon: () => CarbonLinker | undefined;
  readonly #specs = new Map<string, ResolvedComponent>();
  readonly #limits = { growing: new Map<QuotaNodes, QuotaFigures>(), even: new Map<QuotaNodes, QuotaFigures>() };
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

  /** Undefined where the scenario is faulty even without its architectures: a model of it says why. */
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
   * @returns undefined where the design is faulty, and the book spoilt: a model of it says why
   */
  figures(architecture: ResolvedArchitecture, scenario: Scenario): DesignFigures | undefined {
    const found = this.#found(architecture, scenario);
    this.#spoilt ||= found === undefined;
    return found;
  }

  /**
   * USD a month alone, as `figures` has it, for a third of the work. What is no fault of components and prices is not
   * looked at: a design that has a cost here may have no figures.
   * @returns infinite where the design is faulty, undefined where it asks for hours that the graph lacks; both spoil the book
   */
  cost(architecture: ResolvedArchitecture, scenario: Scenario): number | undefined {
    const { linker, workload } = this.#ground;
    const { hours } = workload.asked;
    const { lines, components } = linkBill(this.#shared(architecture), { ...this.#ground, scenario });
    const effective = lines.map((line) => line.effective);
    const mean = this.#mean(grow(components, workload));
    this.#spoilt ||= linker.problems.hasErrors || workload.asked.hours !== hours;
    if (!this.#spoilt) return mean(sum(linker.builder, effective));
    return linker.problems.hasErrors ? Number.POSITIVE_INFINITY : undefined;
  }

  /** A design that has figures, as nodes; undefined where it is faulty, and the book spoilt. */
  nodes(spec: ResolvedArchitecture, scenario: Scenario): DesignNodes | undefined {
    const linked = this.#linked(spec, scenario);
    this.#spoilt ||= linked === undefined;
    if (linked === undefined) return undefined;
    const { architecture, grows } = linked;
    const { cost, checks } = architecture;
    const nodesOf = (levels: (level: string) => boolean): readonly number[] => [
      ...new Set(checks.filter(({ level }) => levels(level)).map(({ node }) => node)),
    ];
    return {
      graph: this.#ground.linker.builder.view(),
      grows,
      cost,
      legal: nodesOf((level) => level === "error"),
      offered: nodesOf((level) => level === "infeasible"),
      hard: loadQuotas(architecture)
        .filter(isHard)
        .map(({ demand, granted, factor }) => ({ demand, granted, factor })),
    };
  }

  #linked(spec: ResolvedArchitecture, scenario: Scenario) {
    const ground = this.#ground;
    const { hours } = ground.workload.asked;
    const linked = linkDesigns([this.#shared(spec)], { ...ground, scenario }, this.#carbon);
    const architecture = linked?.architectures[0];
    if (linked === undefined || architecture === undefined || ground.workload.asked.hours !== hours) return undefined;
    const { catalog, asOf } = ground;
    // Nobody looks at the prices of a design: its lines need no places in a price book.
    const task = { scenario, catalog, priceDay: asOf.prices, priceOf: () => -1, allowances: false };
    return {
      architecture: designNodes(architecture, task),
      grows: grow(architecture.components, ground.workload),
      carbon: linked.carbon?.architectures.get(spec.name),
    };
  }

  #found(spec: ResolvedArchitecture, scenario: Scenario): DesignFigures | undefined {
    const linked = this.#linked(spec, scenario);
    if (linked === undefined) return undefined;
    const { architecture, grows, carbon } = linked;
    const mean = this.#mean(grows);
    const { problems } = this.#ground.linker;
    if (!checksHold([architecture], mean, problems) || !allFinite([architecture], mean, problems)) return undefined;
    const at = this.#latest(grows);
    const quotas = loadQuotas(architecture);
    const amounts = quotas.flatMap(({ demand, existing, published, granted }) => [
      demand,
      existing,
      published,
      granted,
    ]);
    if (!amounts.every((node) => isAmount(at(node)))) return undefined;
    const exceeded = quotas.some((quota) => {
      const { factor } = quota;
      return isHard(quota) && isOver({ demand: at(quota.demand) / factor, granted: at(quota.granted) / factor });
    });
    return {
      cost: mean(architecture.cost),
      carbon: carbon === undefined ? null : mean(carbon.total),
      feasible: !exceeded && brokenChecks(architecture, mean).length === 0,
      load: () => {
        const limits = this.#limitsOf(architecture, grows);
        return { capacity: limits.capacity, disqualified: disqualifiersOf(architecture, mean, limits) };
      },
    };
  }

  /** Each component is the first one that says the same: what was linked of it is found again. */
  #shared(architecture: ResolvedArchitecture): ResolvedArchitecture {
    const components = architecture.components.map((component) => {
      const key = specText(component);
      const known = this.#specs.get(key) ?? component;
      this.#specs.set(key, known);
      return known;
    });
    return { ...architecture, components };
  }

  #mean(grows: boolean): Values {
    if (!grows) return (node) => this.#single.value(node);
    return (node) => this.#months.reduce((total, month) => total + month.value(node), 0) / GROWING_MONTHS;
  }

  /** Where months differ, the fullest counts against a quota. */
  #latest(grows: boolean): Values {
    const values = grows ? this.#months[fullestMonth(this.#ground.workload)] : undefined;
    return (node) => (values ?? this.#single).value(node);
  }

  #limitsOf(architecture: ArchitectureNodes, grows: boolean): LimitResult {
    const { workload, linker, monthSeconds } = this.#ground;
    const fullest = fullestMonth(workload);
    const model: LoadedModel = {
      graph: linker.builder.view(),
      grows,
      fullest,
      monthSeconds,
      load: this.#load,
      workload,
    };
    const known = grows ? this.#limits.growing : this.#limits.even;
    const fresh = loadQuotas(architecture).filter((quota) => !known.has(quota));
    quotaFigures(model, fresh).forEach((figures, at) => {
      const quota = fresh[at];
      if (quota !== undefined) known.set(quota, figures);
    });
    const figuresOf = (quota: QuotaNodes) => known.get(quota);
    return architectureLimits(architecture, {
      driver: workload.driver,
      figuresOf,
      problems: linker.problems,
    });
  }
}

/** Whether the months of the first year differ. */
function grow(components: readonly LinkedComponent[], { season }: WorkloadScope): boolean {
  return season !== undefined || components.some((component) => component.usesElapsed);
}

import type { Problems } from "../diagnostic/diagnostic.ts";
import { log10, pow } from "../formula/exact.ts";
import type { ArchitectureNodes } from "../model/architecture-nodes.ts";
import type { Model } from "../model/model.ts";
import type { LimitFigures, QuotaNodes } from "../model/quota-nodes.ts";
import { isOver, TOLERANCE } from "../result/limit-words.ts";
import { significant } from "../result/number.ts";
import type { ArchitectureResult, Limit, Raise } from "../result/schema.ts";
import { atDrivers, type Bound, bindingLoads, driverMoves, type Loadable } from "./capacity.ts";
import { disqualifier } from "./disqualifier.ts";

/** A model at some load, as far as limits look at it. */
export type LoadedModel = Loadable & {
  /** 1: the load of the scenario */
  readonly load: number;
  readonly workload: { readonly driverNode: number };
};

/** What of an architecture's result says how much load it can take. */
export type LimitResult = Pick<
  ArchitectureResult,
  "limits" | "capacity" | "raises" | "first_hit" | "feasible" | "disqualified"
>;

/** Quotas of every architecture: demand at the load, the load at which each binds, raises, and what is hard. */
export function limitsOf(model: Model, problems: Problems): ReadonlyMap<string, LimitResult> {
  const quotas = model.architectures.flatMap(loadQuotas);
  const figures = quotaFigures(model, quotas);
  const found = new Map(quotas.map((quota, i) => [quota, figures[i]]));
  const task = {
    driver: model.workload.driver,
    figuresOf: (quota: QuotaNodes) => found.get(quota),
    problems,
  };
  return new Map(model.architectures.map((each) => [each.name, architectureLimits(each, task)]));
}

/** Quotas that limit how large a load may be. A ramp limits how fast it may come: the simulation looks at it. */
export function loadQuotas({ quotas }: Pick<ArchitectureNodes, "quotas">): readonly QuotaNodes[] {
  return quotas.filter(({ words }) => words.kind !== "ramp");
}

export type LimitsTask = {
  readonly driver: string;
  readonly figuresOf: (quota: QuotaNodes) => QuotaFigures | undefined;
  /** reported of figures that are none */
  readonly problems: Problems;
};

/** Limits of one architecture from the figures of its quotas. */
export function architectureLimits(architecture: ArchitectureNodes, task: LimitsTask): LimitResult {
  const { driver, figuresOf, problems } = task;
  const limits = loadQuotas(architecture).flatMap((quota) => {
    const found = figuresOf(quota);
    if (found === undefined || !isFine(found, quota, architecture, problems)) return [];
    return [{ ...quota.words, ...limitFigures(quota, found) }];
  });
  return limitResult(toldApart(limits), driver);
}

export type QuotaFigures = {
  /** base units, at the load of the run */
  readonly demand: number;
  readonly existing: number;
  readonly published: number;
  readonly granted: number;
  /** the component with the greatest demand */
  readonly worst: QuotaNodes["parts"][number] | undefined;
  readonly spans: number | undefined;
  readonly bindsPublished: Limit["binds_at"];
  readonly bindsGranted: Limit["binds_at"];
};

/** Demand, values and binding loads of quotas, in their order. */
export function quotaFigures(model: LoadedModel, quotas: readonly QuotaNodes[]): readonly QuotaFigures[] {
  const partNodes = quotas.flatMap(({ parts }) =>
    parts.flatMap(({ demand, spans }) => [demand, ...(spans === undefined ? [] : [spans])]),
  );
  const nodes = quotas.flatMap(({ demand, existing, published, granted }) => [demand, existing, published, granted]);
  const wanted = [...new Set([model.workload.driverNode, ...nodes, ...partNodes])];
  const columns = atDrivers(model, wanted, undefined);
  const at = new Map(wanted.map((node, i) => [node, columns[i]?.[0] ?? Number.NaN]));
  const value = (node: number): number => at.get(node) ?? Number.NaN;
  const today = value(model.workload.driverNode);
  const bounds = quotas.flatMap((quota): Bound[] => [
    { demand: quota.demand, value: quota.published },
    { demand: quota.demand, value: quota.granted },
  ]);
  const loads = today > 0 && driverMoves(model) ? bindingLoads(model, bounds, today) : undefined;
  // A share is one of the load that the scenario expects, whatever part of it this run looks at.
  const expected = today / model.load;
  const binding = (index: number): Limit["binds_at"] => {
    const units = loads?.[index];
    return units === undefined ? null : { units, share: units / expected };
  };
  return quotas.map((quota, i) => {
    const worst = quota.parts.reduce<QuotaNodes["parts"][number] | undefined>(
      (most, part) => (most === undefined || value(part.demand) > value(most.demand) ? part : most),
      undefined,
    );
    return {
      demand: value(quota.demand),
      existing: value(quota.existing),
      published: value(quota.published),
      granted: value(quota.granted),
      worst,
      spans: worst?.spans === undefined ? undefined : value(worst.spans),
      bindsPublished: binding(2 * i),
      bindsGranted: binding(2 * i + 1),
    };
  });
}

/** Whether a figure is one that a quota or a demand may have. */
export function isAmount(figure: number): boolean {
  return Number.isFinite(figure) && figure >= 0;
}

/** A demand that is no number or negative is an error with a name and a place, never a figure. */
function isFine(
  found: QuotaFigures,
  { words }: QuotaNodes,
  architecture: ArchitectureNodes,
  problems: Problems,
): boolean {
  if ([found.demand, found.existing, found.published, found.granted].every(isAmount)) return true;
  const place = architecture.components.find(({ name }) => name === found.worst?.component)?.place;
  const { title, quota } = words;
  const message = `${architecture.name}: what counts against "${title}" (${quota}), or its value, is negative or not a finite number`;
  problems.error("not-finite", message, place);
  return false;
}

/** What of a limit depends on figures. */
function limitFigures({ parts, factor, words }: QuotaNodes, found: QuotaFigures): LimitFigures {
  return {
    components: isAccountWide(words.scope) ? parts.map(({ component }) => component) : [found.worst?.component ?? ""],
    demand: found.demand / factor,
    existing: found.existing / factor,
    value: found.published / factor,
    granted: found.granted / factor,
    binds_at: found.bindsPublished,
    binds_at_granted: found.bindsGranted,
    headroom: found.granted > 0 ? 1 - found.demand / found.granted : null,
    restart_after:
      found.spans === undefined || found.spans === 0 || found.demand === 0
        ? null
        : (found.spans * found.granted) / found.demand,
  };
}

/** Whether everything of an account counts against one quota. */
function isAccountWide(scope: Limit["scope"]): boolean {
  return scope === "account-region" || scope === "account";
}

/** A quota that counts in several accounts or regions says in its title which one each is. */
function toldApart(limits: readonly Limit[]): Limit[] {
  return limits.map((limit) => {
    const alike = limits.filter(({ quota, scope }) => quota === limit.quota && isAccountWide(scope));
    const differs = (key: "region" | "account"): boolean => alike.some((other) => other[key] !== limit[key]);
    const where = [
      ...(differs("account") ? [limit.account ?? "without an account"] : []),
      ...(differs("region") ? [limit.region] : []),
    ];
    // In front: a narrow table cuts the end of a title.
    return where.length === 0 ? limit : { ...limit, title: `${where.join(", ")}: ${limit.title}` };
  });
}

/** What limits say together of an architecture, hit first standing first. */
function limitResult(unsorted: readonly Limit[], driver: string): LimitResult {
  const limits = [...unsorted].sort(byBinding);
  const hard = limits.filter(isHardLimit);
  const first = limits.find(({ binds_at_granted: at }) => at !== null);
  const disqualified = hard.filter(isOver).map((limit) => disqualifier(limit, driver));
  return {
    limits,
    capacity: {
      default: least(limits, (limit) => limit.binds_at),
      granted: least(limits, (limit) => limit.binds_at_granted),
      hard: least(hard, (limit) => limit.binds_at_granted),
    },
    raises: raisesOf(limits),
    first_hit: first?.quota ?? null,
    feasible: disqualified.length === 0,
    disqualified,
  };
}

function isHardLimit(limit: Pick<Limit, "adjustable" | "effect" | "scope">): boolean {
  return !limit.adjustable && stops(limit);
}

/** Whether no request raises a quota and more than it cannot be served. */
export function isHard({ words }: Pick<QuotaNodes, "words">): boolean {
  return isHardLimit(words);
}

/** What is to be known of a limit to ask for more of it. */
export type Raisable = Pick<
  Limit,
  | "quota"
  | "title"
  | "code"
  | "region"
  | "account"
  | "unit"
  | "adjustable"
  | "raised_through"
  | "effect"
  | "demand"
  | "granted"
>;

/** What is to be asked for, hit first standing first. A quota that follows another is raised by raising that one. */
export function raisesOf(limits: readonly Raisable[]): Raise[] {
  const needs = new Map<Raisable, number>();
  // What scales by itself is no quota that one asks to have raised.
  for (const limit of limits.filter((each) => each.adjustable && each.effect !== "slow" && isOver(each))) {
    const { region, account, raised_through: through, demand, granted } = limit;
    const leader = limits.find(
      (other) => through[0] === other.quota && other.region === region && other.account === account,
    );
    // Followers are multiples of the quota that they follow ("10 * concurrent_executions"); of 0 there is no raising one.
    const followed = leader === undefined ? Number.NaN : (leader.granted * demand) / granted;
    const follows = leader !== undefined && Number.isFinite(followed);
    const need = follows ? followed : demand;
    const target = follows ? leader : limit;
    needs.set(target, Math.max(need, needs.get(target) ?? need));
  }
  return [...needs].map(([{ quota, title, code, region, unit, granted, raised_through: through }, need]) => {
    return { quota, title, code, region, unit, from: granted, to: roundedUp(need), through };
  });
}

/**
 * Whether more than the quota cannot be served. What is slowed is served once the service has scaled, and what waits
 * inside one execution makes that execution longer: only waiting that is shared grows without end.
 */
function stops({ effect, scope }: Pick<Limit, "effect" | "scope">): boolean {
  return effect === "reject" || effect === "fail" || (effect === "delay" && scope !== "execution");
}

/** Hit first stands first, as granted and then as published; what never binds stands last, nearest to its quota first. */
function byBinding(a: Limit, b: Limit): number {
  const load = (at: Limit["binds_at"]): number => at?.units ?? Number.MAX_VALUE;
  const room = ({ headroom }: Limit): number => headroom ?? 1;
  return (
    load(a.binds_at_granted) - load(b.binds_at_granted) || load(a.binds_at) - load(b.binds_at) || room(a) - room(b)
  );
}

function least(limits: readonly Limit[], at: (limit: Limit) => Limit["binds_at"]): LimitResult["capacity"]["default"] {
  let best: LimitResult["capacity"]["default"] = null;
  for (const limit of limits) {
    const binding = at(limit);
    if (binding !== null && (best === null || binding.units < best.units)) best = { ...binding, quota: limit.quota };
  }
  return best;
}

/** Two significant digits, never less than asked: what one would write into a request. */
function roundedUp(x: number): number {
  if (!(x > 0)) return x;
  const near = significant(x, 2);
  if (near >= x * (1 - TOLERANCE)) return near;
  const step = pow(10, Math.floor(log10(x)) - 1);
  return Math.min(significant(near + step, 2), Number.MAX_VALUE);
}

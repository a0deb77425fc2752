import { atDrivers, bindingLoads, driverMoves } from "../../figures/capacity.ts";
import { valuesOf } from "../../figures/values.ts";
import type { ArchitectureNodes } from "../../model/architecture-nodes.ts";
import type { Model } from "../../model/model.ts";
import type { QuotaNodes } from "../../model/quota-nodes.ts";
import type { OpenLimit } from "./open-work.ts";
import type { Stage } from "./stage.ts";

export type Stages = {
  /** units of work a second at the expected load */
  readonly throughput: number;
  readonly stages: readonly Stage[];
  readonly open: OpenLimit | undefined;
};

type Seen = {
  readonly quota: QuotaNodes;
  /** units of work a second at the expected peak, and what counts for one of them there */
  readonly peak: number;
  readonly perUnit: number;
  readonly granted: number;
  readonly bucket: number;
  /** units of work a second at which the quota is used up; 0: at no work at all */
  readonly rate: number;
  readonly holds: number | undefined;
  readonly order: number;
};

const RATES = ["token_bucket", "concurrency", "rate_per_scope", "ramp"];

/**
 * The quotas of an architecture as stages of a simulation, in the order in which work meets them: by component, and
 * within a service first what turns work away, then what lets it wait. How much work a quota lets pass is read from the
 * graph, as a run does: what does not grow with the load stays.
 */
export function stagesOf(model: Model, architecture: ArchitectureNodes): Stages {
  const { workload, graph, monthSeconds } = model;
  const nodes = architecture.quotas.flatMap((quota) => [
    quota.demand,
    quota.existing,
    quota.granted,
    quota.grantedBucket ?? quota.granted,
    ...(quota.holds === undefined ? [] : [quota.holds]),
  ]);
  const { month } = valuesOf(model, [workload.work.node, workload.driverNode, ...nodes]);
  // Where months differ, the fullest is looked at.
  const value = (node: number): number => month(node, model.fullest);
  const throughput = value(workload.work.node) / monthSeconds;
  const peak = throughput * Math.max(...graph.curve.weight);
  const order = architecture.components.map((component) => component.name);
  const looked = architecture.quotas.filter(
    ({ words, onExceed }) => RATES.includes(words.kind) && words.scope !== "execution" && onExceed !== "fail",
  );
  const shares = bindingShares(model, looked, value(workload.driverNode));
  const seen = looked
    .map((quota, i): Seen => {
      const bucket = quota.grantedBucket === undefined ? 0 : value(quota.grantedBucket);
      const granted = value(quota.granted) - value(quota.existing);
      const perUnit = (value(quota.demand) - value(quota.existing)) / peak;
      return {
        quota,
        peak,
        perUnit,
        granted,
        bucket,
        rate:
          shares === undefined || quota.words.kind === "ramp" ? granted / perUnit : peak * (shares[i] ?? Number.NaN),
        holds: quota.holds === undefined ? undefined : value(quota.holds),
        order: Math.min(...quota.parts.map((part) => order.indexOf(part.component))),
      };
    })
    .filter(({ perUnit, granted }) => perUnit > 0 && granted >= 0);
  const found = openLimit(seen);
  const others = seen.filter(({ quota }) => quota.words.quota !== found?.quota.words.quota);
  const rank = (effect: string): number => (effect === "delay" ? 1 : 0);
  others.sort((a, b) => a.order - b.order || rank(a.quota.onExceed) - rank(b.quota.onExceed));
  // What the service turns away was never open: the limit stands behind its admission, where its work first waits.
  const first = others.findIndex(({ quota: { service, onExceed } }) => {
    return service === found?.quota.service && onExceed === "delay";
  });
  const open = found === undefined ? undefined : { ...found.limit, after: Math.max(0, first) };
  return { throughput, open, stages: others.map((one) => stageOf(one, seen)) };
}

/** Shares of today's work at which quotas are used up; undefined where the load cannot be moved. */
function bindingShares(model: Model, quotas: readonly QuotaNodes[], today: number): readonly number[] | undefined {
  if (!(today > 0) || !driverMoves(model)) return undefined;
  const bounds = quotas.map(({ demand, granted }) => ({ demand, value: granted }));
  const loads = bindingLoads(model, bounds, today);
  const [work] = atDrivers(model, [model.workload.work.node], [today, ...loads.map((load) => load ?? today)]);
  const now = work?.[0] ?? Number.NaN;
  return loads.map((load, i) => {
    if (load === undefined) return Number.MAX_VALUE;
    return load === 0 ? 0 : (work?.[i + 1] ?? Number.NaN) / now;
  });
}

/** Seconds in which a service scales when it slows its callers down: its documents say minutes, the figure is assumed. */
const DOUBLING = 600;

function stageOf(one: Seen, all: readonly Seen[]): Stage {
  const { quota, perUnit, granted, bucket, rate } = one;
  const { quota: id, title, kind } = quota.words;
  const effect = quota.onExceed === "delay" ? "delay" : "reject";
  const holding = kind === "concurrency" || kind === "ramp" ? holdingOf(one, all) : undefined;
  const held = holding === undefined ? {} : { holding };
  if (kind === "ramp") {
    const grows = { bucket: bucket / perUnit, growth: rate, ...held };
    return { id, title, rate: Number.MAX_VALUE, effect: "reject", ...grows };
  }
  // What is wanted without any work is more than is granted: the part of it that is there carries its part of the work.
  if (rate === 0 && granted > 0) {
    const passes = Math.min(1, granted / (perUnit * one.peak));
    return { id, title, rate: Number.MAX_VALUE, bucket: 0, effect, passes };
  }
  if (kind === "token_bucket") return { id, title, rate, bucket: bucket / perUnit, effect };
  if (quota.onExceed === "slow") return { id, title, rate, bucket: 0, effect, doubling: DOUBLING };
  return { id, title, rate, bucket: 0, effect, ...held };
}

/** As the data say, else Little's law: slots in use over the calls a second that the same service counts; undefined where it counts none. */
function holdingOf({ quota, perUnit, holds }: Seen, all: readonly Seen[]): number | undefined {
  if (holds !== undefined) return holds > 0 ? holds : undefined;
  const components = quota.parts.map(({ component }) => component).join();
  const calls = all.find(
    (other) =>
      other.quota.service === quota.service &&
      other.quota.words.kind === "rate_per_scope" &&
      other.quota.parts.map(({ component }) => component).join() === components,
  );
  return calls === undefined ? undefined : perUnit / calls.perUnit;
}

/**
 * A quota on what is open at once, in a service whose work can wait inside it: backlog counts against it. How many
 * executions a unit of work opens is what the service's own admission counts.
 */
function openLimit(seen: readonly Seen[]): { readonly quota: QuotaNodes; readonly limit: OpenLimit } | undefined {
  for (const { quota, perUnit, granted } of seen) {
    if (quota.words.kind !== "concurrency") continue;
    const same = seen.filter(
      (other) => other.quota.service === quota.service && other.quota.words.kind === "token_bucket",
    );
    const admission = same.find((other) => other.quota.onExceed === "reject");
    if (admission === undefined || !same.some((other) => other.quota.onExceed === "delay")) continue;
    const { quota: id, title } = quota.words;
    const duration = perUnit / admission.perUnit;
    return { quota, limit: { id, title, limit: granted, perUnit: admission.perUnit, duration } };
  }
  return undefined;
}

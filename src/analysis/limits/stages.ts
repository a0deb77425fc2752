import { valuesOf } from "../../figures/values.ts";
import type { ModelArchitecture } from "../../link/design.ts";
import type { Model } from "../../model/model.ts";
import type { OpenLimit } from "./open-work.ts";
import type { Stage } from "./stage.ts";

export type Stages = {
  /** units of work a second at the expected load */
  readonly throughput: number;
  readonly stages: readonly Stage[];
  readonly open: OpenLimit | undefined;
};

type Quota = ModelArchitecture["quotas"][number];
type Seen = {
  readonly quota: Quota;
  readonly perUnit: number;
  readonly granted: number;
  readonly bucket: number;
  readonly order: number;
};

const RATES = ["token_bucket", "concurrency", "rate_per_scope", "ramp"];

/**
 * The quotas of an architecture as stages of a simulation, in the order in which work meets them: by component, and
 * within a service first what turns work away, then what lets it wait. What counts against a quota is taken in
 * proportion to the work, at the expected load.
 */
export function stagesOf(model: Model, architecture: ModelArchitecture): Stages {
  const { workload, graph, monthSeconds } = model;
  const nodes = architecture.quotas.flatMap((quota) => [
    quota.demand,
    quota.existing,
    quota.granted,
    quota.grantedBucket ?? quota.granted,
  ]);
  const { mean } = valuesOf(model, [workload.work.node, ...nodes]);
  const throughput = mean(workload.work.node) / monthSeconds;
  const peak = throughput * Math.max(...graph.curve.weight);
  const order = architecture.components.map((component) => component.name);
  const seen = architecture.quotas
    .filter(({ quota }) => RATES.includes(quota.kind) && quota.scope !== "execution" && quota.on_exceed !== "fail")
    .map((quota): Seen => {
      const bucket = quota.grantedBucket === undefined ? 0 : mean(quota.grantedBucket);
      const granted = mean(quota.granted) - mean(quota.existing);
      const perUnit = (mean(quota.demand) - mean(quota.existing)) / peak;
      return {
        quota,
        perUnit,
        granted,
        bucket,
        order: Math.min(...quota.parts.map((part) => order.indexOf(part.component))),
      };
    })
    .filter(({ perUnit, granted }) => perUnit > 0 && granted >= 0);
  const found = openLimit(seen);
  const others = seen.filter(({ quota }) => quota.id !== found?.quota.id);
  const rank = (effect: string): number => (effect === "delay" ? 1 : 0);
  others.sort((a, b) => a.order - b.order || rank(a.quota.quota.on_exceed) - rank(b.quota.quota.on_exceed));
  // What the service turns away was never open: the limit stands behind its admission, where its work first waits.
  const first = others.findIndex(({ quota: { service, quota } }) => {
    return service === found?.quota.service && quota.on_exceed === "delay";
  });
  const open = found === undefined ? undefined : { ...found.limit, after: Math.max(0, first) };
  return { throughput, open, stages: others.map((one) => stageOf(one, seen)) };
}

/** Seconds in which a service scales when it slows its callers down: its documents say minutes, the figure is assumed. */
const DOUBLING = 600;

function stageOf({ quota, perUnit, granted, bucket }: Seen, all: readonly Seen[]): Stage {
  const { id, quota: spec } = quota;
  const { title } = spec;
  const effect = spec.on_exceed === "delay" ? "delay" : "reject";
  const rate = granted / perUnit;
  if (spec.kind === "ramp")
    return { id, title, rate: Number.MAX_VALUE, bucket: bucket / perUnit, effect: "reject", growth: rate };
  if (spec.kind === "token_bucket") return { id, title, rate, bucket: bucket / perUnit, effect };
  if (spec.on_exceed === "slow") return { id, title, rate, bucket: 0, effect, doubling: DOUBLING };
  const holding = spec.kind === "concurrency" ? holdingOf({ quota, perUnit }, all) : undefined;
  return { id, title, rate, bucket: 0, effect, ...(holding === undefined ? {} : { holding }) };
}

/** Little's law: slots in use over the calls a second that the same service counts; undefined where it counts none. */
function holdingOf({ quota, perUnit }: Pick<Seen, "quota" | "perUnit">, all: readonly Seen[]): number | undefined {
  const components = quota.parts.map(({ component }) => component).join();
  const calls = all.find(
    (other) =>
      other.quota.service === quota.service &&
      other.quota.quota.kind === "rate_per_scope" &&
      other.quota.parts.map(({ component }) => component).join() === components,
  );
  return calls === undefined ? undefined : perUnit / calls.perUnit;
}

/**
 * A quota on what is open at once, in a service whose work can wait inside it: backlog counts against it. How many
 * executions a unit of work opens is what the service's own admission counts.
 */
function openLimit(seen: readonly Seen[]): { readonly quota: Quota; readonly limit: OpenLimit } | undefined {
  for (const { quota, perUnit, granted } of seen) {
    if (quota.quota.kind !== "concurrency") continue;
    const same = seen.filter(
      (other) => other.quota.service === quota.service && other.quota.quota.kind === "token_bucket",
    );
    const admission = same.find((other) => other.quota.quota.on_exceed === "reject");
    if (admission === undefined || !same.some((other) => other.quota.quota.on_exceed === "delay")) continue;
    const { id } = quota;
    const { title } = quota.quota;
    const duration = perUnit / admission.perUnit;
    return { quota, limit: { id, title, limit: granted, perUnit: admission.perUnit, duration } };
  }
  return undefined;
}

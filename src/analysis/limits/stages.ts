import type { Model, ModelArchitecture } from "../../model/model.ts";
import { valuesOf } from "../../model/values.ts";
import type { OpenLimit, Stage } from "./simulate.ts";

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
  const open = openLimit(seen);
  const others = seen.filter(({ quota }) => quota.id !== open?.id);
  const rank = (effect: string): number => (effect === "delay" ? 1 : 0);
  others.sort((a, b) => a.order - b.order || rank(a.quota.quota.on_exceed) - rank(b.quota.quota.on_exceed));
  return { throughput, open, stages: others.map(stageOf) };
}

function stageOf({ quota, perUnit, granted, bucket }: Seen): Stage {
  if (quota.quota.kind === "ramp") {
    const growth = granted / perUnit;
    const {
      id,
      quota: { title },
    } = quota;
    return { id, title, rate: Number.MAX_VALUE, bucket: bucket / perUnit, effect: "reject", growth };
  }
  return {
    id: quota.id,
    title: quota.quota.title,
    rate: granted / perUnit,
    bucket: quota.quota.kind === "token_bucket" ? bucket / perUnit : 0,
    effect: quota.quota.on_exceed === "delay" ? "delay" : "reject",
  };
}

/**
 * A quota on what is open at once, in a service whose work can wait inside it: backlog counts against it. How many
 * executions a unit of work opens is what the service's own admission counts.
 */
function openLimit(seen: readonly Seen[]): OpenLimit | undefined {
  for (const { quota, perUnit, granted } of seen) {
    if (quota.quota.kind !== "concurrency") continue;
    const same = seen.filter(
      (other) => other.quota.service === quota.service && other.quota.quota.kind === "token_bucket",
    );
    const admission = same.find((other) => other.quota.quota.on_exceed === "reject");
    if (admission === undefined || !same.some((other) => other.quota.quota.on_exceed === "delay")) continue;
    return {
      id: quota.id,
      title: quota.quota.title,
      limit: granted,
      perUnit: admission.perUnit,
      duration: perUnit / admission.perUnit,
    };
  }
  return undefined;
}

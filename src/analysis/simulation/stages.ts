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
export function stagesOf(model: Model, architecture: ArchitectureNodes): Stages {
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
    .filter(({ words, onExceed }) => RATES.includes(words.kind) && words.scope !== "execution" && onExceed !== "fail")
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

/** Seconds in which a service scales when it slows its callers down: its documents say minutes, the figure is assumed. */
const DOUBLING = 600;

function stageOf({ quota, perUnit, granted, bucket }: Seen, all: readonly Seen[]): Stage {
  const { quota: id, title, kind } = quota.words;
  const effect = quota.onExceed === "delay" ? "delay" : "reject";
  const rate = granted / perUnit;
  if (kind === "ramp")
    return { id, title, rate: Number.MAX_VALUE, bucket: bucket / perUnit, effect: "reject", growth: rate };
  if (kind === "token_bucket") return { id, title, rate, bucket: bucket / perUnit, effect };
  if (quota.onExceed === "slow") return { id, title, rate, bucket: 0, effect, doubling: DOUBLING };
  const holding = kind === "concurrency" ? holdingOf({ quota, perUnit }, all) : undefined;
  return { id, title, rate, bucket: 0, effect, ...(holding === undefined ? {} : { holding }) };
}

/** Little's law: slots in use over the calls a second that the same service counts; undefined where it counts none. */
function holdingOf({ quota, perUnit }: Pick<Seen, "quota" | "perUnit">, all: readonly Seen[]): number | undefined {
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

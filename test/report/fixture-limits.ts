// The quotas of the hand-written result: one hard, some adjustable, one granted, one from memory, one that never binds.
import type { ArchitectureResult, Limit } from "../../src/result/schema.ts";

type Limits = Pick<ArchitectureResult, "limits" | "capacity" | "raises" | "first_hit">;

function limit(fields: Partial<Limit> & Pick<Limit, "quota" | "title" | "demand" | "value">): Limit {
  return {
    code: null,
    kind: "concurrency",
    scope: "account-region",
    region: "us-east-1",
    account: null,
    components: ["fleet"],
    unit: "item",
    existing: 0,
    granted: fields.value,
    adjustable: true,
    raised_through: [],
    effect: "reject",
    behaviour: null,
    as_of: "2022-06-28",
    assumed: false,
    evidence: "doc2022",
    source: "AWS service quotas",
    source_url: "https://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html",
    binds_at: null,
    binds_at_granted: null,
    headroom: 1 - fields.demand / fields.value,
    restart_after: null,
    ...fields,
  };
}

const at = (units: number) => ({ units, share: units / 2000 });

export const microservicesLimits: Limits = {
  limits: [
    limit({
      quota: "aws/step-functions-standard/state_transition",
      title: "State transitions",
      kind: "token_bucket",
      unit: "transition/s",
      demand: 30_000,
      value: 1500,
      adjustable: false,
      effect: "delay",
      behaviour: "the next state waits",
      components: ["orchestrator"],
      binds_at: at(100),
      binds_at_granted: at(100),
    }),
    limit({
      quota: "aws/lambda/concurrent_executions",
      title: "Concurrent executions",
      code: "L-B99A9384",
      unit: "execution",
      demand: 3900,
      value: 1000,
      assumed: true,
      components: ["detect"],
      binds_at: at(512.8205),
      binds_at_granted: at(512.8205),
    }),
    limit({
      quota: "aws/step-functions-standard/history_events",
      title: "Events in one history",
      kind: "count",
      scope: "execution",
      unit: "event",
      demand: 91,
      value: 25_000,
      adjustable: false,
      effect: "fail",
      components: ["orchestrator"],
      restart_after: 274.725,
    }),
  ],
  capacity: {
    default: { ...at(100), quota: "aws/step-functions-standard/state_transition" },
    granted: { ...at(100), quota: "aws/step-functions-standard/state_transition" },
    hard: { ...at(100), quota: "aws/step-functions-standard/state_transition" },
  },
  raises: [
    {
      quota: "aws/lambda/concurrent_executions",
      title: "Concurrent executions",
      code: "L-B99A9384",
      region: "us-east-1",
      unit: "execution",
      from: 1000,
      to: 3900,
      through: [],
    },
  ],
  first_hit: "aws/step-functions-standard/state_transition",
};

export const monolithLimits: Limits = {
  limits: [
    limit({
      quota: "aws/ec2/standard_vcpu",
      title: "Running vCPUs",
      code: "L-1216C47A",
      demand: 4800,
      value: 5,
      granted: 6000,
      evidence: "recall",
      binds_at: at(0),
      binds_at_granted: at(2500),
      headroom: 0.2,
    }),
  ],
  capacity: {
    default: { ...at(0), quota: "aws/ec2/standard_vcpu" },
    granted: { ...at(2500), quota: "aws/ec2/standard_vcpu" },
    hard: null,
  },
  raises: [],
  first_hit: "aws/ec2/standard_vcpu",
};

/** A service whose quotas nobody knows. */
export const apprunnerLimits: Limits = {
  limits: [],
  capacity: { default: null, granted: null, hard: null },
  raises: [],
  first_hit: null,
};

/** What `archcost init` asks for. */
export type Answers = {
  readonly name: string;
  /** what one piece of work is, e.g. order */
  readonly unit: string;
  readonly perDay: number;
  readonly calls: number;
  readonly region: string;
  readonly database: Database;
  /** besides production */
  readonly environments: readonly string[];
  readonly accounts: boolean;
  /** a plan of pricing/aws/support, or none */
  readonly support: string;
  /** code and units for one USD; undefined: US dollars alone */
  readonly currency: { readonly code: string; readonly rate: number } | undefined;
  readonly today: string;
};

export const DATABASES = ["aurora", "aurora-serverless", "rds", "dynamodb", "none"] as const;
export type Database = (typeof DATABASES)[number];

export const PLANS = ["none", "business-support-plus", "enterprise", "developer", "business"] as const;

/** A commented scenario of what was answered: functions against containers, with environments, accounts and overheads. */
export function scenarioText(answers: Answers): string {
  const { name, unit, perDay, calls, region, today } = answers;
  const driver = `${identifier(unit)}s_per_day`;
  const parts = [
    `# Written by archcost init on ${today}. Everything is yours to change; run it with: archcost run THIS_FILE`,
    "# Values are numbers, literals with units (90 ms, 512 MB, 60%) or formulas over variables.",
    `scenario: ${quoted(name)}`,
    "question: Functions or containers, and what do all environments cost together?",
    `region: ${region}`,
    `as_of: ${today}`,
    ...(region === "us-east-1"
      ? []
      : [`assume_prices_from: { ${region}: us-east-1 }   # where a price of the region is not known`]),
    "",
    "workload:",
    `  unit: ${quoted(unit)}`,
    `  driver: ${driver}                     # what "load" scales`,
    `  throughput: ${driver} / 1 day`,
    `  report_per: { unit: ${quoted(`1000 ${unit}s`)}, count: 1000 }`,
    "  curve:                               # 24 hours, 7 weekdays, the peak within an hour",
    "    hours: [2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 11, 12, 12, 11, 11, 12, 13, 15, 18, 20, 19, 15, 9, 4]",
    "    burst: 3",
    "    reason: to be measured",
    "",
    "variables:                             # what is not known for sure has a range and a reason",
    `  ${driver}: ${ranged(perDay, perDay / 3, perDay * 3)}`,
    `  calls: ${ranged(calls, calls / 2, calls * 2)}`,
    ...VARIABLES,
    "",
    ...environmentText(answers),
    ...overheadText(answers),
    "current: containers",
    "architectures:",
    "  containers:",
    "    components:",
    "      balancer: { service: aws/alb, requests: calls, data: calls * answer_size }",
    "      app:",
    "        service: aws/ecs-fargate",
    '        tasks: "max(2, ceil(throughput * calls / (calls_per_task / 1 s)))"   # two zones, so never fewer than two',
    "        cpu: 1 vCPU",
    "        memory: 2 GB",
    ...databaseText(answers.database),
    "      nat: { service: aws/nat-gateway, zones: 2, data: 10 KB }",
    "      addresses: { service: aws/public-ipv4, addresses: 4 }",
    "      internet: { service: aws/data-transfer-internet, data: calls * answer_size }",
    "      logs: { service: aws/cloudwatch-logs, ingested: calls * log_size, kept: 30 days }",
    "      alarms: { service: aws/cloudwatch-metrics, metrics: 20, alarms: 10 }",
    "      images: { service: aws/ecr, storage: 5 GB }",
    "      keys: { service: aws/kms, keys: 2, requests: 1 }",
    "    omit: { backups: to be decided }",
    "  functions:",
    "    extends: containers                # the same but for what is said here; null takes a component away",
    "    components:",
    "      balancer: null",
    "      images: null",
    "      gateway: { service: aws/api-gateway-http, requests: calls, request_size: answer_size }",
    "      app: { service: aws/lambda, called_by: gateway, invocations: calls, duration: call_time, memory: 512 MB }",
    ...(answers.database === "dynamodb" || answers.database === "none"
      ? ["      nat: null", "      addresses: null"]
      : []),
  ];
  return `${parts.join("\n")}\n`;
}

const VARIABLES = [
  "  call_time: { value: 90 ms, low: 40 ms, high: 250 ms, status: assumed, reason: to be measured }",
  "  answer_size: { value: 8 KB, low: 2 KB, high: 40 KB, status: assumed, reason: to be measured }",
  "  log_size: { value: 1.2 KB, low: 0.4 KB, high: 5 KB, status: assumed, reason: to be measured }",
  '  calls_per_task: { value: 40, low: 15, high: 100, status: assumed, reason: "calls a second that a task carries" }',
];

function ranged(value: number, low: number, high: number): string {
  const shown = [value, low, high].map((x) => Number(x.toPrecision(2)));
  return `{ value: ${value}, low: ${Math.min(value, shown[1] ?? value)}, high: ${Math.max(value, shown[2] ?? value)}, status: assumed, reason: to be measured }`;
}

function environmentText({ environments, accounts }: Answers): readonly string[] {
  if (environments.length === 0) return [];
  const own = environments.map(
    (name) => `  ${name}: { load: 5%, schedule: weekdays 8..18, min_copies: 1, reason: to be checked }`,
  );
  const others = environments.join(", ");
  return [
    "environments:                          # each has every component, at its share of the load",
    "  production: {}",
    ...own,
    "",
    ...(accounts
      ? [
          "accounts:                              # tiers of prices pool over all of them, quotas are each account's own",
          "  production-account: { environments: [production] }",
          `  development-account: { environments: [${others}] }`,
          "",
        ]
      : []),
  ];
}

function overheadText({ support, currency, today }: Answers): readonly string[] {
  if (support === "none" && currency === undefined) return [];
  return [
    "overheads:                             # a second total beside the cost, never in it",
    ...(support === "none" ? [] : [`  support: { plan: ${support} }`]),
    ...(currency === undefined
      ? []
      : [
          `  currency: { code: ${currency.code}, rate: ${currency.rate}, date: ${today}, source: as answered to archcost init }`,
        ]),
    "",
  ];
}

function databaseText(database: Database): readonly string[] {
  switch (database) {
    case "aurora":
      return [
        "      database: { service: aws/aurora, instance: db.r6g.large, instances: 2, storage: 100 GB, ios: calls * 5 }",
      ];
    case "aurora-serverless":
      return [
        "      database:                        # half a capacity unit at least, one for 30 calls a second",
        "        { service: aws/aurora, instance: db.serverless, instances: 2, acus: throughput * calls / (30 / 1 s), storage: 100 GB, ios: calls * 5 }",
      ];
    case "rds":
      return ["      database: { service: aws/rds, deployment: multi_az, instance: db.r6g.large, storage: 100 GB }"];
    case "dynamodb":
      return ["      table: { service: aws/dynamodb-on-demand, reads: calls * 2, writes: 4, storage: 20 GB }"];
    case "none":
      return [];
    default:
      return database satisfies never;
  }
}

/** A word that formulas can use. */
function identifier(text: string): string {
  const word = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "");
  return (word === "" ? "unit" : word).slice(0, 40);
}

/** Text as YAML: JSON's strings are YAML's. */
function quoted(text: string): string {
  // Some words are no text in YAML.
  const isText = /^[A-Za-z][A-Za-z0-9 ]*$/.test(text) && !/^(?:null|true|false|yes|no|on|off|[yn])$/i.test(text);
  return isText ? text : JSON.stringify(text);
}

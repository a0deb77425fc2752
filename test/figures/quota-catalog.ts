// A made-up provider whose one service meets a quota of every sort, laid over the built-in prices.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Result } from "../../src/result/schema.ts";
import { runText } from "../run.ts";

const FILES: Readonly<Record<string, string>> = {
  "acme/regions.yaml": `
source: made-up
regions:
  west: { title: West, groups: [large] }
  east: { title: East }
`,
  "acme/sources.yaml": `made-up: { title: A made-up page, url: "https://example.org/quotas" }\n`,
  "acme/worker/rates/global.yaml": `
service: acme/worker
region: global
defaults: { from: 2020-01-01, source: made-up, retrieved: 2026-01-01 }
rates: { calls: { unit: request, price: "0.001" }, fee: { unit: h, price: "1" } }
`,
  "acme/worker/service.yaml": `
service: acme/worker
title: Worker
focus: { ServiceName: Worker, ServiceCategory: Compute }
parameters:
  calls: { default: 1, doc: calls per unit of work }
  duration: { unit: s, default: 1 s, doc: length of a call }
  size: { unit: MB, default: 1 MB, doc: size of a message }
  machine_size: { default: 1, doc: units of work a second that a machine takes }
  fee: { default: 0, doc: fixed fees an hour }
  kept: { unit: s, default: 0 s, forever: true, doc: time for which a result is kept }
  mode: { one_of: [plain, turbo], default: plain, doc: d }
let: { called: throughput * calls }
meters:
  calls: { title: Calls, flow: called, unit: request, role: work }
  fee: { title: Fee, flow: fee, unit: h, role: overhead }
  kept: { title: Kept results, flow: throughput * kept, unit: h, rate: fee, role: storage }
quotas:
  rate: { demand: called }
  concurrency: { demand: called * duration }
  follower: { demand: called, when: mode == turbo }
  message: { demand: size, spans: duration }
  machines: { demand: ceil(throughput / (machine_size / 1 s)) }
  per_copy: { demand: called }
  drains: { demand: called * duration, when: mode == turbo }
`,
  "acme/worker/quotas.yaml": `
service: acme/worker
quotas:
  rate:
    title: Calls a second
    kind: token_bucket
    unit: request
    scope: account-region
    adjustable: true
    code: Q-RATE
    on_exceed: reject
    retrieved: 2026-01-01
    values:
      - { from: 2022-01-01, value: 100, bucket: 500, regions: { large: { value: 1000, bucket: 5000 } }, source: made-up }
      - { from: 2025-01-01, value: 200, bucket: 500, regions: { large: { value: 2000, bucket: 5000 } }, source: made-up, evidence: recall }
  concurrency: { title: Calls at a time, kind: concurrency, unit: execution, scope: account-region, adjustable: true, on_exceed: delay, retrieved: 2026-01-01, values: [{ from: 2024-01-01, value: 4000, source: made-up }] }
  follower: { title: A tenth of the calls at a time, kind: rate_per_scope, unit: request/s, scope: account-region, adjustable: false, on_exceed: reject, retrieved: 2026-01-01, values: [{ from: 2024-01-01, value: 0.1 * concurrency, source: made-up }] }
  message: { title: Size of a message, kind: size, unit: MB, scope: execution, adjustable: false, on_exceed: fail, retrieved: 2026-01-01, values: [{ from: 2024-01-01, value: 256, source: made-up }] }
  machines: { title: Machines, kind: concurrency, unit: item, scope: account, adjustable: true, on_exceed: reject, retrieved: 2026-01-01, values: [{ from: 2024-01-01, value: 100000, source: made-up }] }
  per_copy: { title: Calls of a copy, kind: rate_per_scope, unit: request, scope: component, adjustable: true, on_exceed: slow, retrieved: 2026-01-01, values: [{ from: 2024-01-01, value: 50000, source: made-up }] }
  drains: { title: Drains, kind: concurrency, unit: request, scope: component, adjustable: true, on_exceed: none, retrieved: 2026-01-01, values: [{ from: 2024-01-01, value: 1, source: made-up }] }
`,
};

/** Runs a scenario with the made-up provider at hand. */
export async function runWithQuotas(text: string, argv: readonly string[] = []): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "archcost-quotas-"));
  try {
    for (const [path, content] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return await runText(text, ["--pricing", folder, ...argv]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export type Parts = {
  /** architectures as YAML flow maps: name -> components */
  readonly architectures: Readonly<Record<string, string>>;
  readonly top?: string;
  readonly region?: string;
  readonly quotaDay?: string;
  readonly users?: number;
  readonly curve?: string;
};

/** A scenario in which each user is one unit of work a second. */
export function scenario({
  architectures,
  top = "",
  region = "west",
  quotaDay = "2026-01-01",
  users = 500,
  curve,
}: Parts): string {
  return [
    "scenario: quotas",
    `region: ${region}`,
    `as_of: { prices: 2026-01-01, quotas: ${quotaDay} }`,
    `workload: { unit: job, driver: users, throughput: users / 1 s${curve === undefined ? "" : `, curve: ${curve}`} }`,
    `variables: { users: ${users} }`,
    top,
    "architectures:",
    ...Object.entries(architectures).map(([name, components]) => `  ${name}: { components: ${components} }`),
  ].join("\n");
}

// What a component is set to is a limit of the design, beside the provider's quotas.
import { describe, expect, test } from "vitest";
import type { ArchitectureResult } from "../../src/result/schema.ts";
import { archcost, runText, withFile } from "../run.ts";

const setting = (architecture: ArchitectureResult | undefined, name: string) =>
  architecture?.limits.find(({ quota, scope }) => quota === name && scope === "setting");

const TABLE = `
scenario: a table
region: us-east-1
as_of: 2026-11-23
workload: { unit: write, driver: writes_per_hour, throughput: writes_per_hour / 1 h }
variables: { writes_per_hour: 9000 }
architectures:
  on_demand:
    components: { table: { service: aws/dynamodb-on-demand, reads: 0, writes: 1, storage: 0 GB } }
  provisioned:
    components: { table: { service: aws/dynamodb-provisioned, reads: 0, writes: 1, write_capacity: 10, storage: 0 GB } }
`;

describe("capacity that somebody bought", () => {
  test("is a limit that no quota increase lifts: 10 writes a second are 36,000 an hour, 4 times today's 9,000", async () => {
    const { architectures } = await runText(TABLE);
    const { limits, capacity, feasible } = architectures["provisioned"] ?? { limits: [] };
    expect(feasible).toBe(true);
    expect(capacity?.hard?.units).toBeCloseTo(36_000, 6);
    expect(capacity?.hard?.share).toBeCloseTo(4, 9);
    const found = setting(architectures["provisioned"], "table/write_capacity");
    expect(found).toMatchObject({ demand: 2.5, granted: 10, adjustable: false, source: "your own setting" });
    // Nobody said a read capacity: it follows the load.
    expect(limits.some(({ quota }) => quota === "table/read_capacity")).toBe(false);
  });

  test("above it the design is ruled out, and says by which setting", async () => {
    const { comparison, architectures } = await runText(TABLE, ["--set", "writes_per_hour=40000"]);
    expect(comparison.cheapest).toBe("on_demand");
    expect(architectures["provisioned"]?.disqualified[0]).toMatch(
      /at most 10 units\/s by your own setting; the load needs 11\.1/,
    );
  });

  test("ends its interval in the break-even", async () => {
    const { stdout } = await withFile(TABLE, (file) => archcost(["breakeven", file, "--format", "json"]));
    const { intervals } = JSON.parse(stdout) as { intervals: { from: number; begins: string; cheapest: string }[] };
    const last = intervals.at(-1);
    expect(last).toMatchObject({ cheapest: "on_demand", begins: "limit" });
    expect(last?.from).toBeCloseTo(36_000, 3);
  });

  test("stands in the tables for people and in simulate", async () => {
    await withFile(TABLE, async (file) => {
      const run = await archcost(["run", file]);
      expect(run.stdout).toMatch(/400 % +table: Provisioned write cap.*2\.5 of 10 units\/s rejected, your setting/);
      const { stdout } = await archcost(["simulate", file, "-a", "provisioned", "--step", "800%", "--for", "1h"]);
      expect(stdout).toMatch(/table: Provisioned write… +0 s, 800 %/);
    });
  });

  test("in hours of its own it is looked at in each: 5 of 2.5 at night is room for twice the load, 10 by day for four times", async () => {
    const scheduled = TABLE.replace("write_capacity: 10", `write_capacity: "if(hour < 8, 5, 10)"`);
    const { architectures } = await runText(scheduled);
    expect(architectures["provisioned"]?.capacity.hard?.share).toBeCloseTo(2, 9);
  });
});

const POOL = `
scenario: one pool
region: us-east-1
as_of: 2026-11-23
workload: { unit: request, driver: requests_per_second, throughput: requests_per_second / 1 s }
variables: { requests_per_second: 10 }
architectures:
  one:
    components:
      api: { service: aws/lambda, duration: 500 ms, memory: 512 MB }
      worker: { service: aws/lambda, invocations: 0.1, duration: 20 s, memory: 1 GB, LIMIT }
    omit: { logs: left out }
`;
const pool = (limit: string): string => POOL.replace("LIMIT", limit);
const POOLED = "aws/lambda/concurrent_executions";

describe("concurrency of a function", () => {
  // api: 10 x 0.5 s = 5 at once; worker: 1 x 20 s = 20 at once
  test("a trigger's maximum caps what counts in the account's pool, and the rest waits", async () => {
    const { architectures } = await runText(pool("max_concurrency: 8"));
    const one = architectures["one"];
    expect(one?.limits.find(({ quota }) => quota === POOLED)?.demand).toBeCloseTo(13, 9);
    expect(setting(one, "worker/max_concurrency")).toMatchObject({ granted: 8, effect: "delay" });
    expect(setting(one, "worker/max_concurrency")?.demand).toBeCloseTo(20, 9);
    expect(one?.capacity.hard?.share).toBeCloseTo(0.4, 9);
    expect(one?.raises).toEqual([]);
  });

  test("a reservation counts in the pool whether used or not", async () => {
    const { architectures } = await runText(pool("reserved_concurrency: 50"));
    const one = architectures["one"];
    expect(one?.limits.find(({ quota }) => quota === POOLED)?.demand).toBeCloseTo(55, 9);
    expect(setting(one, "worker/reserved_concurrency")?.binds_at?.share).toBeCloseTo(2.5, 9);
  });

  test("without either nothing is capped", async () => {
    const { architectures } = await runText(pool("architecture: arm64"));
    expect(architectures["one"]?.limits.some(({ scope }) => scope === "setting")).toBe(false);
    expect(architectures["one"]?.limits.find(({ quota }) => quota === POOLED)?.demand).toBeCloseTo(25, 9);
  });
});

const FLEET = `
scenario: a fleet
region: us-east-1
as_of: 2026-11-23
workload: { unit: request, driver: requests_per_second, throughput: requests_per_second / 1 s }
variables: { requests_per_second: 100 }
architectures:
  own:
    components:
      tasks: { service: aws/ecs-fargate, cpu: 1 vCPU, memory: 2 GB, TASKS }
      database: { service: aws/rds, instance: db.r6g.large, storage: 100 GB }
    omit: &left { logs: left out, load-balancer: left out, data-transfer: left out, container-registry: left out, public-ipv4: left out, backups: left out, metrics: left out }
  functions:
    components: { jobs: { service: aws/lambda, duration: 50 ms, memory: 512 MB } }
    omit: *left
`;

describe("machines of one size", () => {
  test("a number of tasks times what one carries is a limit: 6 x 40 a second are 240", async () => {
    const { architectures } = await runText(FLEET.replace("TASKS", "tasks: 6, carries: 40"));
    expect(architectures["own"]?.capacity.hard?.units).toBeCloseTo(240, 9);
    expect(architectures["own"]?.first_hit).toBe("tasks/carries");
  });

  test("tasks that follow what one carries have no limit of their own", async () => {
    const follows = "tasks: ceil(throughput / (40 / 1 s)), carries: 40";
    const { architectures } = await runText(FLEET.replace("TASKS", follows));
    expect(setting(architectures["own"], "tasks/carries")?.binds_at).toBeNull();
  });

  test("the break-even says what has the same size at 16 times the load", async () => {
    const follows = FLEET.replace("TASKS", "tasks: ceil(throughput / (40 / 1 s))");
    await withFile(follows, async (file) => {
      const { stdout } = await archcost(["breakeven", file, "--format", "json"]);
      expect(JSON.parse(stdout)).toMatchObject({ fixed: [{ architecture: "own", components: ["database"] }] });
      expect((await archcost(["breakeven", file])).stdout).toMatch(
        /size does not follow the load[^.]*: database\s+\(own\)/,
      );
    });
    await withFile(FLEET.replace("TASKS", "tasks: 6"), async (file) => {
      const { stdout } = await archcost(["breakeven", file, "--format", "json"]);
      expect(JSON.parse(stdout)).toMatchObject({ fixed: [{ architecture: "own", components: ["tasks", "database"] }] });
    });
  });
});

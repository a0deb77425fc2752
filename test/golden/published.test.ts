// Published figures through real scenario files; where a source's own arithmetic is wrong, that we differ, and why.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { resultSchema } from "../../src/result/schema.ts";
import { archcost, withFile } from "../run.ts";

const caseSchema = z.strictObject({
  id: z.string(),
  source: z.string(),
  as_of: z.string().default("2026-11-23"),
  free_tier: z.boolean().default(false),
  prices: z.record(z.string(), z.record(z.string(), z.tuple([z.string(), z.string()]))).optional(),
  work: z.number().default(1),
  components: z.record(z.string(), z.record(z.string(), z.unknown())),
  meter: z.string().optional(),
  published: z.string(),
  expect: z.string(),
  why: z.string().optional(),
});
const cases = z.array(caseSchema).parse(parse(readFileSync("test/golden/published.yaml", "utf8")));

async function cost(example: z.infer<typeof caseSchema>): Promise<number> {
  const text = stringify({
    scenario: example.id,
    region: "us-east-1",
    as_of: example.as_of,
    catalog: "./prices",
    ...(example.free_tier ? { existing: { free_tier: "unused" } } : {}),
    workload: { unit: "unit", driver: "units", throughput: "units / 1 month" },
    variables: { units: example.work },
    architectures: { only: { components: example.components } },
  });
  return withFile(text, async (file) => {
    const folder = join(file, "..", "prices");
    mkdirSync(folder);
    for (const [service, rates] of Object.entries(example.prices ?? {})) {
      mkdirSync(join(folder, service, "rates"), { recursive: true });
      const dated = Object.entries(rates).map(([key, [unit, price]]) => [
        key,
        { from: example.as_of, unit, price, source: "https://example.org", retrieved: "2026-11-23" },
      ]);
      writeFileSync(
        join(folder, service, "rates", "us-east-1.yaml"),
        stringify({ service, region: "us-east-1", rates: Object.fromEntries(dated) }),
      );
    }
    const ran = await archcost(["run", file, "--format", "json"]);
    if (ran.code !== 0) throw new Error(ran.stderr);
    const lines = resultSchema.parse(JSON.parse(ran.stdout)).architectures["only"]?.line_items ?? [];
    return lines
      .filter((line) => example.meter === undefined || line.x_Meter === example.meter)
      .reduce((sum, line) => sum + line.EffectiveCost, 0);
  });
}

function printed(value: number, like: string): string {
  const places = like.split(".")[1]?.length ?? 0;
  return (Math.round(value * 10 ** places + Number.EPSILON * value) / 10 ** places).toFixed(places);
}

describe.each(cases)("$id", (example) => {
  test(`costs ${example.expect}`, async () => {
    expect(printed(await cost(example), example.expect)).toBe(example.expect);
  });
});

const wrong = cases.filter((example) => example.published !== example.expect);

test.each(wrong)("$id is not $published: $why", async (example) => {
  expect(example.why).toBeDefined();
  expect(printed(await cost(example), example.published)).not.toBe(example.published);
});

test("a function costs more a second than an instance or a Fargate task of its size (published: 0.411 and 0.478 of it)", async () => {
  const perSecond = async (component: Record<string, unknown>, meters: readonly string[]) => {
    let sum = 0;
    for (const meter of meters) {
      sum += await cost({
        id: "ubc",
        source: "",
        as_of: "2026-11-23",
        free_tier: false,
        work: 1,
        components: { c: component },
        meter,
        published: "",
        expect: "",
      });
    }
    return sum;
  };
  const seconds = 730 * 3600;
  // the paper adds a gigabyte of disk for a month of 720 h to each of the two
  const disk = 0.08 / (720 * 3600);
  const lambda = await perSecond({ service: "aws/lambda", duration: "1 s", memory: "1769 MB", architecture: "arm64" }, [
    "compute",
  ]);
  const fargate =
    (await perSecond({ service: "aws/ecs-fargate", tasks: 1, cpu: "1 vCPU", memory: "2 GB", architecture: "arm64" }, [
      "vcpu",
      "memory",
    ])) /
      seconds +
    disk;
  const ec2 = (await perSecond({ service: "aws/ec2", instance: "c6g.medium" }, ["hours"])) / seconds + disk;
  expect(Math.abs(lambda / 2.3034e-5 - 1)).toBeLessThan(1e-4);
  expect(Math.abs(fargate / lambda - 0.478)).toBeLessThan(5e-4);
  expect(Math.abs(ec2 / lambda - 0.411)).toBeLessThan(5e-4);
});

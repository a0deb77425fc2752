// What every service folder must have; prices themselves are checked by `archcost prices verify`.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { casesSchema, serviceSchema } from "../../src/catalog/schema.ts";

const ROOT = "pricing/aws";
const services = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, entry.name, "service.yaml")))
  .map((entry) => entry.name);

test("services of the first list are there", () => {
  expect(services).toEqual(
    expect.arrayContaining([
      "step-functions-standard",
      "step-functions-express",
      "lambda",
      "s3",
      "ecs-fargate",
      "ecs-ec2",
      "ec2",
      "app-runner",
      "cloudwatch-logs",
    ]),
  );
  expect(services.length).toBeGreaterThanOrEqual(35);
});

describe.each(services)("%s", (name) => {
  const service = serviceSchema.parse(parse(readFileSync(join(ROOT, name, "service.yaml"), "utf8")));
  const priced = Object.keys(service.meters).length > 0;

  test("is named after its folder", () => expect(service.service).toBe(`aws/${name}`));

  test("has published examples, unless it has no meter", () => {
    const file = join(ROOT, name, "cases.yaml");
    expect(existsSync(file)).toBe(priced);
    if (priced) expect(casesSchema.parse(parse(readFileSync(file, "utf8"))).cases.length).toBeGreaterThan(0);
  });

  test("rates name the service and their region", () => {
    for (const file of existsSync(join(ROOT, name, "rates")) ? readdirSync(join(ROOT, name, "rates")) : []) {
      const rates = parse(readFileSync(join(ROOT, name, "rates", file), "utf8")) as { service: string; region: string };
      expect([rates.service, `${rates.region}.yaml`]).toEqual([`aws/${name}`, file]);
    }
  });
});

test("the instance table has at least sixty types", () => {
  const table = parse(readFileSync(join(ROOT, "tables", "instances.yaml"), "utf8")) as {
    rows: Record<string, unknown>;
  };
  expect(Object.keys(table.rows).length).toBeGreaterThanOrEqual(60);
});

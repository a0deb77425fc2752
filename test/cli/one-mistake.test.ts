// One mistake, one message: whatever is wrong with one value of a component, nothing that rests on it complains too.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { casesSchema, serviceSchema } from "../../src/catalog/schema.ts";
import { archcost, withFile } from "../run.ts";

const AWS = join(import.meta.dirname, "../../pricing/aws");

/** A published case of each service: a component without a fault. */
const services = readdirSync(AWS).flatMap((folder) => {
  const read = (file: string) => parse(readFileSync(join(AWS, folder, file), "utf8"));
  try {
    const [first] = casesSchema.parse(read("cases.yaml")).cases;
    return first === undefined
      ? []
      : [{ id: `aws/${folder}`, ...first, service: serviceSchema.parse(read("service.yaml")) }];
  } catch {
    return [];
  }
});

function scenario(id: string, region: string, asOf: string | undefined, component: Record<string, unknown>): string {
  return stringify({
    scenario: "One mistake",
    region,
    ...(asOf === undefined ? {} : { as_of: asOf }),
    workload: { unit: "month", driver: "works", throughput: "works / 1 month" },
    variables: { works: 1 },
    architectures: { one: { components: { part: { service: id, ...component } } } },
  });
}

/** Values that no parameter can have: a word that nobody knows, a unit of another kind, nothing to count. */
const WRONG = ["nosuchword", "1 kg", -1, 0];

test.each(services)("$id", async ({ id, region, as_of: asOf, parameters, service }) => {
  const bad: string[] = [];
  for (const name of Object.keys(service.parameters)) {
    for (const wrong of WRONG) {
      const text = scenario(id, region, asOf, { ...parameters, [name]: wrong });
      const { code, stderr } = await withFile(text, (file) => archcost(["run", file, "--format", "json", "--quiet"]));
      const messages = stderr.match(/error: .*/g) ?? [];
      if (code !== 0 && (messages.length !== 1 || code !== 2 || /pricing\/|\{/.test(messages.join())))
        bad.push(`${name}: ${wrong}: ${stderr}`);
    }
  }
  expect(bad).toEqual([]);
});

const HINTS: readonly (readonly [string, string, string])[] = [
  ["service: aws/rds, engine: postgres, instance: db.m6g.large, storage: 200 GB", "", 'did you mean "postgresql"?'],
  ["service: rds, engine: postgresql, instance: db.m6g.large, storage: 200 GB", "", 'did you mean "aws/rds"?'],
  ["service: Amazon DynamoDB", "", 'did you mean "aws/dynamodb-on-demand" or "aws/dynamodb-provisioned"?'],
  ["service: aws/ec2, instance: m3.medium, instances: 2", "", "docs/pricing.md"],
  ["service: aws/elasticache, node: cache.m6g.large, nodes: 2", "", 'did you mean "node_type"?'],
  ["service: aws/ecs-fargate, tasks: 2, memory: 2 GB, size: 1", "", 'it needs "cpu"'],
  ["service: aws/rds, engine: oracle-se2, instance: db.t3.large, storage: 200 GB", "", "Oracle"],
  ["service: aws/lambda, duration: 100 ms", "bodies=2", "variables: bills"],
  ["service: aws/lambda, duration: 100 ms", "bils=2", 'did you mean "bills"?'],
  ["service: aws/waf, rules: 3, body: 8 KB", "body=2", "variables: { body: ... }"],
  ["service: aws/waf, rules: 3, body: 8 KB", "part.body=2", "variables: { body: ... }"],
];

test.each(HINTS)("one hint: %s %s", async (component, set, hint) => {
  const text = `scenario: One hint
region: us-east-1
workload: { unit: bill, driver: bills, throughput: bills / 1 month }
variables: { bills: 1 }
architectures: { one: { components: { part: { ${component} } } } }
`;
  const options = set === "" ? [] : ["--set", set];
  const { code, stderr } = await withFile(text, (file) => archcost(["run", file, ...options]));
  expect({ code, errors: stderr.match(/error: /g)?.length }).toEqual({ code: 2, errors: 1 });
  expect(stderr).toContain(hint);
});

// docs/components.md is made from the schema that `archcost schema component` prints. To make it again: npx vitest run test/health/reference -u
import { expect, test } from "vitest";
import { COMPONENT_KEYS } from "../../src/scenario/component-keys.ts";
import { archcost } from "../run.ts";

type Schema = {
  readonly type?: string;
  readonly description?: string;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};

async function schema(what: string): Promise<Schema> {
  const ran = await archcost(["schema", what]);
  expect(ran.stderr).toBe("");
  return JSON.parse(ran.stdout);
}

/** How a value is written, in words. */
function valueWords(spec: Schema): string {
  const kinds = (spec.anyOf ?? [spec]).filter(({ type }) => type !== "null");
  const inner = kinds.flatMap((kind) => kind.anyOf ?? [kind]);
  const types = new Set(inner.map(({ type }) => type));
  if (types.has("object")) return "keys, see below";
  if (types.has("array")) return "name or list of names";
  return types.has("number") ? "number, literal with unit, or formula" : "text";
}

function table(properties: Readonly<Record<string, Schema>>): string {
  const rows = Object.entries(properties).map(
    ([key, spec]) => `| \`${key}\` | ${valueWords(spec)} | ${spec.description ?? ""} |`,
  );
  return ["| key | value | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

test("the reference page of component keys is what the schema says", async () => {
  const properties = (await schema("component")).properties ?? {};
  const actual = properties["actual"]?.anyOf?.find(({ type }) => type === "object")?.properties ?? {};
  const page = `# Keys of a component

Every component of an architecture may have these keys, whatever its service. All other keys are parameters of the service:
\`archcost schema aws/lambda\` lists those of AWS Lambda with their units, and \`archcost schema component\` prints this page as a
JSON Schema. A key with the value \`null\` removes what is inherited by \`extends\`.

${table(properties)}

## \`actual\`

${table(actual)}

Formulas use the variables of the scenario. Units follow a number: \`512 MB\`, \`1000 MiBps\`, \`0.25 request/s\`, \`20 M\`, \`70%\`.
`;
  await expect(page).toMatchFileSnapshot("../../docs/components.md");
});

test("every key has a meaning, and the schemas of scenarios and services have all of them", async () => {
  const properties = (await schema("component")).properties ?? {};
  expect(Object.keys(properties).sort()).toEqual([...COMPONENT_KEYS].sort());
  for (const [key, spec] of Object.entries(properties)) expect(spec.description, key).toMatch(/\S/);
  const lambda = (await schema("aws/lambda")).properties ?? {};
  expect(Object.keys(lambda)).toEqual(expect.arrayContaining([...COMPONENT_KEYS, "memory", "duration"]));
  const scenario = JSON.stringify(await schema("scenario"));
  for (const { description } of Object.values(properties))
    expect(scenario.includes(JSON.stringify(description)), description).toBe(true);
  expect(properties["count"]?.description).toContain("each sees the load divided by count");
});

test("a key that was renamed is answered with what to write now", async () => {
  const { withFile } = await import("../run.ts");
  const text = `scenario: Old words
region: us-east-1
as_of: 2026-11-23
workload: { unit: job, driver: jobs, throughput: jobs / 1 month }
variables: { jobs: 1 }
architectures:
  one: { components: { cluster: { service: aws/eks, support: extended, instance: m5.large, pods: 0, pod_cpu: 0.25 vCPU, pod_memory: 512 MB } } }
`;
  const old = await withFile(text, (file) => archcost(["run", file]));
  expect(old.code).toBe(2);
  expect(old.stderr).toContain("hint: it is now called extended_support: write extended_support: year1");
  const now = await withFile(text.replace("support: extended", "extended_support: year1"), (file) =>
    archcost(["run", file]),
  );
  expect(now.code).toBe(0);
});

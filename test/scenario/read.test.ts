import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Problems } from "../../src/diagnostic/diagnostic.ts";
import { mergeSpecs } from "../../src/scenario/merge-specs.ts";
import { readScenario, type Scenario } from "../../src/scenario/read.ts";

const HEAD = `scenario: Orders
region: eu-central-1
workload: { unit: order, driver: orders, throughput: orders / 1 day }
variables: { orders: 1000 }
`;
const BASE = `${HEAD}architectures:
  base:
    title: The base
    note: as published
    region: us-east-1
    components:
      api: { service: aws/lambda, duration: 100 ms, memory: 1 GB, actual: { cost: 5, month: 2026-10, source: bill } }
      queue: { service: aws/sqs, messages: 2 }
      store: { service: aws/s3, puts: 1 }
    omit: { logs: not published, alarms: nor these }
`;

function read(text: string): Scenario {
  const problems = new Problems();
  const scenario = readScenario("a.yaml", text, problems);
  expect(problems.list).toEqual([]);
  if (scenario === undefined) throw new Error("nothing was read");
  return scenario;
}

function codes(text: string): readonly string[] {
  const problems = new Problems();
  const scenario = readScenario("a.yaml", text, problems);
  expect(problems.hasErrors || scenario !== undefined).toBe(true);
  return problems.list.map(({ code }) => code);
}

function architecture(own: string) {
  const scenario = read(`${BASE}  own:\n    extends: base\n${own.replaceAll(/^/gm, "    ")}\n`);
  const found = scenario.architectures.get("own");
  if (found === undefined) throw new Error("no architecture");
  const written = (component: string, key?: string): string => {
    const path = found.components.find(({ name }) => name === component)?.path(key) ?? [];
    const { span } = scenario.source.place(path);
    return scenario.source.text.slice(span.start, span.end);
  };
  const specs = Object.fromEntries(found.components.map(({ name, spec }) => [name, { ...spec }]));
  return { ...found, specs, written };
}

test("a component inherits, overrides and removes keys, and knows where each was written", () => {
  const { specs, components, written } = architecture(
    "components:\n  api: { duration: 50 ms, memory: null }\n  cache: { service: aws/elasticache }",
  );
  expect(components.map(({ name }) => name)).toEqual(["api", "queue", "store", "cache"]);
  expect(specs["api"]).toEqual({
    service: "aws/lambda",
    duration: "50 ms",
    actual: { cost: 5, month: "2026-10", source: "bill" },
  });
  expect(written("api", "duration")).toBe("50 ms");
  expect(written("api", "service")).toBe("aws/lambda");
  expect(written("api", "attempts")).toBe("{ duration: 50 ms, memory: null }");
  expect(written("queue")).toBe("{ service: aws/sqs, messages: 2 }");
});

test.each([
  {
    own: "{ service: aws/fargate, cpu: 1 }",
    spec: { service: "aws/fargate", cpu: 1 },
    why: "another service replaces the component whole",
  },
  {
    own: "{ service: aws/sqs, batch: 5 }",
    spec: { service: "aws/sqs", messages: 2, batch: 5 },
    why: "the same service said again merges",
  },
  { own: "{ batch: 5 }", spec: { service: "aws/sqs", messages: 2, batch: 5 }, why: "no service merges" },
])("$own: $why", ({ own, spec }) => expect(architecture(`components: { queue: ${own} }`).specs["queue"]).toEqual(spec));

test("null removes a component; omit merges; the region is inherited, title and note are not", () => {
  expect(architecture("components: { api: { actual: null } }").specs["api"]).not.toHaveProperty("actual");
  const own = architecture("components: { queue: null }\nomit: { logs: null, metrics: none }");
  expect(own.components.map(({ name }) => name)).toEqual(["api", "store"]);
  expect(own.omit).toEqual({ alarms: "nor these", metrics: "none" });
  expect([own.title, own.note, own.region]).toEqual(["own", undefined, "us-east-1"]);
});

test("extends may point forward and go several steps; architectures keep the order of the file", () => {
  const { architectures } = read(`${HEAD}architectures:
  c: { extends: b, components: { x: { p: 3 } } }
  b: { extends: a, components: { x: { q: 2 } } }
  a: { components: { x: { service: aws/sqs, p: 1 } } }
`);
  expect([...architectures.keys()]).toEqual(["c", "b", "a"]);
  expect({ ...architectures.get("c")?.components[0]?.spec }).toEqual({ service: "aws/sqs", p: 3, q: 2 });
});

test("an alias may repeat a component, and places lead to where it was written", () => {
  const { source, architectures } = read(`${HEAD}architectures:
  a: { components: { x: &x { service: aws/sqs, p: 1 }, y: { <<: *x, p: 2 } } }
`);
  const y = architectures.get("a")?.components[1];
  expect({ ...y?.spec }).toEqual({ service: "aws/sqs", p: 2 });
  expect(source.place(y?.path("service") ?? []).span.start).toBe(source.text.indexOf("aws/sqs"));
});

const extended = (...rest: readonly string[]) => `${BASE}${rest.map((line) => `  ${line}\n`).join("")}`;

test.each([
  { text: extended("x: { extends: bse }"), codes: ["unknown-architecture"], why: "no such base" },
  { text: extended("x: { extends: x }"), codes: ["cycle"], why: "itself" },
  {
    text: extended("x: { extends: y }", "y: { extends: z }", "z: { extends: y }"),
    codes: ["cycle"],
    why: "one circle is told once",
  },
  {
    text: extended("x: { extends: base, components: { quue: null } }"),
    codes: ["nothing-to-remove"],
    why: "no such component",
  },
  {
    text: extended("x: { extends: base, components: { api: { durtion: null } } }"),
    codes: ["nothing-to-remove"],
    why: "no such key",
  },
  {
    text: extended("x: { extends: base, omit: { lgs: null } }"),
    codes: ["nothing-to-remove"],
    why: "no such companion",
  },
  {
    text: extended("x: { components: { api: null } }"),
    codes: ["empty-value", "no-components"],
    why: "nothing is inherited",
  },
  {
    text: extended("x: { extends: base, components: { apis: { duration: 1 ms } } }"),
    codes: ["no-service"],
    why: "a misspelt component is a new one without a service",
  },
  {
    text: extended("x: { extends: base, components: { api: null, queue: null, store: null } }"),
    codes: ["no-components"],
    why: "all removed",
  },
])("$codes: $why", ({ text, codes: expected }) => expect(codes(text)).toEqual(expected));

test("too much inheritance is refused: it multiplies what a small file holds", () => {
  const many = Array.from({ length: 101 }, (_, at) => `a${at}: { extends: base }`);
  expect(codes(extended(...many))).toEqual(["too-many"]);
  const components = Array.from({ length: 1001 }, (_, at) => `c${at}: { service: aws/sqs }`);
  expect(codes(extended(`x: { components: { ${components.join(", ")} } }`))).toEqual(["too-many"]);
});

test("an unknown key does not hide what else is wrong", () => {
  const text = BASE.replace("region: eu", "reigon: x\nregion: eu").replace("1000 }", "{ value: 1000, low: 1 } }");
  expect(codes(`${text}current: bas\n`)).toEqual(["unknown-key", "half-range", "unknown-architecture"]);
});

test("the parts of a scenario have no prototype that a name could reach", () => {
  const { architectures } = read(BASE);
  expect("constructor" in (architectures.get("base")?.components[0]?.spec ?? {})).toBe(false);
});

const key = fc.constantFrom("a", "b", "c");
const spec = fc.letrec<{ spec: Record<string, unknown>; value: unknown }>((tie) => ({
  spec: fc.dictionary(key, tie("value"), { maxKeys: 3 }),
  value: fc.oneof({ maxDepth: 3 }, fc.integer(), fc.constant([1, null]), tie("spec")),
}));

test("merging: nothing over a spec is that spec, a spec over itself too, and the later one wins", () => {
  fc.assert(
    fc.property(spec.spec, spec.spec, (base, later) => {
      expect(mergeSpecs(base, {})).toEqual(base);
      expect(mergeSpecs(base, base)).toEqual(base);
      const merged = mergeSpecs(base, later);
      for (const [name, value] of Object.entries(later))
        if (typeof value === "number") expect(merged[name]).toBe(value);
      expect(mergeSpecs(merged, later)).toEqual(merged);
    }),
    { numRuns: 200 },
  );
});

const root = join(import.meta.dirname, "..", "..", "scenarios");
const real = readdirSync(root)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));

test.each(real)("$file is read", ({ text }) => expect(read(text).architectures.size).toBeGreaterThan(0));

test("a scenario that was damaged makes errors or a scenario, never a throw", () => {
  const texts = [BASE, ...real.map(({ text }) => text)];
  const damage = fc.record({
    at: fc.nat(),
    cut: fc.nat(12),
    paste: fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom("\n", ": ", "{", "[", "null", "*x", "&x ", "'", "  ")),
  });
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(damage, { minLength: 1, maxLength: 3 }), (text, damages) => {
      const damaged = damages.reduce((left, { at, cut, paste }) => {
        const place = at % left.length;
        return `${left.slice(0, place)}${paste}${left.slice(place + cut)}`;
      }, text);
      const problems = new Problems();
      const scenario = readScenario("a.yaml", damaged, problems);
      expect(scenario !== undefined || problems.hasErrors).toBe(true);
    }),
    { numRuns: 150 },
  );
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { Problems } from "../../src/diagnostic/diagnostic.ts";
import { scenarioShape } from "../../src/scenario/scenario-shape.ts";
import { scenarioSchema } from "../../src/scenario/schema.ts";
import { REFUSED, readShape } from "../../src/scenario/shape.ts";
import { shapeOf } from "../../src/scenario/shape-of.ts";
import { readYaml } from "../../src/yaml/source.ts";

const ROOT = join(import.meta.dirname, "..", "..", "scenarios");
const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".yaml"))
  .sort();
const dataOf = (file: string): unknown => readYaml(file, readFileSync(join(ROOT, file), "utf8"), new Problems())?.data;

/** The order of keys counts too: components and their parameters are told in it. */
const text = (data: unknown): string => JSON.stringify(data, null, 1);

/** What the shape accepts the schema accepts, with the same data. */
function agrees(shape: ReturnType<typeof shapeOf>, schema: z.ZodType, value: unknown): boolean {
  const read = readShape(shape, value);
  const parsed = schema.safeParse(value);
  if (read !== REFUSED) expect(parsed.success).toBe(true);
  if (read !== REFUSED) expect(text(read)).toBe(text(parsed.data));
  return (read !== REFUSED) === parsed.success;
}

test.each(files)("%s is read as the schema reads it, without the schema", (file) => {
  expect(readShape(scenarioShape, dataOf(file))).not.toBe(REFUSED);
  expect(agrees(scenarioShape, scenarioSchema, dataOf(file))).toBe(true);
});

const ODD = [null, true, 0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "", "x", "2026-02-30", "2026-02-28"];
const oddValue = fc.oneof(fc.constantFrom(...ODD), fc.constant([]), fc.constant({}), fc.constant("y".repeat(10_001)));

/** The data with one value, somewhere, replaced, removed or added. */
function changed(data: unknown, way: readonly number[], key: string, value: unknown): unknown {
  if (typeof data !== "object" || data === null) return value;
  const keys = Object.keys(data);
  const [at = 0, ...rest] = way;
  const chosen = keys[at % Math.max(1, keys.length)];
  if (Array.isArray(data))
    return data.map((item, i) => (String(i) === chosen ? changed(item, rest, key, value) : item));
  if (rest.length === 0 || chosen === undefined) return { ...data, [key]: value };
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, inner]) => {
      if (name !== chosen) return [[name, inner]];
      return rest.length === 1 && value === "x" ? [] : [[name, changed(inner, rest, key, value)]];
    }),
  );
}

test("whatever is changed in a scenario, shape and schema agree", () => {
  const ways = fc.array(fc.nat(20), { minLength: 1, maxLength: 6 });
  const keys = fc.constantFrom("value", "reason", "service", "unknown", "count", "percent");
  fc.assert(
    fc.property(fc.constantFrom(...files), ways, keys, oddValue, (file, way, key, value) => {
      expect(agrees(scenarioShape, scenarioSchema, changed(dataOf(file), way, key, value))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test.each([
  { schema: z.string().max(3).regex(/^a/), values: ["abc", "abcd", "b", 1] },
  { schema: z.number().min(0).max(2), values: [0, 2, -1, 3, Number.NaN, "1"] },
  { schema: z.number().positive(), values: [0, 1, Number.POSITIVE_INFINITY] },
  { schema: z.array(z.boolean()).min(1).max(2), values: [[], [true], [true, false, true], ["x"], {}] },
  { schema: z.array(z.number()).length(2), values: [[1], [1, 2], [1, 2, 3]] },
  { schema: z.enum(["a", "b"]).default("b"), values: [undefined, "a", "c", null] },
  {
    schema: z.strictObject({ a: z.number().optional(), b: z.string().nullish() }),
    values: [{}, { b: null, a: 1 }, { c: 1 }, []],
  },
  { schema: z.object({ a: z.number() }).catchall(z.string()), values: [{ z: "x", a: 1 }, { a: 1, z: 2 }, { z: "x" }] },
  {
    schema: z.record(z.string().max(2), z.union([z.number(), z.string()])),
    values: [{ a: 1, b: "x" }, { abc: 1 }, { a: null }, [1]],
  },
])("shape and schema agree on $values", ({ schema, values }) => {
  for (const value of values) expect(agrees(shapeOf(schema), schema, value)).toBe(true);
});

test.each([
  { schema: z.string().transform((word) => word.length), why: "a transformation" },
  { schema: z.strictObject({ a: z.number() }).refine(({ a }) => a > 1), why: "a condition of its own" },
  { schema: z.string().refine((word) => word !== "a"), why: "a condition on a text" },
  { schema: z.object({ a: z.number() }), why: "an object that drops what it does not know" },
])("$why is left to the schema", ({ schema }) => {
  for (const value of ["a", { a: 2 }, { a: 2, b: 1 }]) expect(readShape(shapeOf(schema), value)).toBe(REFUSED);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  COUNT_LABELS,
  DATA,
  type Dimension,
  describeDimension,
  divideDimensions,
  isPlain,
  isUnit,
  MONEY,
  multiplyDimensions,
  nearUnit,
  PLAIN,
  parseUnit,
  powerDimension,
  sameDimension,
  TIME,
  UNIT_NAMES,
  unitFactor,
} from "../../src/formula/unit.ts";

const options = { monthSeconds: 730 * 3600 };

test.each([
  { unit: "%", factor: 0.01, is: "a plain number" },
  { unit: "req", factor: 1, is: "a plain number" },
  { unit: "ms", factor: 0.001, is: "time" },
  { unit: "week", factor: 604_800, is: "time" },
  { unit: "month", factor: 2_628_000, is: "time" },
  { unit: "year", factor: 31_536_000, is: "time" },
  { unit: "KB", factor: 1024, is: "data" },
  { unit: "kB", factor: 1024, is: "data" },
  { unit: "GiB", factor: 1_073_741_824, is: "data" },
  { unit: "GB", factor: 1_073_741_824, is: "data" },
  { unit: "PB", factor: 2 ** 50, is: "data" },
  { unit: "Mbit", factor: 125_000, is: "data" },
  { unit: "MUSD", factor: 1e6, is: "money" },
  { unit: "J", factor: 1 / 3.6e6, is: "energy" },
  { unit: "MWh", factor: 1000, is: "energy" },
  { unit: "kW", factor: 1 / 3600, is: "energy / time" },
  { unit: "t", factor: 1000, is: "carbon" },
  { unit: "vCPU", factor: 1, is: "vCPU" },
])("1 $unit is $factor in base units of $is", ({ unit, factor, is }) => {
  const known = unitFactor(unit, options);
  expect(known?.factor).toBeCloseTo(factor, 12);
  expect(describeDimension(known?.dimension ?? [])).toBe(is);
  expect(isUnit(unit)).toBe(true);
});

test("months and years follow the scenario's month", () => {
  expect(unitFactor("month", { monthSeconds: 744 * 3600 })?.factor).toBe(744 * 3600);
  expect(unitFactor("years", { monthSeconds: 100 })?.factor).toBe(1200);
});

test.each(["mb", "S", "constructor", "gb", "request", ""])(
  "%s is no unit: case counts, and labels are not reserved",
  (word) => {
    expect(isUnit(word)).toBe(false);
    expect(unitFactor(word, options)).toBeUndefined();
  },
);

test.each([
  { dimension: PLAIN, is: "a plain number" },
  { dimension: MONEY, is: "money" },
  { dimension: divideDimensions(MONEY, TIME), is: "money / time" },
  { dimension: multiplyDimensions(DATA, TIME), is: "time x data" },
  { dimension: divideDimensions(PLAIN, TIME), is: "1 / time" },
  { dimension: divideDimensions(MONEY, multiplyDimensions(DATA, TIME)), is: "money / (time x data)" },
  { dimension: powerDimension(TIME, 2), is: "time^2" },
  { dimension: powerDimension(TIME, -0.5), is: "1 / time^0.5" },
])("$dimension is $is", ({ dimension, is }) => expect(describeDimension(dimension)).toBe(is));

test.each([
  { text: "GB*s", factor: 2 ** 30, is: "time x data" },
  { text: "vCPU*h", factor: 3600, is: "time x vCPU" },
  { text: "GB * month", factor: 2 ** 30 * 2_628_000, is: "time x data" },
  { text: "request", factor: 1, is: "a plain number" },
  { text: "transitions", factor: 1, is: "a plain number" },
  { text: "queries", factor: 1, is: "a plain number" },
  { text: "addresses", factor: 1, is: "a plain number" },
  { text: "LCU*h", factor: 3600, is: "time" },
  { text: "kWh/GB", factor: 2 ** -30, is: "energy / data" },
  { text: "requests/s", factor: 1, is: "1 / time" },
  { text: "1/s", factor: 1, is: "1 / time" },
  { text: "USD", factor: 1, is: "money" },
  { text: "MiBps", factor: 2 ** 20, is: "data / time" },
  { text: "1M requests", factor: 1e6, is: "a plain number" },
  { text: "1,000,000 messages", factor: 1e6, is: "a plain number" },
  { text: "million requests", factor: 1e6, is: "a plain number" },
  { text: "100 GB*month", factor: 100 * 2 ** 30 * 2_628_000, is: "time x data" },
])("price unit $text is $factor of $is", ({ text, factor, is }) => {
  const parsed = parseUnit(text, options);
  if ("error" in parsed) throw new Error(parsed.error);
  expect(parsed.factor).toBe(factor);
  expect(describeDimension(parsed.dimension)).toBe(is);
  expect(parsed.label).toBe(text.replaceAll(" * ", "*"));
});

test.each([
  { text: "", error: "the unit is empty" },
  { text: "GB*", error: 'a unit is missing in "GB*"' },
  { text: "*GB", error: 'a unit is missing in "*GB"' },
  { text: "1", error: 'no unit "1"' },
  { text: "GB-month", error: 'no unit "GB-month", write "GB*month"' },
  { text: "GB-second", error: 'no unit "GB-second", write "GB*s"' },
  { text: "instance-hour", error: 'no unit "instance-hour", write "instance*h"' },
  { text: "hour", error: 'no unit "hour", did you mean "h"?' },
  { text: "gb*s", error: 'no unit "gb", did you mean "GB"?' },
  { text: "requst", error: 'no unit "requst", did you mean "request"?' },
  { text: "zebra", error: 'no unit "zebra"' },
])("price unit '$text': $error", ({ text, error }) => expect(parseUnit(text, options)).toEqual({ error }));

test.each([
  ["hours", "h"],
  ["GBs", "GB"],
  ["kwh", "kWh"],
  ["mnth", "month"],
  ["zebra", undefined],
])("%s is near %s", (word, near) => expect(nearUnit(word)).toBe(near));

test("no label is a unit, none stands twice", () => {
  expect(COUNT_LABELS.filter(isUnit)).toEqual([]);
  expect(new Set(COUNT_LABELS).size).toBe(COUNT_LABELS.length);
});

const dimension: fc.Arbitrary<Dimension> = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 6, maxLength: 6 });
test("dimensions are a group: multiplying undoes dividing, a square root undoes a square", () =>
  fc.assert(
    fc.property(dimension, dimension, (a, b) => {
      expect(sameDimension(multiplyDimensions(divideDimensions(a, b), b), a)).toBe(true);
      expect(sameDimension(powerDimension(powerDimension(a, 2), 0.5), a)).toBe(true);
      expect(isPlain(divideDimensions(a, a))).toBe(true);
      expect(sameDimension(a, b)).toBe(describeDimension(a) === describeDimension(b));
    }),
  ));

test("a product of units multiplies factors and adds dimensions", () =>
  fc.assert(
    fc.property(fc.constantFrom(...UNIT_NAMES), fc.constantFrom(...UNIT_NAMES), (a, b) => {
      const [left, right, both] = [a, b, `${a}*${b}`].map((text) => parseUnit(text, options));
      if (!left || !right || !both || "error" in left || "error" in right || "error" in both)
        throw new Error(`${a}*${b}`);
      expect(both.factor).toBe(left.factor * right.factor);
      expect(sameDimension(both.dimension, multiplyDimensions(left.dimension, right.dimension))).toBe(true);
    }),
  ));

test("any text is a unit or an error", () =>
  fc.assert(fc.property(fc.string(), (text) => Object.keys(parseUnit(text, options)).length > 0)));

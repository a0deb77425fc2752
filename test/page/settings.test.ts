import fc from "fast-check";
import { expect, test } from "vitest";
import type { Control } from "../../src/page/controls.ts";
import { placeOf, STEPS, valueAt } from "../../src/page/scale.ts";
import {
  AS_WRITTEN,
  fromFragment,
  toCommand,
  toFragment,
  toPatch,
  withSwitch,
  withValue,
} from "../../src/page/settings.ts";

const control = (part: Partial<Control>): Control => ({
  name: "streams",
  also: [],
  unit: "",
  factor: 1,
  value: 2000,
  low: 20,
  high: 20_000,
  whole: true,
  reason: null,
  ...part,
});
const streams = control({});
const time = control({
  name: "convert_time",
  unit: "ms",
  factor: 0.001,
  value: 400,
  low: 200,
  high: 800,
  whole: false,
});
const controls = [streams, time];
const names = ["microservices", "monolith"];

test("a fragment gives the settings again, whatever the figures", () => {
  const figure = fc.double({ min: 0, max: 1e12, noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(figure, figure, fc.boolean(), (a, b, off) => {
      const set = withSwitch(
        withValue(withValue(AS_WRITTEN, streams, Math.abs(a)), time, Math.abs(b)),
        "monolith",
        !off,
      );
      expect(fromFragment(`#${toFragment(set)}`, controls, names)).toEqual(set);
    }),
  );
});

test.each([
  { fragment: "#streams=-1&convert_time=abc", why: "no figures from 0 on" },
  { fragment: "#other=3&off=other", why: "unknown names" },
  { fragment: "#streams=", why: "no value" },
  { fragment: "#streams=2000", why: "the scenario's own value" },
  { fragment: "#off=microservices&off=monolith", why: "nothing would be left" },
])("$fragment changes nothing: $why", ({ fragment }) => {
  expect(fromFragment(fragment, controls, names)).toEqual(AS_WRITTEN);
});

test("settings as a patch and as a command", () => {
  const set = withSwitch(withValue(withValue(AS_WRITTEN, streams, 500), time, 300), "monolith", false);
  expect(toPatch(set, controls)).toBe("variables:\n  streams:\n    value: 500\n  convert_time:\n    value: 300 ms\n");
  expect(toCommand(set, controls, "my scenario.yaml", ["microservices"])).toBe(
    "archcost run 'my scenario.yaml' --set streams=500 --set 'convert_time=300 ms' --architecture microservices",
  );
});

test.each([
  { given: streams, why: "decades: logarithmic" },
  { given: time, why: "less than a decade: even" },
  { given: control({ low: 0, value: 0, high: 1, whole: false }), why: "from 0: even" },
])("a slider reaches both ends and the scenario's value: $why", ({ given }) => {
  expect(valueAt(given, 0)).toBe(given.low);
  expect(valueAt(given, STEPS)).toBe(given.high);
  expect(valueAt(given, placeOf(given, given.value))).toBe(given.value);
  for (let place = 1; place < STEPS; place += 1) {
    expect(valueAt(given, place)).toBeGreaterThanOrEqual(valueAt(given, place - 1));
  }
});

test("over decades the middle of a slider is the geometric mean", () => {
  expect(valueAt(streams, STEPS / 2)).toBe(632);
});

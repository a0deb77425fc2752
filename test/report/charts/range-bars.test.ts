import { expect, test } from "vitest";
import { costCurve } from "../../../src/report/charts/cost-curve.ts";
import { seriesStyle } from "../../../src/report/charts/palette.ts";
import { spreadChart } from "../../../src/report/charts/spread.ts";
import { tornadoChart } from "../../../src/report/charts/tornado.ts";
import { renderPng } from "../../../src/report/png.ts";

const SIZE = { width: 480, height: 270, scale: 1 };
const INPUT = { address: "utilisation", unit: "%", low: 35, high: 85, atLow: 0.95, atHigh: 0.88 };
const TORNADO = { title: "saving", xLabel: "share", base: 0.93, unit: "share", inputs: [INPUT] } as const;
const SPREAD = {
  title: "cost",
  xLabel: "USD",
  unit: "USD",
  architectures: [
    { name: "a", place: 0, p10: 1000, p50: 2000, p90: 4000 },
    { name: "c", place: 2, p10: 100, p50: 200, p90: 300 },
  ],
} as const;

const bytes = (chart: Parameters<typeof renderPng>[0]): string =>
  Buffer.from(renderPng(chart, SIZE)).toString("base64");

test("a bar of the tornado goes from the smaller to the greater result, whichever end of the range gives it", () => {
  expect(tornadoChart(TORNADO).data).toMatchObject({ labels: ["utilisation"], datasets: [{ data: [[0.88, 0.95]] }] });
});

test("the ends of a bar are named with the input's values, on the side where they lead", () => {
  const turned = { ...TORNADO, inputs: [{ ...INPUT, atLow: 0.88, atHigh: 0.95 }] };
  expect(bytes(tornadoChart(turned))).not.toBe(bytes(tornadoChart(TORNADO)));
  expect(bytes(tornadoChart({ ...TORNADO, base: 0.9 }))).not.toBe(bytes(tornadoChart(TORNADO)));
});

test("a spread has a bar from p10 to p90 in the architecture's own colour, and its median marked", () => {
  const [dataset] = spreadChart(SPREAD).data.datasets;
  expect(dataset?.data).toEqual([
    [1000, 4000],
    [100, 300],
  ]);
  expect(dataset?.backgroundColor).toEqual([seriesStyle(0).color, seriesStyle(2).color]);
  const [first, second] = SPREAD.architectures;
  const moved = { ...SPREAD, architectures: [{ ...first, p50: 3000 }, second] };
  expect(bytes(spreadChart(moved))).not.toBe(bytes(spreadChart(SPREAD)));
});

test("a bar without width still has room and words", () => {
  const flat = spreadChart({ ...SPREAD, architectures: [{ name: "a", place: 0, p10: 5, p50: 5, p90: 5 }] });
  const { min, max } = flat.options?.scales?.["x"] ?? {};
  expect(Number(min)).toBeLessThan(5);
  expect(Number(max)).toBeGreaterThan(5);
});

test("where the cheapest changes is marked on the cost lines, if it lies on the axes", () => {
  const points = [[1, 10] as const, [100, 1000] as const];
  const curves = { title: "t", unit: "month", today: 5, xLabel: "x", architectures: [{ name: "a", points }] };
  const plain = bytes(costCurve(curves));
  expect(bytes(costCurve({ ...curves, turns: [[10, 100]] }))).not.toBe(plain);
  expect(bytes(costCurve({ ...curves, turns: [[1e6, 100]] }))).toBe(plain);
});

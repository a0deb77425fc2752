import { expect, test } from "vitest";
import { costByRole } from "../../../src/report/charts/cost-by-role.ts";
import { costCurve } from "../../../src/report/charts/cost-curve.ts";
import { ROLE_ORDER, roleColor, seriesStyle } from "../../../src/report/charts/palette.ts";

const CURVES = {
  title: "cost",
  unit: "stream-hour",
  architectures: [
    {
      name: "microservices",
      points: [
        [0, 0],
        [1, 10],
        [100, 1000],
      ] as const,
    },
    {
      name: "monolith",
      points: [
        [1, Number.NaN],
        [10, 20],
        [100, 30],
      ] as const,
    },
  ],
  today: 10,
  xLabel: "streams",
};

test("a point that a logarithmic axis cannot show is left out, never drawn at zero", () => {
  const { data } = costCurve(CURVES);
  expect(data.datasets.map(({ label, data: points }) => [label, points])).toEqual([
    [
      "microservices",
      [
        { x: 1, y: 10 },
        { x: 100, y: 1000 },
      ],
    ],
    [
      "monolith",
      [
        { x: 10, y: 20 },
        { x: 100, y: 30 },
      ],
    ],
  ]);
});

test("the axes say their units", () => {
  expect(costCurve(CURVES).options?.scales?.["y"]).toMatchObject({ title: { text: "USD per stream-hour" } });
  expect(costCurve({ ...CURVES, unit: "month" }).options?.scales).toMatchObject({
    x: { type: "logarithmic", title: { text: "streams" } },
    y: { type: "logarithmic", title: { text: "USD per month" } },
  });
});

test("roles are stacked in the order of the palette, unknown ones last, absent ones not at all", () => {
  const { data } = costByRole({
    title: "roles",
    architectures: [
      { name: "a", roles: { idle: 1, licences: 2, work: 3 } },
      { name: "b", roles: { "data-passing": 4, storage: 0 } },
    ],
  });
  expect(data.labels).toEqual(["a", "b"]);
  expect(data.datasets.map(({ label, data: costs }) => [label, costs])).toEqual([
    ["work", [3, Number.NaN]],
    ["data passing", [Number.NaN, 4]],
    ["idle", [1, Number.NaN]],
    ["licences", [2, Number.NaN]],
  ]);
});

test("colours tell roles and the first architectures apart", () => {
  expect(new Set(ROLE_ORDER.map(roleColor)).size).toBe(ROLE_ORDER.length);
  const styles = Array.from({ length: 28 }, (_, index) => JSON.stringify(seriesStyle(index)));
  expect(new Set(styles).size).toBe(styles.length);
});

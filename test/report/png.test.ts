import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { costByRole } from "../../src/report/charts/cost-by-role.ts";
import { costCurve } from "../../src/report/charts/cost-curve.ts";
import { renderPng } from "../../src/report/png.ts";

const SIZE = { width: 480, height: 270, scale: 2 };
const CURVES = {
  title: "Cost by streams, ≤ 1 % of CO₂",
  unit: "month",
  architectures: [
    {
      name: "microservices",
      points: [
        [1, 10],
        [10, 100],
        [100, 1000],
      ] as const,
    },
  ],
  today: 20,
  xLabel: "streams",
};
const ROLES = { title: "Roles", architectures: [{ name: "a", roles: { work: 1, idle: 2 } }] };

test("a picture has scale times as many pixels as asked for", () => {
  const png = Buffer.from(renderPng(costCurve(CURVES), SIZE));
  expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([960, 540]);
});

test("the same chart gives the same bytes, another chart drawn between or not", () => {
  const first = renderPng(costCurve(CURVES), SIZE);
  renderPng(costByRole(ROLES), { width: 300, height: 200, scale: 1 });
  expect(Buffer.compare(renderPng(costCurve(CURVES), SIZE), first)).toBe(0);
});

test("today's load is drawn where it lies on the axis, and only there", () => {
  const drawn = [20, 50, 1e6, 1e7].map((today) =>
    Buffer.from(renderPng(costCurve({ ...CURVES, today }), SIZE)).toString("latin1"),
  );
  expect(new Set(drawn).size).toBe(3);
  expect(drawn[2]).toBe(drawn[3]);
});

test("the built writer draws the same bytes as the sources, in a process of its own", () => {
  const writer = join(import.meta.dirname, "..", "..", "dist", "png.cjs");
  const config = {
    type: "bar",
    data: { labels: ["a", "b"], datasets: [{ label: "EUR → USD", data: [1, 2] }] },
    options: { animation: false },
  } as const;
  const program = `const { renderPng } = require(${JSON.stringify(writer)});
    process.stdout.write(renderPng(${JSON.stringify(config)}, ${JSON.stringify(SIZE)}));`;
  const built = execFileSync(process.execPath, ["-e", program], { maxBuffer: 1e8 });
  const { type, data, options } = config;
  const sources = renderPng(
    {
      type,
      data: {
        labels: [...data.labels],
        datasets: data.datasets.map(({ label, data: d }) => ({ label, data: [...d] })),
      },
      options,
    },
    SIZE,
  );
  expect(Buffer.compare(built, sources)).toBe(0);
});

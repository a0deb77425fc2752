import { expect, test } from "vitest";
import { characterCharts } from "../../src/report/character-charts.ts";
import { widthOf } from "../../src/report/text.ts";
import { hostile, result } from "./fixture.ts";

const x = [20, 200, 2000, 20_000];
const names = Object.keys(result.architectures);
const month = Object.fromEntries(names.map((name, i) => [name, x.map((at) => at * (i + 1))]));
const drawn = { ...result, curve: { over: "streams", x, month, per_unit: {} } };

test.each([60, 80, 120])("both charts stay within %i columns", (width) => {
  for (const each of [drawn, { ...hostile, curve: drawn.curve }]) {
    for (const line of characterCharts(each, { color: false, width }).split("\n")) {
      expect(widthOf(line), line).toBeLessThanOrEqual(width);
    }
  }
});

test("the longest bar is the dearest's, and bars grow with cost", () => {
  const lines = characterCharts(result, { color: false, width: 80 }).split("\n");
  const bars = lines.slice(1, 1 + names.length).map((line) => line.match(/[█▏▎▍▌▋▊▉]/g)?.length ?? 0);
  expect(bars).toEqual([...bars].sort((a, b) => a - b));
  expect(bars.at(-1)).toBeGreaterThan(40);
});

test("every architecture has its letter, and today is marked", () => {
  const text = characterCharts(drawn, { color: false, width: 80 });
  names.forEach((name, i) => {
    expect(text).toContain(`${"ABC".charAt(i)} ${name}`);
  });
  expect(text).toContain("┊");
  expect(text).toMatch(/20 +today 2,000 +20,000/);
});

test("colour only where asked for", () => {
  expect(characterCharts(drawn, { color: false, width: 80 })).not.toContain("\u001b");
  expect(characterCharts(drawn, { color: true, width: 80 })).toContain("\u001b[32m");
});

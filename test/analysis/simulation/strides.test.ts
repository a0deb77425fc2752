// A simulation strides over seconds in which nothing changes: it must give what every second gives.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Load, trace } from "../../../src/analysis/simulation/load.ts";
import { simulate } from "../../../src/analysis/simulation/simulate.ts";
import type { Stage } from "../../../src/analysis/simulation/stage.ts";
import { run, THROUGHPUT, taskArb, taskOf } from "./simulation-task.ts";

/** Found by the property below: retries that come back in turns or after the last is noted, loads and overloads near nothing. */
const onceWrong: [Parameters<typeof taskOf>[0], [number, number][], boolean][] = [
  [
    {
      stages: [
        { rate: 1.0000075, bucket: 0, effect: "delay" },
        { rate: 1, bucket: 0, effect: "reject" },
      ],
      throughput: 6.15,
      retry: { attempts: 3, base: 3, cap: 20 },
      over: 1,
    },
    [
      [10, 1.9686],
      [1982, 0],
    ],
    false,
  ],
  [
    {
      stages: [
        { rate: 1, bucket: 0, effect: "reject" },
        { rate: 1, bucket: 0, effect: "delay" },
      ],
      throughput: 1,
      retry: { attempts: 2, base: 3, cap: 20 },
      over: 1,
    },
    [
      [55, 1.5608901977247998],
      [946, 0],
    ],
    false,
  ],
  [
    {
      stages: [
        { rate: 1.0000000000000009, bucket: 0, effect: "delay" },
        { rate: 1, bucket: 0, effect: "reject" },
        { rate: 1, bucket: 0, effect: "delay" },
      ],
      throughput: 1,
      retry: { attempts: 1, base: 0.5, cap: 20 },
      over: 1,
    },
    [
      [2, 1.5000000000000013],
      [1, 5e-324],
    ],
    false,
  ],
  [
    {
      stages: [{ rate: 1, bucket: 0, effect: "delay" }],
      throughput: 1,
      retry: { attempts: 1, base: 0.5, cap: 20 },
      over: 1,
    },
    [[1001, 1.000000000000125]],
    false,
  ],
];

test("strides over seconds in which nothing changes give what every second gives", () => {
  const parts = fc.array(fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 2, noNaN: true })), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(taskArb, parts, fc.boolean(), (drawn, lengths, limited) => {
      let at = 0;
      const points = lengths.map(([length, share]): [number, number] => {
        at += length;
        return [at - length, share];
      });
      const load = trace(points);
      const limit = { id: "o", title: "o", limit: drawn.throughput * 30, perUnit: 1, duration: 2 };
      const task = { ...taskOf(drawn), seconds: at, ...(limited ? { open: limit } : {}) };
      const strides = simulate({ ...task, load });
      const seconds = simulate({ ...task, load: (t) => load(t) });
      for (const key of ["arrived", "served", "waiting", "retrying", "lost", "tries"] as const)
        expect(Math.abs(strides[key] - seconds[key])).toBeLessThanOrEqual(1e-6 * Math.max(1, seconds.arrived));
      expect(strides.stages.map(({ firstHit }) => firstHit?.time)).toEqual(
        seconds.stages.map(({ firstHit }) => firstHit?.time),
      );
    }),
    { numRuns: 500, examples: [...onceWrong] },
  );
});

test("slots that fill up towards a load that they can take are strided over, and full ones are not", () => {
  // an hour at half the slots, one at all but a few, one above: slots are held for five minutes
  const load = trace([
    [0, 0.5],
    [3600, 0.99],
    [7200, 1.2],
    [10_800, 0.3],
  ]);
  let asked = 0;
  const counted: Load = Object.assign(
    (t: number) => {
      asked += 1;
      return load(t);
    },
    { until: (t: number) => load.until?.(t) ?? t },
  );
  const stages: readonly Stage[] = [
    { id: "slots", title: "slots", rate: 10, bucket: 0, effect: "reject", holding: 300 },
  ];
  const task = { stages, throughput: 10, seconds: 14_400, retry: { attempts: 1, base: 1, cap: 20 } };
  const strides = simulate({ ...task, load: counted });
  const seconds = simulate({ ...task, load: (t) => load(t) });
  for (const key of ["arrived", "served", "lost"] as const)
    expect(Math.abs(strides[key] - seconds[key])).toBeLessThanOrEqual(1e-9 * seconds.arrived);
  expect(seconds.lost).toBeGreaterThan(1000);
  expect(strides.stages[0]?.firstHit).toEqual(seconds.stages[0]?.firstHit);
  // the overloaded hour is looked at by the second until its slots are full to the last bit
  expect(asked).toBeLessThan(7000);
});

test("a stride ends where the load changes, also in the second after a point of the series", () => {
  const load = trace([
    [0, 0.04],
    [5001, 0.02],
  ]);
  const { arrived } = run({ load, seconds: 10_000 });
  expect(arrived).toBeCloseTo(THROUGHPUT * (0.04 * 5001 + 0.02 * 4999), 6);
});

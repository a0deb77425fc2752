// Carbon against published figures (carbon.yaml): every case is a scenario that the program itself runs.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { perUnitOf } from "../../src/figures/carbon.ts";
import type { ArchitectureCarbon } from "../../src/result/carbon-schema.ts";
import type { Result } from "../../src/result/schema.ts";
import { archcost, runText } from "../run.ts";

const formula = z.union([z.string(), z.number()]);
const figures = z.strictObject({
  kwh: z.number().optional(),
  operational_kg: z.number().optional(),
  embodied_kg: z.number().optional(),
  kg: z.number().optional(),
  kg_per_unit: z.number().optional(),
});
const caseSchema = z.strictObject({
  id: z.string(),
  source: z.string(),
  why: z.string().optional(),
  set: z.string().optional(),
  region: z.string().default("us-east-1"),
  month: z.string().optional(),
  work: z.number().default(1),
  subject: z.record(z.string(), formula),
  coefficients: z.record(z.string(), formula).optional(),
  uses: z.array(z.string()).optional(),
  tolerance: z.number().default(1e-9),
  expect: figures,
  theirs: figures.optional(),
});
const band = z.tuple([z.number(), z.number(), z.number()]);
const golden = z
  .strictObject({
    conform: z.array(caseSchema),
    contrast: z.array(caseSchema),
    envelope: z.array(
      z.strictObject({
        id: z.string(),
        set: z.string(),
        subject: z.record(z.string(), formula),
        watts: z.record(z.string(), band),
        embodied_kg: band,
      }),
    ),
    spruce_fargate: z.strictObject({ kwh: z.number() }),
    grid_2025: z.record(z.string(), z.number()),
  })
  .parse(parse(readFileSync("test/golden/carbon.yaml", "utf8"), { merge: true }));

type Given = Pick<z.infer<typeof caseSchema>, "subject"> & Partial<z.infer<typeof caseSchema>>;

async function carbonOf(given: Given): Promise<ArchitectureCarbon> {
  const result = await runText(
    stringify({
      scenario: given.id ?? "case",
      region: given.region ?? "us-east-1",
      as_of: "2026-11-23",
      ...(given.month === undefined ? {} : { month: given.month }),
      workload: { unit: "unit", driver: "units", throughput: "units / 1 month" },
      variables: { units: given.work ?? 1 },
      carbon: { set: given.set ?? "ccf", coefficients: given.coefficients ?? {} },
      architectures: { only: { components: { subject: given.subject } } },
    }),
  );
  const carbon = result.architectures["only"]?.carbon;
  if (carbon === null || carbon === undefined) throw new Error("no carbon");
  expect(carbon.not_counted).toEqual([]);
  return carbon;
}

function figureOf(carbon: ArchitectureCarbon, what: keyof z.infer<typeof figures>, uses?: readonly string[]): number {
  const lines = carbon.lines.filter(({ use }) => uses === undefined || uses.includes(use));
  const sum = (of: "energy_kwh" | "operational" | "embodied"): number =>
    lines.reduce((total, line) => total + line[of].central, 0);
  if (what === "kwh") return sum("energy_kwh");
  if (what === "operational_kg") return sum("operational");
  if (what === "embodied_kg") return sum("embodied");
  const whole = sum("operational") + sum("embodied");
  const all = carbon.month.central;
  return what === "kg" ? whole : ((carbon.per_unit?.central ?? Number.NaN) * whole) / all;
}

function apart(a: number, b: number): number {
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), Number.MIN_VALUE);
}

const wanted = (of: z.infer<typeof figures>) =>
  (["kwh", "operational_kg", "embodied_kg", "kg", "kg_per_unit"] as const).flatMap((what) => {
    const value = of[what];
    return value === undefined ? [] : [{ what, value }];
  });

describe("published figures are reproduced", () => {
  test.each(golden.conform.map((given) => [given.id, given] as const))("%s", async (_, given) => {
    const carbon = await carbonOf(given);
    const checked = wanted(given.expect);
    expect(checked.length).toBeGreaterThan(0);
    for (const { what, value } of checked) {
      const found = figureOf(carbon, what, given.uses);
      expect(apart(found, value), `${what}: ${found} against ${value}`).toBeLessThanOrEqual(given.tolerance);
    }
  });
});

describe("what others get wrong is not reproduced", () => {
  test.each(golden.contrast.map((given) => [given.id, given] as const))("%s", async (_, given) => {
    const carbon = await carbonOf(given);
    for (const { what, value } of wanted(given.expect)) {
      const found = figureOf(carbon, what, given.uses);
      const tolerance = Math.max(given.tolerance, 1e-6);
      expect(apart(found, value), `${what}: ${found} against ${value}`).toBeLessThanOrEqual(tolerance);
    }
    for (const { what, value } of wanted(given.theirs ?? {})) {
      expect(apart(figureOf(carbon, what, given.uses), value), `${what}: ${given.why}`).toBeGreaterThan(0.1);
    }
  });
});

test("if-aggregate-sci-wrong: SCI is total over total, not a mean of ratios over time that is added up over components", () => {
  // grams and requests of two components at two times; the peer's own aggregation prints 31.15
  const seen = [
    [100, 10],
    [300, 1000],
    [50, 0],
    [80, 40],
  ] as const;
  const [grams, requests] = [0, 1].map((k) => seen.reduce((sum, pair) => sum + (pair[k] ?? Number.NaN), 0));
  const total = grams ?? Number.NaN;
  const sci = perUnitOf({ low: total, central: total, high: total }, requests ?? Number.NaN);
  expect(sci?.central).toBeCloseTo(0.5047619047619047, 15);
  expect(perUnitOf({ low: 1, central: 1, high: 1 }, 0)).toBeNull();
});

describe("bands of other methods", () => {
  const cases = golden.envelope.flatMap((given) =>
    Object.entries(given.watts).map(([load, watts]) => [given.id, load, watts, given] as const),
  );
  test.each(cases)("%s at %s: %s W", async (_, load, [least, value, most], { subject, set }) => {
    const at = { ...subject, cpu_utilisation: load };
    const coefficients = { pue: 1 };
    const theirs = await carbonOf({ subject: at, set, coefficients });
    const watts = (kwh: number): number => (kwh * 1000) / 730;
    expect(apart(watts(theirs.energy_kwh.central), value)).toBeLessThan(0.001);
    expect(apart(watts(theirs.energy_kwh.low), least)).toBeLessThan(0.001);
    expect(apart(watts(theirs.energy_kwh.high), most)).toBeLessThan(0.001);
    const ours = await carbonOf({ subject: at, set: "ccf", coefficients });
    expect(watts(ours.energy_kwh.low)).toBeLessThan(value);
    expect(watts(ours.energy_kwh.high)).toBeGreaterThan(value);
  });
  test.each(golden.envelope.map((given) => [given.id, given] as const))("making of %s", async (_, given) => {
    const theirs = await carbonOf({ subject: { ...given.subject, instances: 72 }, set: given.set });
    const [least, value, most] = given.embodied_kg;
    // The source rounds the central figure to whole kilograms.
    expect(Math.abs(theirs.embodied.central - value)).toBeLessThan(0.5);
    expect(theirs.embodied.central).toBeGreaterThan(least);
    expect(theirs.embodied.central).toBeLessThan(most);
    const ours = await carbonOf({ subject: { ...given.subject, instances: 72 }, set: "ccf" });
    expect(ours.embodied.low).toBeLessThan(value);
    expect(ours.embodied.high).toBeGreaterThan(value);
  });
  test("Spruce's Fargate lies inside the band", async () => {
    const subject = { service: "aws/ecs-fargate", starts: 1, task_duration: "1 h", cpu: "4 vCPU", memory: "10 GB" };
    const { energy_kwh: energy } = await carbonOf({ subject, coefficients: { pue: 1 } });
    expect(energy.low).toBeLessThan(golden.spruce_fargate.kwh);
    expect(energy.central).toBeLessThan(golden.spruce_fargate.kwh);
    expect(energy.high).toBeGreaterThan(golden.spruce_fargate.kwh);
  });
});

describe("the grid", () => {
  test.each(Object.entries(golden.grid_2025))("%s has %d g/kWh in 2025", async (region, grams) => {
    const subject = { service: "aws/s3", stored: "1 TB" };
    const carbon = await carbonOf({ subject, region, coefficients: { pue: 1 } });
    expect(apart((carbon.operational.central * 1000) / carbon.energy_kwh.central, grams)).toBeLessThan(1e-9);
  });
});

async function primeVideo(change: (text: string) => string = (text) => text): Promise<Result> {
  const text = readFileSync("scenarios/prime-video.yaml", "utf8");
  return runText(change(text));
}

const asPublished = (text: string): string => text.replace(/^current:/m, "carbon: { set: prime-video-ccf }\ncurrent:");

describe("Prime Video under the constants of the published reconstruction", async () => {
  const result = await primeVideo(asPublished);
  const carbon = (name: string): ArchitectureCarbon => {
    const found = result.architectures[name]?.carbon;
    if (found === null || found === undefined) throw new Error(name);
    return found;
  };
  test("31,064 kWh and 11.78 t with 0.001 kWh/GB in the region, 4,816 kWh and 1.83 t with none", () => {
    const { energy_kwh: energy, month } = carbon("microservices");
    expect(Math.round(energy.central)).toBe(31_064);
    expect(Math.round(energy.low)).toBe(4_816);
    expect((month.central / 1000).toFixed(2)).toBe("11.78");
    expect((month.low / 1000).toFixed(2)).toBe("1.83");
    expect(carbon("microservices").embodied).toEqual({ low: 0, central: 0, high: 0 });
  });
  test("monolith: 10,627 kWh and 4.03 t", () => {
    expect(Math.round(carbon("monolith").energy_kwh.central)).toBe(10_627);
    expect((carbon("monolith").month.central / 1000).toFixed(2)).toBe("4.03");
  });
  test("-66 % to +121 %, and the verdict says on one line what decides it", () => {
    const row = result.comparison.carbon?.rows.find(({ architecture }) => architecture === "monolith");
    expect(row?.change.central.toFixed(2)).toBe("-0.66");
    expect(row?.change.high?.toFixed(2)).toBe("1.21");
    expect(row?.ranking).toBe("undetermined");
    expect(result.comparison.carbon?.verdict).toContain(
      "cost -94 %; carbon undetermined, -66 % to +121 %, decided by in-region network energy",
    );
    expect(result.comparison.verdict).toContain(result.comparison.carbon?.verdict);
  });
  test("where the network's figure is known, the ranking is", async () => {
    const known = await primeVideo((text) =>
      asPublished(text).replace(
        "prime-video-ccf }",
        "prime-video-ccf, coefficients: { network_in_region: 0.001 kWh / GB } }",
      ),
    );
    const row = known.comparison.carbon?.rows.find(({ architecture }) => architecture === "monolith");
    expect(row?.ranking).toBe("less");
    expect(row?.change.low.toFixed(2)).toBe("-0.66");
  });
});

describe("Prime Video under the headline set", async () => {
  const result = await primeVideo();
  test("the ranking is undetermined, and the break-even lies inside the band", () => {
    const row = result.comparison.carbon?.rows.find(({ architecture }) => architecture === "monolith");
    expect(row?.ranking).toBe("undetermined");
    expect(row?.decided_by).toBe("in-region network energy");
    const [first] = row?.break_even ?? [];
    expect(first?.within_band).toBe(true);
    expect(first?.turns).toBe("below");
  });
  test("at the break-even the two emit alike", async () => {
    const row = result.comparison.carbon?.rows.find(({ architecture }) => architecture === "monolith");
    const value = row?.break_even[0]?.value ?? Number.NaN;
    const even = await primeVideo((text) =>
      text.replace(/^current:/m, `carbon: { coefficients: { network_in_region: ${value} kWh / GB } }\ncurrent:`),
    );
    const [a, b] = ["monolith", "microservices"].map(
      (name) => even.architectures[name]?.carbon?.month.central ?? Number.NaN,
    );
    expect(apart(a ?? Number.NaN, b ?? Number.NaN)).toBeLessThan(1e-6);
  });
  test("totals are sums of their lines, and total over total per unit of work", () => {
    for (const { carbon } of Object.values(result.architectures)) {
      if (carbon === null) throw new Error("no carbon");
      for (const end of ["low", "central", "high"] as const) {
        const sum = carbon.lines.reduce((total, line) => total + line.operational[end] + line.embodied[end], 0);
        expect(apart(sum, carbon.month[end])).toBeLessThan(1e-9);
        expect(apart(carbon.operational[end] + carbon.embodied[end], carbon.month[end])).toBeLessThan(1e-12);
        expect(
          apart((carbon.per_unit?.[end] ?? Number.NaN) * result.workload.work_month, carbon.month[end]),
        ).toBeLessThan(1e-12);
      }
      expect(carbon.month.low).toBeLessThanOrEqual(carbon.month.central);
      expect(carbon.month.central).toBeLessThanOrEqual(carbon.month.high);
    }
  });
  test("explain --carbon re-adds to the total", async () => {
    const ran = await archcost([
      "explain",
      "scenarios/prime-video.yaml",
      "microservices",
      "--carbon",
      "--format",
      "json",
    ]);
    const explained = JSON.parse(ran.stdout) as {
      total: { central: number };
      lines: { operational: { central: number }; embodied: { central: number } }[];
    };
    const sum = explained.lines.reduce(
      (total, { operational, embodied }) => total + operational.central + embodied.central,
      0,
    );
    expect(
      apart(explained.total.central, result.architectures["microservices"]?.carbon?.month.central ?? 0),
    ).toBeLessThan(1e-12);
    expect(apart(sum, explained.total.central)).toBeLessThan(1e-9);
  });
});

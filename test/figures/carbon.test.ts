import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { perUnitOf } from "../../src/figures/carbon.ts";
import type { Result } from "../../src/result/schema.ts";
import { archcost, runText, withFile } from "../run.ts";

type Parts = {
  readonly carbon?: unknown;
  readonly a?: Readonly<Record<string, unknown>>;
  readonly b?: Readonly<Record<string, unknown>>;
  readonly workload?: unknown;
  readonly units?: number;
};

const LAMBDA = { service: "aws/lambda", duration: "200 ms", memory: "1 GB" };
const FARGATE = { service: "aws/ecs-fargate", tasks: 1, cpu: "1 vCPU", memory: "2 GB" };

function scenario({ carbon, a = { f: LAMBDA }, b, workload, units = 1_000_000 }: Parts): string {
  return stringify({
    scenario: "carbon",
    region: "us-east-1",
    as_of: "2026-11-23",
    workload: workload ?? { unit: "call", driver: "calls", throughput: "calls / 1 month" },
    variables: { calls: units },
    ...(carbon === undefined ? {} : { carbon }),
    ...(b === undefined ? {} : { current: "b" }),
    architectures: { a: { components: a }, ...(b === undefined ? {} : { b: { components: b } }) },
  });
}

const run = (parts: Parts): Promise<Result> => runText(scenario(parts));
const carbonOf = (result: Result, name = "a") => {
  const carbon = result.architectures[name]?.carbon;
  if (carbon === null || carbon === undefined) throw new Error("no carbon");
  return carbon;
};

const close = (a: number, b: number): void => expect(Math.abs(a - b) / Math.abs(b)).toBeLessThan(1e-9);

describe("per unit of work", () => {
  test("total over total", () =>
    expect(perUnitOf({ low: 1, central: 530, high: 1050 }, 1050)?.central).toBe(530 / 1050));
  test("without work there is no figure", async () => {
    expect(perUnitOf({ low: 1, central: 2, high: 3 }, 0)).toBeNull();
    expect(carbonOf(await run({ a: { f: FARGATE }, units: 0 })).per_unit).toBeNull();
  });
  test("hours of different carbon count by their weight, not as a mean of ratios", async () => {
    const curved = {
      unit: "call",
      driver: "calls",
      throughput: "calls / 1 month",
      curve: { hours: [...Array(12).fill(0.5), ...Array(12).fill(1.5)] },
    };
    close(carbonOf(await run({ workload: curved })).month.central, carbonOf(await run({})).month.central);
  });
});

describe("what is reserved draws power", () => {
  test("idle provisioned concurrency: an idle machine's, and less than a busy one's", async () => {
    const idle = carbonOf(await run({ a: { f: { ...LAMBDA, provisioned: 10 } }, units: 0 }));
    close(idle.energy_kwh.central, (10 * (1024 / 1769) * 0.74 * 730 * 1.15) / 1000);
    expect(idle.embodied.central).toBeGreaterThan(0);
  });
  // Watts of Teads' m5 host at no load: 1.6 a vCPU and 0.15 a GB; Boavizta's: 0.792 and 0.378. Both count memory by the GB.
  test.each([
    ["teads", 1.6, 0.15],
    ["boavizta", 0.792, 0.378],
  ])("the memory of provisioned concurrency draws while it waits: %s", async (set, vcpu, memory) => {
    const idle = carbonOf(await run({ carbon: { set }, a: { f: { ...LAMBDA, provisioned: 10 } }, units: 0 }));
    close(idle.energy_kwh.central, (10 * ((1024 / 1769) * vcpu + memory) * 730 * 1.15) / 1000);
  });
  test.each(["ccf", "teads", "boavizta"])("a GB-second of Express draws as one of Lambda: %s", async (set) => {
    const express = { service: "aws/step-functions-express", duration: "200 ms", memory: "1 GB" };
    const drawn = async (f: unknown, end: "low" | "central" | "high") =>
      carbonOf(await run({ carbon: { set }, a: { f } }))
        .lines.filter(({ use }) => ["compute", "duration", "memory"].includes(use))
        .reduce((sum, line) => sum + line.energy_kwh[end], 0);
    for (const end of ["low", "central", "high"] as const) close(await drawn(express, end), await drawn(LAMBDA, end));
  });
  test("half the utilisation is far more than half the energy", async () => {
    const at = async (cpu_utilisation: string) =>
      carbonOf(await run({ a: { f: { ...FARGATE, cpu_utilisation } } })).energy_kwh.central;
    const [half, full] = [await at("30%"), await at("60%")];
    expect(half / full).toBeGreaterThan(0.6);
    expect(half / full).toBeLessThan(1);
  });
  test("utilisation of a component goes before that of the scenario, and this before the set's", async () => {
    const energy = async (carbon: unknown, own?: string) =>
      carbonOf(await run({ carbon, a: { f: { ...FARGATE, ...(own === undefined ? {} : { cpu_utilisation: own }) } } }))
        .energy_kwh.central;
    const [none, common, both] = [
      await energy({}),
      await energy({ utilisation: "80%" }),
      await energy({ utilisation: "80%" }, "50%"),
    ];
    close(none, both);
    expect(common).toBeGreaterThan(none);
  });
});

describe("the grid and its year", () => {
  test.each([
    [undefined, "2026-11-23", 0.418],
    [undefined, "2024-06-28", 0.403],
    [undefined, "2016-01-01", 0.439],
    [2023, "2026-11-23", 0.401],
  ])("year %s on %s: %d kg/kWh", async (year, asOf, expected) => {
    const result = await runText(
      scenario({ carbon: year === undefined ? {} : { year } }).replace(
        "as_of: 2026-11-23",
        `as_of: { prices: 2026-11-23, carbon: ${asOf} }`,
      ),
    );
    const { operational, energy_kwh: energy } = carbonOf(result);
    close(operational.central / energy.central, expected);
  });
  test("market-based carbon is of what the building draws, cooling included", async () => {
    const folder = mkdtempSync(join(tmpdir(), "archcost-sites-"));
    mkdirSync(join(folder, "aws"));
    const region = {
      zone: "US",
      grid: { "2025": 1000 },
      grid_low: 1000,
      grid_high: 1000,
      pue: 1.5,
      pue_basis: "published",
    };
    const sites = {
      source: "a test",
      retrieved: "2026-11-23",
      pue_source: "a test",
      market_source: "a test",
      market_year: 2025,
      pue_band: 0,
      regions: { "us-east-1": { ...region, market_based: 100 } },
    };
    writeFileSync(join(folder, "aws", "sites.yaml"), stringify(sites));
    const { market_based: market, operational } = carbonOf(await runText(scenario({}), ["--pricing", folder]));
    rmSync(folder, { recursive: true });
    // the purchases leave a tenth of the grid's 1 kg/kWh, on the very same energy
    close(market ?? Number.NaN, operational.central / 10);
  });
  test("a region whose market-based figure is unknown has none, not 0", async () => {
    const result = await runText(scenario({}).replace("us-east-1", "ap-southeast-1"));
    expect(carbonOf(result).market_based).toBeNull();
    expect(carbonOf(await run({})).market_based).toBe(0);
    expect(carbonOf(result).water_l).toBeGreaterThan(0);
  });
});

describe("what is not known is said", () => {
  test("an instance without a host leaves its energy out, and cost stands", async () => {
    const result = await run({ a: { box: { service: "aws/ec2", instance: "g5.xlarge" } } });
    const carbon = carbonOf(result);
    expect(result.architectures["a"]?.cost.month).toBeGreaterThan(0);
    expect(carbon.not_counted.map(({ what }) => what)).toContain("box.compute");
    expect(carbon.not_counted[0]?.reason).toContain("g5.xlarge");
  });
  test("a stated line says nothing of energy", async () => {
    const line = {
      service: "custom/line",
      quantity: 1,
      unit: "month",
      price: "10 USD",
      role: "work",
      source: "a quote",
      reason: "x",
    };
    const ran = await archcostOn(scenario({ a: { f: LAMBDA, licence: line } }));
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toContain("licence (a stated line says nothing of energy)");
  });
});

describe("mistakes are told at their place", () => {
  test.each([
    [{ set: "cff" }, 'no set of carbon coefficients "cff"', 'did you mean "ccf"?'],
    [{ coefficients: { transition_enrgy: 1 } }, 'no carbon coefficient "transition_enrgy"', "transition_energy"],
    [{ coefficients: { hdd_power: "3 GB" } }, "hdd_power", "GB"],
    [{ year: 1999 }, "no grid intensity of 1999 for us-east-1", "2025"],
    [{ utilisation: 1.2 }, "cpu_utilisation", "between 0 and 100%"],
    [{ utilisation: "5 GB" }, "cpu_utilisation", "GB"],
  ])("%j", async (carbon, message, hint) => {
    const ran = await archcostOn(scenario({ carbon }));
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).toContain(hint);
    expect(ran.stderr).toMatch(/scenario\.yaml:\d+:\d+/);
  });
});

describe("the band of the ratio", () => {
  const two = (carbon?: unknown): Parts => ({
    a: { f: FARGATE },
    b: { f: LAMBDA, s: { service: "aws/s3", puts: 1, gets: 3, size: "1 MB" } },
    ...(carbon === undefined ? {} : { carbon }),
  });
  const NAMES = [
    "compute_scale",
    "network_in_region",
    "put_energy",
    "utilisation_on_demand",
    "lifetime",
    "hdd_power",
  ] as const;
  test("what two architectures share leaves their ratio alone", async () => {
    const same = await run({ a: { f: FARGATE }, b: { f: FARGATE }, carbon: { utilisation: "50%" } });
    const row = same.comparison.carbon?.rows[0];
    expect(row?.change).toEqual({ low: 0, central: 0, high: 0 });
    expect(row?.ranking).toBe("equal");
  });
  test("utilisation moves by itself in each", async () => {
    const row = (await run({ a: { f: FARGATE }, b: { f: FARGATE } })).comparison.carbon?.rows[0];
    expect(row?.change.low).toBeLessThan(-0.2);
    expect(row?.change.high).toBeGreaterThan(0.2);
    expect(row?.ranking).toBe("undetermined");
  });
  test("no choice of values inside the bands lies outside it", async () => {
    const whole = await run(two());
    const row = whole.comparison.carbon?.rows[0];
    const used = whole.carbon?.coefficients ?? [];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: NAMES.length, maxLength: NAMES.length }),
        async (at) => {
          const coefficients = Object.fromEntries(
            NAMES.map((name, i) => {
              const found = used.find(({ address }) => address.startsWith(`carbon:${name}`));
              if (found === undefined) throw new Error(name);
              return [name, found.low + (at[i] ?? 0.5) * (found.high - found.low)];
            }),
          );
          const result = await run(two({ coefficients }));
          const ratio = carbonOf(result, "a").month.central / carbonOf(result, "b").month.central - 1;
          expect(ratio).toBeGreaterThanOrEqual((row?.change.low ?? Number.NaN) - 1e-9);
          expect(ratio).toBeLessThanOrEqual((row?.change.high ?? Number.NaN) + 1e-9);
        },
      ),
      { numRuns: 12 },
    );
  });
  test("its ends are reached: the program's own corner search finds what trying all corners finds", async () => {
    const names = ["compute_scale", "network_in_region", "put_energy"] as const;
    const used = (await run(two())).carbon?.coefficients ?? [];
    const fixed = Object.fromEntries(
      used.flatMap(({ address, central }) => {
        const name = address.replace(/^carbon:/, "").replace(/@.*/, "");
        return (names as readonly string[]).includes(name) ? [] : [[name, central]];
      }),
    );
    const row = (await run(two({ coefficients: fixed }))).comparison.carbon?.rows[0];
    const ratios: number[] = [];
    for (let corner = 0; corner < 2 ** names.length; corner += 1) {
      const chosen = Object.fromEntries(
        names.map((name, i) => {
          const found = used.find(({ address }) => address.startsWith(`carbon:${name}`));
          return [name, (corner >> i) % 2 === 0 ? (found?.low ?? Number.NaN) : (found?.high ?? Number.NaN)];
        }),
      );
      const result = await run(two({ coefficients: { ...fixed, ...chosen } }));
      ratios.push(carbonOf(result, "a").month.central / carbonOf(result, "b").month.central - 1);
    }
    close(row?.change.low ?? Number.NaN, Math.min(...ratios));
    close(row?.change.high ?? Number.NaN, Math.max(...ratios));
  });
});

test("data that is kept for ever: the mean of the first year", async () => {
  const kept = { service: "aws/s3", puts: 1, size: "1 MB", kept: "forever" };
  const carbon = carbonOf(await run({ a: { s: kept } }));
  const storage = carbon.lines.find(({ use }) => use === "storage");
  const gigabytes = (1_000_000 / 1024) * 6; // half of twelve months' objects
  close(storage?.energy_kwh.central ?? Number.NaN, ((gigabytes / 1024) * 3 * 0.65 * 730 * 1.15) / 1000);
});

async function archcostOn(text: string) {
  return withFile(text, (file) => archcost(["run", file]));
}

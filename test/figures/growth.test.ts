import { expect, test } from "vitest";
import type { Result } from "../../src/result/schema.ts";
import { runWithQuotas, scenario } from "./quota-catalog.ts";

async function grown(top: string): Promise<NonNullable<Result["growth"]>> {
  const result = await runWithQuotas(scenario({ architectures: { a: "{ w: { service: acme/worker } }" }, top }));
  if (result.growth === null) throw new Error("no growth");
  return result.growth;
}

const driverAt = (growth: NonNullable<Result["growth"]>, month: number) => growth.months[month]?.driver;

test.each([
  { growth: "8%/month", month: 12, driver: 500 * 1.08 ** 12 },
  { growth: "0.08", month: 12, driver: 500 * 1.08 ** 12 },
  { growth: "50%/year", month: 12, driver: 500 * 1.5 },
  { growth: "-5%/month", month: 2, driver: 500 * 0.95 ** 2 },
  { growth: "[1.5, 2, 4]", month: 0, driver: 500 },
  { growth: "[1.5, 2, 4]", month: 1, driver: 750 },
  { growth: "[1.5, 2, 4]", month: 2, driver: 1000 },
  { growth: "[1.5, 2, 4]", month: 3, driver: 2000 },
  { growth: "{ logistic: { limit: 4000, midpoint: 10 months, rate: 0.3 } }", month: 10, driver: 2000 },
  {
    growth: "{ logistic: { limit: 4000, midpoint: 10, rate: 30%/month } }",
    month: 13,
    driver: 4000 / (1 + Math.exp(-0.9)),
  },
])("$growth gives $driver users in month $month", async ({ growth, month, driver }) => {
  expect(driverAt(await grown(`growth: ${growth}`), month)).toBeCloseTo(driver, 6);
});

test("costs follow the load, and a quota is hit in the month in which the load first exceeds it", async () => {
  const growth = await grown("growth: 8%/month\nhorizon: 3 years");
  expect(growth.months).toHaveLength(37);
  expect(growth.months[0]?.cost["a"]).toBeCloseTo(500 * 730 * 3600 * 0.001, 3);
  expect(growth.months[10]?.cost["a"]).toBeCloseTo(1.08 ** 10 * 500 * 730 * 3600 * 0.001, 3);
  const month = (units: number) => Math.ceil(Math.log(units / 500) / Math.log(1.08));
  expect(growth.first_hits["a"]).toEqual([
    { quota: "acme/worker/rate", title: "Calls a second", month: month(2000) },
    { quota: "acme/worker/concurrency", title: "Calls at a time", month: month(4000) },
  ]);
});

test("what the load of today exceeds already is hit in month 0", async () => {
  const top = "growth: 8%/month\nquotas: { acme/worker: { rate: { granted: 100, reason: new account } } }";
  expect((await grown(top)).first_hits["a"]?.[0]).toMatchObject({ quota: "acme/worker/rate", month: 0 });
});

test("data that is kept for ever costs what is there in each month", async () => {
  const text = scenario({
    architectures: { a: "{ w: { service: acme/worker, kept: forever } }" },
    top: "growth: 0%/month",
  });
  const { growth } = await runWithQuotas(text);
  const [first, second] = growth?.months ?? [];
  const kept = 500 * 730 * 3600 * 730; // results of a month, each billed 730 hours at 1 USD
  expect(Number(second?.cost["a"]) - Number(first?.cost["a"])).toBeCloseTo(kept, 0);
});

test("a list says how far it goes; its last factor holds after it", async () => {
  expect((await grown("growth: [1.5, 2]")).months).toHaveLength(3);
  expect(driverAt(await grown("growth: [1.5, 2]\nhorizon: 6 months"), 6)).toBe(1000);
});

test.each([
  ["horizon: 6 months", '"growth" is missing'],
  ["growth: 8%/month\nhorizon: 900 months", "from 1 to 600 months"],
  ["growth: 3 GB", "growth is a share per time such as 8%/month"],
  ["growth: -100%/month", "nothing shrinks by 100 %"],
])("%s is refused", async (top, message) => {
  const text = scenario({ architectures: { a: "{ w: { service: acme/worker } }" }, top });
  await expect(runWithQuotas(text)).rejects.toThrow(message);
});

test("a year is the sum of its twelve months, each at its own load", async () => {
  const factors = [4, 6, 6, 2.8, 0.2, 0.2, 0.2, 0.2, 0.1, 0.1, 0.1, 0.1];
  const { year } = await grown(`growth: [${factors.join(", ")}]`);
  // 20 times the month of the scenario
  expect(year?.["a"]).toBeCloseTo(20 * 500 * 730 * 3600 * 0.001, 3);
  expect((await grown("growth: [1.5, 2]")).year).toBeNull();
});

// The grid's intensity of every region is that of @tgwf/co2 (Electricity Maps, yearly), zone by zone and year by year.
import { readFileSync } from "node:fs";
import electricityMaps from "@tgwf/co2/data/electricity-maps";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { regionsSchema, sitesSchema } from "../../src/catalog/schema.ts";

const sites = sitesSchema.parse(parse(readFileSync("pricing/aws/sites.yaml", "utf8")));
const known = regionsSchema.parse(parse(readFileSync("pricing/aws/regions.yaml", "utf8")));
const years = [2021, 2022, 2023, 2024, 2025] as const;

test("every region of the catalog has a site", () => {
  expect(Object.keys(sites.regions).sort()).toEqual(Object.keys(known.regions).sort());
});

test.each(Object.entries(sites.regions))("%s", (_, { zone, grid, grid_low: low, grid_high: high }) => {
  for (const year of years) {
    const published = electricityMaps[`yearly${year}`].data[zone]?.carbonIntensity;
    expect(published?.unit).toBe("gCO2eq/kWh");
    expect(grid[year]).toBe(published?.value);
  }
  expect(low).toBeLessThanOrEqual(grid[2025] ?? Number.NaN);
  expect(high).toBeGreaterThanOrEqual(grid[2025] ?? Number.NaN);
});

// Carbon data: every coefficient has a band in order, a known source and a unit; every service says what it draws.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import {
  carbonSetSchema,
  carbonSetsSchema,
  serviceSchema,
  sourcesSchema,
  tableSchema,
} from "../../src/catalog/schema.ts";
import { parseUnit } from "../../src/formula/unit.ts";

const read = (path: string): unknown => parse(readFileSync(`pricing/${path}`, "utf8"));
const sources = sourcesSchema.parse(read("carbon/sources.yaml"));
const { sets, default: headline } = carbonSetsSchema.parse(read("carbon/sets.yaml"));
const table = (name: string) => tableSchema.parse(read(`aws/tables/${name}.yaml`));
const services = readdirSync("pricing/aws").filter((name) => existsSync(`pricing/aws/${name}/service.yaml`));

test("the sets are those of the folder, the headline among them", () => {
  const files = readdirSync("pricing/carbon").map((name) => name.replace(/\.yaml$/, ""));
  expect([...sets].sort()).toEqual(files.filter((name) => name !== "sets" && name !== "sources").sort());
  expect(sets).toContain(headline);
});

test.each(sets)("coefficients of %s", (name) => {
  const set = carbonSetSchema.parse(read(`carbon/${name}.yaml`));
  expect(set.set).toBe(name);
  for (const [key, { unit, source, value, low, central, high, basis, note }] of Object.entries(set.coefficients)) {
    expect(Object.keys(sources), `${key}: source`).toContain(source);
    if (unit !== undefined) expect(parseUnit(unit, { monthSeconds: 1 }), key).not.toHaveProperty("error");
    expect(value !== undefined || (low !== undefined && central !== undefined && high !== undefined), key).toBe(true);
    const [least, middle, most] = [Number(low ?? value), Number(central ?? value), Number(high ?? value)];
    // `low` gives less carbon, so a figure that divides stands the other way round.
    expect((least <= middle && middle <= most) || (least >= middle && middle >= most), `${key}: order`).toBe(true);
    if (basis === "assumption" && source === "assumption") expect(note, `${key}: why`).toBeDefined();
  }
});

test.each(services)("%s says what it draws, or why nothing", (name) => {
  const { energy, meters } = serviceSchema.parse(read(`aws/${name}/service.yaml`));
  if (Object.keys(meters).length === 0) return;
  expect(energy.none !== undefined || Object.keys(energy.uses ?? {}).length > 0).toBe(true);
  for (const [key, use] of Object.entries(energy.uses ?? {})) {
    expect(use.flow !== undefined || use.quantity !== undefined || use.embodied !== undefined, key).toBe(true);
    if (use.kind === "request" || use.kind === "transition") expect(use.basis, key).toBe("assumption");
  }
});

test("every instance type has a host, but those with GPUs; every host a processor", () => {
  const instances = table("instances");
  const gpu = Object.keys(instances.columns).indexOf("gpu");
  const hosts = table("hosts");
  const known = table("instance_hosts").rows;
  const without = Object.entries(instances.rows).filter(([type]) => !(type in known));
  expect(without.filter(([, row]) => row[gpu] === 0).map(([type]) => type)).toEqual([]);
  for (const [host] of Object.values(known)) expect(Object.keys(hosts.rows)).toContain(host);
  for (const [processor] of Object.values(hosts.rows))
    expect(Object.keys(table("processors").rows)).toContain(processor);
});

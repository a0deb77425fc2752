// What `archcost prices` tells, and what its check finds; and what a price's dates mean.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { daysBetween, entriesOf, entryOn, rateOf } from "../../src/catalog/rate.ts";
import { archcost, runText } from "../run.ts";

const SERVICE = `service: acme/box
title: Box
focus: { ServiceName: Box, ServiceCategory: Other }
parameters: { kind: { one_of: [small, large], default: small, doc: kind } }
meters:
  hours: { title: Hours, flow: 1, unit: h, rate: "hours_{kind}", role: work }
  disk: { title: Disk, flow: 1 GB, unit: GB*month, role: storage, when: kind == large }
`;
const GOOD = `{ from: 2026-01-01, unit: h, price: "1", source: "https://acme.example", retrieved: 2026-01-02 }`;
const DISK = `disk: { from: 2026-01-01, unit: GB*month, price: "1", source: "https://acme.example", retrieved: 2026-01-02 }`;

function folder(rates: string): string {
  const root = mkdtempSync(join(tmpdir(), "archcost-prices-"));
  mkdirSync(join(root, "acme", "box", "rates"), { recursive: true });
  writeFileSync(join(root, "acme", "box", "service.yaml"), SERVICE);
  writeFileSync(join(root, "acme", "box", "rates", "here.yaml"), `service: acme/box\nregion: here\nrates:\n${rates}`);
  return root;
}

const verify = (rates: string) => archcost(["prices", "verify", "acme/box", "--pricing", folder(rates)]);

test("the built-in prices pass their own check", async () => {
  const ran = await archcost(["prices", "verify"]);
  expect(ran.stderr).toBe("");
  expect(ran.code).toBe(0);
  expect(ran.stdout).toMatch(/^\d{4,} prices of \d\d services/);
});

test("a sound folder passes", async () => {
  const ran = await verify(`  hours_small: ${GOOD}\n  hours_large: ${GOOD}\n  ${DISK}\n`);
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
});

test.each([
  ["no source", GOOD.replace('source: "https://acme.example", ', ""), /has no source/],
  ["an unknown source", GOOD.replace("https://acme.example", "nowhere"), /no source "nowhere"/],
  ["no date", GOOD.replace("from: 2026-01-01, ", ""), /has no date/],
  ["no day of retrieval", GOOD.replace(", retrieved: 2026-01-02", ""), /retrieved/],
  ["an unknown unit", GOOD.replace("unit: h", "unit: hour"), /no unit "hour"/],
  ["neither price nor tiers", GOOD.replace('price: "1", ', ""), /either a price or tiers/],
  [
    "a gap in the tiers",
    GOOD.replace('price: "1"', 'tiers: [{ from: 0, to: 10, price: "1" }, { from: 11, to: inf, price: "2" }]'),
    /a gap in the tiers between 10 and 11/,
  ],
  [
    "tiers that overlap",
    GOOD.replace('price: "1"', 'tiers: [{ from: 0, to: 10, price: "1" }, { from: 9, to: inf, price: "2" }]'),
    /tiers overlap between 9 and 10/,
  ],
  [
    "tiers that end",
    GOOD.replace('price: "1"', 'tiers: [{ from: 0, to: 10, price: "1" }]'),
    /the last tier ends at 10/,
  ],
  ["two prices of one day", `[${GOOD}, ${GOOD}]`, /begin on the same day/],
  ["an assumption from nowhere", GOOD.replace("unit: h", "unit: h, status: assumed"), /does not say from what/],
])("verify finds %s", async (_, rate, message) => {
  const ran = await verify(`  hours_small: ${rate}\n  hours_large: ${GOOD}\n  ${DISK}\n`);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toMatch(message);
});

test.each([
  ["end", '[{ from: 0, to: 10, price: "1" }]', "the last tier ends at 10: it is to end at inf"],
  ["overlap", '[{ from: 0, to: 10, price: "1" }, { from: 5, to: inf, price: "2" }]', "tiers overlap between 5 and 10"],
  ["have a gap", '[{ from: 0, to: 5, price: "1" }, { from: 10, to: inf, price: "2" }]', "a gap in the tiers"],
  ["do not begin at 0", '[{ from: 1, to: inf, price: "1" }]', "tiers begin at 1, not at 0"],
  [
    "end before they begin",
    '[{ from: 0, to: 0, price: "1" }, { from: 0, to: inf, price: "1" }]',
    "a tier ends (0) before",
  ],
  ["run to a word", '[{ from: 0, to: many, price: "1" }]', "runs from a number to a number or inf"],
])("a scenario whose prices have tiers that %s is refused when they are loaded", async (_, tiers, message) => {
  const rate = GOOD.replace('price: "1"', `tiers: ${tiers}`);
  const root = folder(`  hours_small: ${rate}\n  hours_large: ${GOOD}\n  ${DISK}\n`);
  const file = join(root, "scenario.yaml");
  writeFileSync(
    file,
    "scenario: x\nregion: here\nas_of: 2026-11-23\nworkload: { unit: order, driver: orders, throughput: orders / 1 s }\n" +
      "variables: { orders: 1 }\narchitectures: { a: { components: { box: { service: acme/box } } } }\n",
  );
  const ran = await archcost(["run", file, "--pricing", root]);
  expect([ran.code, ran.stdout]).toEqual([2, ""]);
  expect(ran.stderr).toMatch(/here\.yaml:4:\d+: error: /);
  expect(ran.stderr).toContain(message);
});

test("verify finds a gap that is not declared, for each word under which a meter exists", async () => {
  const missing = await verify(`  hours_small: ${GOOD}\n`);
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain("acme/box#hours_large in here: no price, and no gap is declared");
  expect(missing.stderr).toContain("acme/box#disk in here");
  const declared = await verify(
    `  hours_small: ${GOOD}\ngaps:\n  hours_large: { status: not_offered, reason: x }\n  disk: { status: unknown, reason: y }\n`,
  );
  expect([declared.code, declared.stderr]).toEqual([0, ""]);
});

test("list and show tell source, date, age and status", async () => {
  const list = await archcost(["prices", "list", "aws/lambda"]);
  expect(list.stdout).toMatch(/aws\/lambda +\d+ +\d+ listed/);
  const show = await archcost(["prices", "show", "aws/step-functions-standard", "us-east-1"]);
  expect(show.stdout).toMatch(
    /us-east-1 +transitions +0\.000025 +transition +\d{4}-\d\d-\d\d +\d{4}-\d\d-\d\d +\d+ d +listed/,
  );
  const wrong = await archcost(["prices", "show", "aws/lamda"]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('did you mean "aws/lambda"')]);
});

test("the latest price that has begun holds; after its last sighting it is carried, with the gap in days", () => {
  const file = {
    service: "s",
    region: "r",
    defaults: { unit: "h", source: "x", retrieved: "2026-01-01" },
    rates: {
      k: [
        { from: "2024-01-01", price: "2" },
        { from: "2025-01-01", confirmed: "2025-03-01", price: "1" },
      ],
    },
    gaps: {},
  };
  const entries = entriesOf(file, "k");
  expect(entryOn(entries, "2023-12-31")).toBeUndefined();
  expect(entryOn(entries, "2024-12-31")?.price).toBe("2");
  expect(entryOn(entries, "2025-01-01")?.price).toBe("1");
  const id = { service: "s", key: "k", region: "r", regionOfPrice: "r" };
  const [, later] = entries;
  if (later === undefined) throw new Error("two entries");
  expect(rateOf(id, later, "2025-02-01")).toMatchObject({ status: "listed", gapDays: 0 });
  expect(rateOf(id, later, "2025-03-11")).toMatchObject({ status: "carried", gapDays: 10 });
  expect(rateOf({ ...id, regionOfPrice: "elsewhere" }, later, "2025-02-01").status).toBe("assumed");
});

test("a tier may be less sure than its entry: lines of each tier say so", async () => {
  const { architectures } = await runText(`
scenario: Tiers
region: us-east-1
as_of: 2026-11-23
workload: { unit: TB, driver: sent, throughput: sent / 1 month }
variables: { sent: 600 }
architectures:
  a: { components: { stream: { service: aws/data-firehose, records: 1 TB / 5 KB, record_size: 5 KB } } }
`);
  const lines = architectures["a"]?.line_items.filter(({ x_Meter: meter }) => meter === "ingested") ?? [];
  expect(lines.map((line) => [line.PricingQuantity, line.x_PriceStatus])).toEqual([
    [expect.closeTo(512_000, 3), "carried"],
    [expect.closeTo(102_400, 3), "remembered"],
  ]);
});

test("days between dates, leap years included", () => {
  expect(daysBetween("2024-02-28", "2024-03-01")).toBe(2);
  expect(daysBetween("2023-02-28", "2023-03-01")).toBe(1);
  expect(daysBetween("2026-11-23", "2025-11-23")).toBe(-365);
});

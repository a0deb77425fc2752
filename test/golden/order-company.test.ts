// The bill of scenarios/order-company.yaml, worked out line by line without the program: plain arithmetic on prices of eu-west-1.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runText } from "../run.ts";

const HOURS_A_MONTH = 730;
const DAY = [2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 11, 12, 12, 11, 11, 12, 13, 15, 18, 20, 19, 15, 9, 4];
const WEEK = [1, 1, 1, 1, 1.2, 1.4, 1.3];
const GB = 1024 ** 3;
const KB = 1024;
const ORDERS_A_DAY = 33_000;
const CALLS = 40;

type Environment = {
  readonly name: string;
  readonly load: number;
  readonly isOn: (day: number, hour: number) => boolean;
  readonly database: number;
  /** instances of the database and the price of an hour */
  readonly instances: number;
  readonly instanceHour: number;
  readonly zones: number;
  readonly addresses: number;
  readonly isPublic: boolean;
  readonly tasks: (all: number) => number;
};

const always = (): boolean => true;
const byDay = (day: number, hour: number): boolean => day < 5 && hour >= 7 && hour < 19;
const ENVIRONMENTS: readonly Environment[] = [
  // biome-ignore format: a table
  { name: "production", load: 1, isOn: always, database: 120, instances: 2, instanceHour: 0.286, zones: 3, addresses: 6, isPublic: true, tasks: (all) => all },
  // biome-ignore format: a table
  { name: "test", load: 0.02, isOn: byDay, database: 20, instances: 1, instanceHour: 0.078, zones: 1, addresses: 2, isPublic: false, tasks: (all) => Math.max(1, Math.ceil(all * 0.02)) },
  // biome-ignore format: a table
  { name: "staging", load: 0.1, isOn: always, database: 120, instances: 2, instanceHour: 0.286, zones: 3, addresses: 6, isPublic: false, tasks: (all) => Math.max(2, Math.ceil(all * 0.1)) },
];

const total = DAY.reduce((a, b) => a + b) * WEEK.reduce((a, b) => a + b);
/** hours of the week with the orders a second of the whole shop at that hour */
const SLOTS = WEEK.flatMap((weekday, day) =>
  DAY.map((weight, hour) => ({ day, hour, orders: (ORDERS_A_DAY / 86_400) * ((weight * weekday * 168) / total) })),
);

/** USD a month by component and meter. */
function billOf(environment: Environment): ReadonlyMap<string, number> {
  const { load, isOn, database, instances, instanceHour, zones, addresses, isPublic, tasks } = environment;
  const open = SLOTS.filter(({ day, hour }) => isOn(day, hour));
  const hours = HOURS_A_MONTH / 168;
  const orders = open.reduce((sum, slot) => sum + slot.orders, 0) * load * hours * 3600;
  const calls = orders * CALLS;
  const answers = (calls * 8 * KB) / GB;
  const logs = (calls * 1.2 * KB) / GB;
  const taskHours =
    open.reduce((sum, slot) => sum + tasks(Math.max(3, Math.ceil((slot.orders * CALLS) / 40 - 1e-9))), 0) * hours;
  const lines: readonly (readonly [string, number])[] = [
    ["api.vcpu", taskHours * 0.03238],
    ["api.memory", taskHours * 2 * 0.00356],
    ["database.instances", instances * open.length * hours * instanceHour],
    ["database.io", calls * 12 * 0.22e-6],
    ["database.storage", database * 0.11],
    ["database.backup", (database / 2) * 0.021],
    ["nat.hours", zones * HOURS_A_MONTH * 0.048],
    ["nat.data", ((orders * 20 * KB) / GB) * 0.048],
    ["addresses.in_use", addresses * HOURS_A_MONTH * 0.005],
    ["zones.sent", answers * 0.6 * 0.01],
    ["zones.received", answers * 0.6 * 0.01],
    ["internet.out", answers * 0.09],
    ["logs.ingest", logs * 0.57],
    // compressed to 15 %, kept for 30 days
    ["logs.storage", (logs * 0.15 * 30 * 24 * 0.03) / HOURS_A_MONTH],
    ["balancer.hours", HOURS_A_MONTH * 0.0252],
    // a capacity unit takes 25 new connections a second, which binds before its GB an hour
    ["balancer.lcu", (calls / 3600 / 25) * 0.008],
    ["alarms.metrics", 30 * 0.3],
    ["alarms.alarms", 15 * 0.1],
    ["images.storage", 20 * 0.1],
    ["secrets.secrets", 6 * 0.4],
    ["secrets.requests", orders * 0.1 * 5e-6],
    ["keys.keys", 3],
    ["keys.requests", orders * 2 * 3e-6],
  ];
  const shop: readonly (readonly [string, number])[] = [
    ["firewall.web_acls", 5],
    ["firewall.rules", 8],
    ["firewall.requests", calls * 0.6e-6],
    ["dns.hosted_zones", 2 * 0.5],
    ["dns.queries", orders * 3 * 0.4e-6],
  ];
  return new Map(isPublic ? [...lines, ...shop] : lines);
}

/** Business Support+ above what is spent already; both accounts stay in its first band, of 9 % to 10,000 USD. */
const SUPPORT = 0.09;

test("every line of every environment is what it comes to by hand, and so are support, tax and the sum in euros", async () => {
  const result = await runText(readFileSync("scenarios/order-company.yaml", "utf8"));
  const containers = result.architectures["containers"];
  if (containers === undefined) throw new Error("no containers");
  let month = 0;
  for (const environment of ENVIRONMENTS) {
    const bill = billOf(environment);
    const found = containers.line_items
      .filter((line) => line.x_Environment === environment.name)
      .map((line) => [`${line.x_Component.split("@")[0]}.${line.x_Meter}`, line.EffectiveCost] as const);
    expect(found.map(([name]) => name).sort(), environment.name).toEqual([...bill.keys()].sort());
    for (const [name, cost] of found) expect(cost, `${environment.name} ${name}`).toBeCloseTo(bill.get(name) ?? -1, 8);
    month += [...bill.values()].reduce((a, b) => a + b);
  }
  expect(containers.cost.month).toBeCloseTo(month, 6);
  const withAll = month * (1 + SUPPORT) * 1.23;
  expect(containers.overheads?.month).toBeCloseTo(withAll, 6);
  expect(containers.overheads?.currency?.month).toBeCloseTo(withAll * 0.9, 6);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { type DiffReport, diffSchema } from "../../src/result/check.ts";
import { archcost } from "../run.ts";
import { type Repository, repository, scenario } from "./repository.ts";

let repo: Repository;
beforeAll(() => {
  repo = repository();
});
afterAll(() => repo.remove());

async function diff(before: string, after: string): Promise<DiffReport["change"]> {
  const ran = await archcost(["diff", before, after, "--format", "json"]);
  if (ran.code !== 0) throw new Error(ran.stderr);
  return diffSchema.parse(JSON.parse(ran.stdout)).change;
}

async function between(before: string, after: string): Promise<DiffReport["change"]> {
  repo.write("a.yaml", before);
  repo.write("b.yaml", after);
  return diff(repo.path("a.yaml"), repo.path("b.yaml"));
}

test("more work is the workload's", async () => {
  const { architectures, edits } = await between(scenario(), scenario("", { orders: "2e6" }));
  expect(architectures).toHaveLength(1);
  expect(architectures[0]).toMatchObject({
    architecture: "workflow",
    by: { workload: expect.closeTo(125, 6), design: 0, prices: 0 },
  });
  expect(architectures[0]?.lines[0]?.places[0]?.line).toBe(6);
  expect(edits[0]).toMatchObject({ cause: "workload", path: "variables.orders.value" });
});

test("another design is the design's, also where both change", async () => {
  const { architectures } = await between(scenario(), scenario("", { orders: "2e6", transitions: "8" }));
  expect(architectures[0]?.by).toEqual({
    workload: expect.closeTo(125, 6),
    prices: expect.closeTo(0, 6),
    design: expect.closeTo(150, 6),
    program: 0,
  });
});

test("a discount is the prices'", async () => {
  const lambda = scenario().replace(
    "  one-box:",
    "  functions: { components: { f: { service: aws/lambda, duration: 1 s, memory: 1 GB } } }\n  one-box:",
  );
  const { architectures } = await between(lambda, `${lambda}discounts: [{ services: [aws/lambda], percent: 10 }]\n`);
  expect(architectures.map(({ architecture }) => architecture)).toEqual(["functions"]);
  expect(architectures[0]?.change).toBeLessThan(-1);
  expect(architectures[0]?.by.prices).toBeCloseTo(architectures[0]?.change ?? Number.NaN, 6);
});

test("largest first, and nothing where nothing changed", async () => {
  const { architectures } = await between(scenario(), scenario("", { transitions: "6", price: "4" }));
  expect(architectures.map(({ architecture, change }) => [architecture, Math.round(change)])).toEqual([
    ["one-box", 100],
    ["workflow", 25],
  ]);
  expect((await between(scenario(), scenario())).architectures).toEqual([]);
});

const SERVICE = `service: own/queue
title: Queue
focus: { ServiceName: Queue, ServiceCategory: Integration }
parameters: { messages: { per: work, default: 1, doc: messages } }
meters: { messages: { title: Messages, flow: throughput * messages, unit: message, role: coordination } }
`;

test("local price folders are read as they were", async () => {
  const rates = (price: string): string => `service: own/queue
region: us-east-1
rates:
  messages: { unit: message, price: "${price}", from: 2020-01-01, source: quote, retrieved: 2026-11-23 }
`;
  const own = scenario()
    .replace("  one-box:", "  queue:\n    components: { q: { service: own/queue } }\n  one-box:")
    .replace("region: us-east-1", "region: us-east-1\ncatalog: prices");
  repo.write("s/own.yaml", own);
  repo.write("s/prices/own/sources.yaml", "quote: { title: a quote }\n");
  repo.write("s/prices/own/queue/service.yaml", SERVICE);
  repo.write("s/prices/own/queue/rates/us-east-1.yaml", rates("0.00001"));
  repo.commit("prices");
  repo.write("s/prices/own/queue/rates/us-east-1.yaml", rates("0.00003"));
  const { architectures } = await diff(`HEAD:${repo.path("s/own.yaml")}`, repo.path("s/own.yaml"));
  expect(architectures[0]).toMatchObject({ architecture: "queue", by: { prices: expect.closeTo(20, 6), design: 0 } });
});

test("two stored results", async () => {
  const stored = async (text: string, name: string): Promise<string> => {
    repo.write("x.yaml", text);
    repo.write(name, (await archcost(["run", repo.path("x.yaml"), "--format", "json", "--quiet"])).stdout);
    return repo.path(name);
  };
  const change = await diff(await stored(scenario(), "a.json"), await stored(scenario("", { price: "3" }), "b.json"));
  expect(change.method).toBe("from figures");
  expect(change.architectures[0]).toMatchObject({ architecture: "one-box", by: { prices: expect.closeTo(50, 6) } });
});

test("text and markdown", async () => {
  repo.write("a.yaml", scenario());
  repo.write("b.yaml", scenario("", { transitions: "8" }));
  const [a, b] = [repo.path("a.yaml"), repo.path("b.yaml")];
  expect((await archcost(["diff", a, b])).stdout).toContain("+$75 steps:");
  expect((await archcost(["diff", a, b, "--format", "markdown"])).stdout).toContain(
    "**workflow: +$75 a month (design +$75)**",
  );
});

test("what is not there is told", async () => {
  const ran = await archcost(["diff", "HEAD:nothing.yaml", repo.path("a.yaml")]);
  expect(ran.code).toBe(2);
});

const TWO = ({ a = "100", b = "10", size = "8 GB", other = "8 GB" } = {}): string => `scenario: two inputs
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 s }
variables:
  calls: 10
  a: ${a}
  b: ${b}
architectures:
  one:
    components:
      f:
        service: aws/lambda
        duration: a * 1 ms
        memory: 1 GB
      disk:
        service: aws/ebs
        size: b * ${size}
  apart:
    components:
      disk:
        service: aws/ebs
        size: ${other}
`;

test("a change of a line item names the edits that it would not be there without, and no others", async () => {
  const { architectures, edits } = await between(TWO(), TWO({ a: "200", b: "20", size: "9 GB", other: "7 GB" }));
  expect(edits).toHaveLength(4);
  const places = Object.fromEntries(
    architectures.flatMap(({ architecture, lines }) =>
      lines.map((line) => [`${architecture}.${line.component}.${line.meter}`, line.places.map((place) => place.line)]),
    ),
  );
  expect(places).toMatchObject({
    // variable a; b and the size of its own disk; the other disk's size
    "one.f.compute": [7],
    "one.disk.storage": [8, 18],
    "apart.disk.storage": [23],
  });
});

test("an edit that cannot be taken back alone is tried in the scenario as it was", async () => {
  const old = TWO().replace("  b: 10\n", "  c: 10\n").replace("b * 8 GB", "c * 8 GB");
  const { architectures } = await between(old, TWO({ a: "200", b: "20" }));
  const lines = architectures.find(({ architecture }) => architecture === "one")?.lines ?? [];
  const compute = lines.find(({ component }) => component === "f");
  expect(compute?.places.map((place) => place.line)).toEqual([7]);
});

test.each(["constructor", "valueOf", "toString", "hasOwnProperty"])(
  "a stored result may have the name %s",
  async (name) => {
    repo.write("now.yaml", scenario());
    const { stdout } = await archcost(["run", repo.path("now.yaml"), "--format", "json", "--quiet"]);
    repo.write("now.json", stdout);
    repo.write("named.json", stdout.replaceAll(/\bworkflow\b/g, name));
    const then = (await diff(repo.path("named.json"), repo.path("now.yaml"))).architectures;
    expect(then.map((each) => [each.architecture, each.before === null, each.after === null]).sort()).toEqual(
      [
        [name, false, true],
        ["workflow", true, false],
      ].sort(),
    );
    const both = (await diff(repo.path("now.json"), repo.path("named.json"))).architectures;
    expect(both.map((each) => each.architecture).sort()).toEqual([name, "workflow"].sort());
  },
);

test("a stored result with the name __proto__ is refused: a record cannot hold it", async () => {
  repo.write("now.yaml", scenario());
  const { stdout } = await archcost(["run", repo.path("now.yaml"), "--format", "json", "--quiet"]);
  repo.write("named.json", stdout.replaceAll(/\bworkflow\b/g, "__proto__"));
  const ran = await archcost(["diff", repo.path("named.json"), repo.path("now.yaml")]);
  expect([ran.code, ran.stdout]).toEqual([2, ""]);
  expect(ran.stderr).toContain('nothing may be named "__proto__"');
});

// Sets of levers share a graph: what it says is what a model of the same scenario by itself says, to the bit.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadScenario } from "../../src/cli/load.ts";
import { Problems } from "../../src/diagnostic/diagnostic.ts";
import { resultOf } from "../../src/figures/result.ts";
import { CHEAPEST } from "../../src/levers/check.ts";
import { leversOf } from "../../src/levers/list.ts";
import { LeverStudy } from "../../src/levers/study.ts";
import { linkModel } from "../../src/link/link.ts";
import type { Lever } from "../../src/scenario/lever.ts";
import { withFile } from "../run.ts";

const io = { stdout: process.stdout, stderr: process.stderr, env: {}, cwd: () => "." };

function studyOf(file: string) {
  const { scenario, catalog, variant } = loadScenario(file, {}, io);
  const [architecture = ""] = scenario.architectures.keys();
  const task = { scenario, catalog, variant, architecture, version: "test" };
  const problems = new Problems();
  const listed = leversOf({ ...task, builtIn: true, problems });
  if (problems.hasErrors) throw new Error(problems.list.map(({ message }) => message).join("\n"));
  const levers = listed.map((lever): Lever => {
    return lever.spec.region === CHEAPEST ? { ...lever, spec: { ...lever.spec, region: "eu-central-1" } } : lever;
  });
  return { study: new LeverStudy(task), task, levers };
}

/** All that is told of a set of levers. */
function look({ study }: ReturnType<typeof studyOf>, levers: readonly Lever[]) {
  const { figures, problems } = study.look(levers);
  if (figures === undefined) return { figures, problems };
  const { load, ...others } = figures;
  return { figures: { ...others, ...load() }, problems };
}

/** The same through a model of its own. */
function alone({ study, task }: ReturnType<typeof studyOf>, levers: readonly Lever[]) {
  const { scenario, architecture, region, variables } = study.look(levers).overlay;
  const set = new Map([...task.variant.set].filter(([name]) => !variables.has(name)));
  const variant = { ...task.variant, set, only: [architecture], region: region ?? task.variant.region };
  const problems = new Problems();
  const model = linkModel(scenario, task.catalog, variant, problems);
  const result = model === undefined ? undefined : resultOf(model, { ...task, curve: false }, problems);
  const found = result?.architectures[architecture];
  if (found === undefined || problems.hasErrors) return { figures: undefined, problems: problems.list };
  const { cost, carbon, capacity, feasible, disqualified } = found;
  const figures = {
    cost: cost.month,
    carbon: carbon === null ? null : carbon.month.central,
    binds_at: capacity.granted,
    hard: capacity.hard,
    feasible,
    reasons: disqualified,
  };
  return { figures, problems: [] };
}

describe("every set of levers", () => {
  test.each([
    ["prime-video", 60],
    ["order-company", 12],
    ["thumbnails", 40],
    ["nightly-batch", 40],
  ])(
    "%s",
    (name, numRuns) => {
      const shared = studyOf(`scenarios/${name}.yaml`);
      fc.assert(
        fc.property(fc.subarray([...shared.levers]), (levers) => {
          expect(look(shared, levers)).toEqual(alone(shared, levers));
        }),
        { numRuns },
      );
    },
    60_000,
  );
});

const SCENARIO = `
scenario: levers
region: us-east-1
as_of: 2026-11-23
workload: { unit: order, driver: orders, throughput: orders / 1 s, curve: { hours: [ 1,1,1,1,1,1,1,2,2,2,2,2,2,2,2,2,2,2,1,1,1,1,1,1 ] } }
variables: { orders: 10, slow: 100 ms }
architectures:
  a:
    components:
      front: { service: aws/lambda, duration: slow, memory: 512 MB }
      back: { service: aws/lambda, called_by: front, duration: 50 ms, memory: 256 MB }
    omit: { logs: left out, metrics: left out, tracing: left out, data-transfer: left out, keys: left out }
levers:
  built_in: "off"
  nights: { class: usage, reason: a test, components: { front: { duration: "mean(if(hour < 8, slow, 2 * slow))" } } }
  quick: { class: usage, reason: a test, variables: { slow: 20 ms } }
  large: { class: usage, reason: a test, components: { back: { memory: 99 GB } } }
  long: { class: usage, reason: a test, components: { back: { duration: 20 min } } }
  absent: { class: usage, reason: a test, components: { back: { called_by: nobody } } }
  small: { class: usage, reason: a test, components: { back: { memory: 128 MB } } }
`;

test("levers that ask for hours, set a variable or are faulty", async () => {
  await withFile(SCENARIO, async (file) => {
    const shared = studyOf(file);
    const [nights, quick, large, long, absent, small] = shared.levers;
    if (!nights || !quick || !large || !long || !absent || !small) throw new Error("six levers");
    const sets = [
      [],
      [nights],
      [small],
      [nights, small],
      [quick],
      [quick, small],
      [large],
      [long],
      [long, small],
      [absent],
      [absent, small],
    ];
    // Twice: after a fault the same faults are told again.
    for (const levers of [...sets, ...sets.toReversed()]) {
      expect(look(shared, levers), levers.map(({ name }) => name).join(" ")).toEqual(alone(shared, levers));
    }
    expect(shared.study.look([absent]).problems.map(({ message }) => message)).toEqual([
      'no component "nobody" in "a"',
    ]);
    expect(shared.study.look([small]).figures?.feasible).toBe(true);
    const refused = shared.study.look([long]).figures;
    expect(refused?.feasible).toBe(false);
    expect(refused?.load().reasons).toEqual(look(shared, [long]).figures?.reasons);
    expect(refused?.load().reasons).not.toEqual([]);
    expect(shared.study.cost([small])).toBe(shared.study.look([small]).figures?.cost);
    expect(shared.study.cost([absent])).toBe(Number.POSITIVE_INFINITY);
    expect(shared.study.cost([nights, quick])).toBe(shared.study.look([nights, quick]).figures?.cost);
    const costs = [[], [nights], [quick]].map((levers) => shared.study.look(levers).figures?.cost ?? Number.NaN);
    expect(costs[1]).toBeGreaterThan(costs[0] ?? Number.NaN);
    expect(costs[2]).toBeLessThan(costs[0] ?? Number.NaN);
  });
});

test("a new value of a variable stands without the range of the old one, unless it brings one", async () => {
  const ranged = SCENARIO.replace("slow: 100 ms", "slow: { value: 100 ms, low: 50 ms, high: 300 ms, reason: a test }")
    .replace("variables: { slow: 20 ms }", "variables: { slow: 20 ms }, excludes: [wide]")
    .concat(
      "  wide: { class: usage, reason: a test, variables: { slow: { value: 20 ms, low: 10 ms, high: 30 ms } } }\n",
    );
  await withFile(ranged, async (file) => {
    const { study, levers } = studyOf(file);
    const slow = (name: string) =>
      study.look(levers.filter((lever) => lever.name === name)).overlay.scenario.data.variables["slow"];
    expect(slow("quick")).toEqual({ value: "20 ms", reason: "a test" });
    expect(slow("wide")).toMatchObject({ value: "20 ms", low: "10 ms", high: "30 ms" });
  });
});

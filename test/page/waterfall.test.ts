// The waterfall of the page is that of the command's models, to the bit, for the same changes and random settings.
import { readdirSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type WaterfallMember, waterfallAt, waterfallOfSets } from "../../src/analysis/waterfall.ts";
import { loadScenario } from "../../src/cli/load.ts";
import { resultOf } from "../../src/figures/result.ts";
import { leversResult } from "../../src/levers/answer.ts";
import { fittingLevers } from "../../src/levers/fit.ts";
import { studiedLevers } from "../../src/levers/levers.ts";
import { leversOf } from "../../src/levers/list.ts";
import { LeverStudy } from "../../src/levers/study.ts";
import { waterfallSets } from "../../src/levers/waterfall-sets.ts";
import { type PageModel, pageModel, pagePayload, payloadText } from "../../src/page/payload.ts";
import { overridesOf } from "../../src/page/settings.ts";
import type { Waterfall } from "../../src/result/levers.ts";
import { withFile } from "../run.ts";

const io = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: { ARCHCOST_TODAY: "2026-11-23" },
  cwd: () => process.cwd(),
};

function task(file: string, set: readonly string[], builtIn: boolean) {
  const { scenario, catalog, variant, problems } = loadScenario(file, { set }, io);
  const architecture = scenario.data.current ?? [...scenario.architectures.keys()][0] ?? "";
  return {
    scenario,
    catalog,
    architecture,
    version: "0",
    builtIn,
    problems,
    variant: { ...variant, only: [] },
    only: [],
  };
}

function reported(file: string, builtIn: boolean): { readonly page: PageModel; readonly waterfall: Waterfall | null } {
  const { model, problems } = loadScenario(file, {}, io);
  const result = resultOf(model, { version: "0" }, problems);
  const study = studiedLevers(task(file, [], builtIn));
  if (result === undefined || study === undefined) throw new Error(`${file} does not run`);
  const found = leversResult(study);
  const levers = waterfallSets(study, found);
  const payload = pagePayload(model, result, { budgets: [], today: "2026-11-23", levers });
  return { page: pageModel(JSON.parse(payloadText(payload))), waterfall: found.waterfall };
}

/** Levers as they fit the scenario as it is written, laid over it with other values: each set a model of the command's. */
function commanded(
  file: string,
  set: readonly string[],
  members: readonly WaterfallMember[],
  builtIn: boolean,
): Waterfall | null | undefined {
  const written = task(file, [], builtIn);
  const study = new LeverStudy(written);
  const { levers } = fittingLevers({ ...written, study, levers: leversOf(written) });
  const own = members.flatMap(({ name }) => levers.find((lever) => lever.name === name) ?? []);
  expect(own).toHaveLength(members.length);
  const anew = new LeverStudy(task(file, set, builtIn));
  const figuresOf = (chosen: readonly number[]) => anew.look(chosen.flatMap((at) => own[at] ?? [])).figures;
  const from = figuresOf([])?.cost;
  return from === undefined ? undefined : waterfallOfSets(members, figuresOf, from);
}

const files = readdirSync("scenarios").filter((name) => name.endsWith(".yaml"));
/** Those whose best levers keep the workload and the region, and are six or fewer: what a page can follow. */
const FOLLOWED = [
  "ingest-bill.yaml",
  "internal-tool.yaml",
  "prime-video-2026.yaml",
  "prime-video.yaml",
  "streaming.yaml",
];

test.each(files)("%s", { timeout: 60_000 }, (name) => {
  const file = `scenarios/${name}`;
  const { page, waterfall } = reported(file, true);
  const { levers, controls, model } = page;
  expect(levers !== null, JSON.stringify(waterfall?.steps.map(({ lever }) => lever))).toBe(FOLLOWED.includes(name));
  if (levers === null) return;
  expect(waterfallAt(levers, new Map(), model).waterfall).toEqual(waterfall);
  let compared = 0;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 40, maxLength: 40 }), (shares) => {
      const values = new Map(
        controls.flatMap(({ name: input, low, high, whole }, i) => {
          const share = (shares[i] ?? 0) / 1000;
          const value = Number((low + (high - low) * share).toPrecision(7));
          return share < 0.2 ? [] : [[input, whole ? Math.round(value) : value] as const];
        }),
      );
      const set = controls.flatMap(({ name: input, unit }) => {
        const value = values.get(input);
        return value === undefined ? [] : [`${input}=${value} ${unit}`];
      });
      const expected = commanded(file, set, levers.members, true);
      if (expected === undefined) return;
      compared += 1;
      const overrides = overridesOf({ values, off: new Set() }, controls, model.load, model.workload.driver);
      expect(waterfallAt(levers, overrides, model).waterfall).toEqual(expected);
    }),
    { numRuns: 6, seed: 8, endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(2);
});

/** A scenario of functions with levers of its own, and perhaps an objective. */
function functions(count: number, levers: readonly string[], objective = ""): string {
  return `
scenario: Batches
region: us-east-1
as_of: 2026-11-23
workload: { unit: job, driver: jobs, throughput: jobs / 1 day }
variables:
  jobs: { value: 1e6, low: 1e5, high: 1e7, status: assumed, reason: a test }
  job_time: { value: 20 s, low: 1 s, high: 200 s, status: assumed, reason: a test }
  answer: { value: 100 KB, low: 10 KB, high: 2 MB, status: assumed, reason: a test }
  size: { value: 1024 MB, low: 128 MB, high: 8192 MB, status: assumed, reason: a test }
${objective}
architectures:
  now:
    components:
${Array.from({ length: count }, (_, i) => `      fn${i}: { service: aws/lambda, invocations: 1, duration: job_time, memory: size }`).join("\n")}
${Array.from({ length: count }, (_, i) => `      line${i}: { service: custom/line, source: a test, reason: a test, quantity: 3, role: work, price: 10 USD }`).join("\n")}
levers:
${levers.map((components, i) => `  lever${i}: { title: a lever, class: usage, effort: days, reason: a test, components: { ${components} } }`).join("\n")}
`;
}

const SMALL = "fn0: { memory: previous / 2 }";
const JOINED = "fn0: { invocations: previous / 10, duration: previous * 10 }";
const ANSWERED = "fn0: { invocations: previous / 10, duration: previous * 10, payload: answer * 10 }";
const FAST = "fn0: { memory: previous * 4, duration: previous / 100 }";
const SOON = "objectives: [{ id: soon, assert: fn0.duration <= 400 s, reason: a test }]";

const CHANGING = [
  { why: "nothing stands against any", levers: [SMALL, JOINED], objective: SOON, set: "job_time=20 s", infeasible: 0 },
  { why: "an objective", levers: [SMALL, JOINED], objective: SOON, set: "job_time=60 s", infeasible: 1 },
  {
    why: "a function ends after 15 minutes",
    levers: [SMALL, JOINED],
    objective: "",
    set: "job_time=150 s",
    infeasible: 1,
  },
  { why: "an answer has at most 6 MB", levers: [SMALL, ANSWERED], objective: "", set: "answer=1000 KB", infeasible: 1 },
  { why: "there is no function of 16 GB", levers: [FAST], objective: "", set: "size=4096 MB", infeasible: undefined },
];

test.each(CHANGING)("sets that cannot be had at other inputs: $why", async ({ levers, objective, set, infeasible }) => {
  await withFile(functions(1, levers, objective), async (file) => {
    const { levers: packed, controls, model } = reported(file, false).page;
    if (packed === null) throw new Error("no levers");
    expect(packed.members).toHaveLength(levers.length);
    const [name = "", value = ""] = set.split(/[= ]/);
    const settings = { values: new Map([[name, Number(value)]]), off: new Set<string>() };
    const overrides = overridesOf(settings, controls, model.load, model.workload.driver);
    const found = waterfallAt(packed, overrides, model).waterfall;
    expect(found).toEqual(commanded(file, [set], packed.members, false));
    expect(found === null ? undefined : Math.sign(found?.infeasible ?? -1)).toBe(infeasible);
  });
});

test.each([
  { what: "six levers", count: 6, lever: (i: number) => `line${i}: { price: 5 USD }`, sets: 64 },
  { what: "seven levers", count: 7, lever: (i: number) => `line${i}: { price: 5 USD }`, sets: undefined },
  {
    what: "six with much to compute",
    count: 6,
    lever: (i: number) => `fn${i}: { memory: previous / 2 }`,
    sets: undefined,
  },
])("a page carries sets of levers where they are few and small: $what", async ({ count, lever, sets }) => {
  const levers = Array.from({ length: count }, (_, i) => lever(i));
  await withFile(functions(count, levers), async (file) => {
    const { page, waterfall } = reported(file, false);
    expect(waterfall?.steps).toHaveLength(count);
    expect(page.levers?.sets.length).toBe(sets);
  });
});

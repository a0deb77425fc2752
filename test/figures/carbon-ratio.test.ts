import { expect, test } from "vitest";
import { loadScenario } from "../../src/cli/load.ts";
import { type CarbonCase, carbonValues } from "../../src/figures/carbon-cases.ts";
import { ratioBand } from "../../src/figures/carbon-ratio.ts";
import { archcost, runText, withFile } from "../run.ts";

const io = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: { ARCHCOST_TODAY: "2026-11-23" },
  cwd: () => process.cwd(),
};

/** Least and greatest of subject / base over every corner of the bands, block by block. */
function allCorners(
  run: (cases: readonly CarbonCase[]) => readonly (readonly number[])[],
  ends: readonly (readonly [string, number, number])[],
) {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let corner = 0; corner < 2 ** ends.length; corner += 1) {
    const values = new Map(ends.map(([address, low, high], i) => [address, (corner >> i) % 2 === 0 ? low : high]));
    const [[subject = Number.NaN, base = Number.NaN] = []] = run([values]);
    least = Math.min(least, subject / base);
    most = Math.max(most, subject / base);
  }
  return { least, most };
}

test.each([
  ["monolith", "microservices"],
  ["express", "microservices"],
  ["fargate", "monolith"],
])("%s over %s: the search for the corner finds what trying all corners finds", (subject, base) => {
  const { model } = loadScenario("scenarios/prime-video.yaml", {}, io);
  const { carbon } = model;
  const nodes = [subject, base].map((name) => carbon?.architectures.find((each) => each.name === name)?.total ?? -1);
  if (carbon === undefined) throw new Error("no carbon");
  const values = carbonValues(model, carbon);
  const band = ratioBand(values, { subject: nodes[0] ?? -1, base: nodes[1] ?? -1 });
  // The greatest effects; the rest stay central, and so they do in the search over a model in which only these move.
  const moving = values.reach(nodes).filter(({ low, high }) => low !== high);
  const greatest = new Set(band?.swings.slice(0, 9).flatMap(({ addresses }) => addresses));
  const ends = moving
    .filter(({ address }) => greatest.has(address))
    .map(({ address, low, high }) => [address, low, high] as const);
  expect(ends.length).toBeGreaterThan(4);
  const only = carbon.coefficients.map((c) =>
    greatest.has(c.address) ? c : { ...c, low: c.central, high: c.central },
  );
  const narrowed = carbonValues(
    { ...model, carbon: { ...carbon, coefficients: only } },
    { ...carbon, coefficients: only },
  );
  const found = ratioBand(narrowed, { subject: nodes[0] ?? -1, base: nodes[1] ?? -1 });
  const wanted = allCorners(values.program(nodes), ends);
  expect(found?.least).toBeCloseTo(wanted.least, 10);
  expect(found?.most).toBeCloseTo(wanted.most, 10);
  expect(band?.least).toBeLessThanOrEqual(wanted.least + 1e-12);
  expect(band?.most).toBeGreaterThanOrEqual(wanted.most - 1e-12);
});

const PAIR = (second: string): string => `
scenario: what is common cancels out
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 s }
variables: { calls: 100 }
current: a
architectures:
  a:
    components:
      call: { service: aws/lambda, duration: 100 ms, memory: 512 MB }
      flow: { service: aws/step-functions-standard, transitions: 5 }
    omit: { logs: left out, data-transfer: left out }
  b:
${second}
`;

async function changeOf(second: string) {
  const { comparison } = await runText(PAIR(second));
  const row = comparison?.carbon?.rows.find(({ architecture }) => architecture === "b");
  if (row === undefined) throw new Error("no carbon of b");
  return row;
}

test("what is inherited unchanged is one unknown, what is written anew or stands elsewhere is another", async () => {
  const same = await changeOf("    extends: a");
  expect(same.change).toEqual({ low: 0, central: 0, high: 0 });
  expect(same.ranking).toBe("equal");
  const logged = await changeOf(
    "    extends: a\n    components: { logs: { service: aws/cloudwatch-logs, ingested: 1 KB, kept: 7 days } }",
  );
  expect(logged.ranking).toBe("more");
  expect(logged.change.low).toBeGreaterThanOrEqual(0);
  expect(logged.change.high).toBeLessThan(0.5);
  const rewritten = await changeOf("    extends: a\n    components: { flow: { transitions: 6 } }");
  expect(rewritten.ranking).toBe("undetermined");
  const moved = await changeOf("    extends: a\n    region: eu-west-1");
  expect(moved.ranking).toBe("undetermined");
});

const ZONES = (components: string): string => `
scenario: traffic between zones
region: us-east-1
as_of: 2026-11-23
workload: { unit: MB, driver: produced, throughput: produced / 1 s }
variables: { produced: 100 }
current: plain
architectures:
  plain:
    components:
      produce: { service: aws/data-transfer-zones, data: 1 MB }
      consume: { service: aws/data-transfer-zones, data: 1 MB }
${components}
`;
const FORMATS = ["table", "json", "csv", "carbon-csv", "decisions-csv", "markdown", "memo"];

test("half of the carbon at every value of the one coefficient, and nothing at its low end: -50 %, no threshold", async () => {
  const text = ZONES("  near: { extends: plain, components: { consume: null } }");
  const { comparison } = await runText(text);
  const row = comparison.carbon?.rows[0];
  expect(row?.change).toEqual({ low: -0.5, central: -0.5, high: -0.5 });
  expect(row?.ranking).toBe("less");
  expect(row?.break_even).toEqual([]);
  expect(comparison.carbon?.verdict).toBe("near against plain: cost -50 %; carbon -50 %.");
});

test("against what may emit nothing there is no upper bound: the figure is absent with its reason", async () => {
  const text = ZONES("  more: { extends: plain, components: { work: { service: aws/ec2, instance: c6i.4xlarge } } }");
  const { comparison } = await runText(text);
  const row = comparison.carbon?.rows[0];
  expect(row?.change).toMatchObject({ high: null, reason: "plain may emit nothing" });
  expect(row?.change.low).toBeGreaterThanOrEqual(0);
  await withFile(text, async (file) => {
    for (const format of FORMATS) {
      const ran = await archcost(["run", file, "--format", format]);
      expect([format, ran.code]).toEqual([format, 0]);
      expect(ran.stdout).not.toMatch(/NaN|Infinity/);
    }
  });
});

const SWITCH = (second: string, work: string): string => `
scenario: a switch
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 s }
variables: { calls: 100 }
current: a
architectures:
  b: { extends: a, components: { work: { ${second} } } }
  a: { components: { work: { ${work} } } }
`;
const AURORA = "service: aws/aurora, instance: db.r6g.4xlarge, instances: 4, storage: 1525 GB, ios: 1";
const TASKS = "service: aws/ecs-fargate, tasks: 10, cpu: 1 vCPU, memory: 2 GB";

async function switched(second: string, work: string) {
  const { comparison } = await runText(SWITCH(second, work));
  return { row: comparison.carbon?.rows[0], verdict: comparison.carbon?.verdict };
}

test.each([
  ["configuration: io_optimized", AURORA],
  ["extended_support: year1_2", AURORA],
  ["spot: 1", TASKS],
  ["spot: 0.4, spot_ratio: 0.5", TASKS],
  ["architecture: x86_64", TASKS],
])("%s changes the price and no machine: carbon is equal, whatever nobody publishes", async (second, work) => {
  const { row } = await switched(second, work);
  expect(row?.ranking).toBe("equal");
  expect(row?.change).toEqual({ low: 0, central: 0, high: 0 });
});

test.each([
  ["instances: 3", AURORA],
  ["instance: db.r6i.4xlarge", AURORA],
  ["architecture: arm64", TASKS],
  ["spot: 1, tasks: 9", TASKS],
  ["count: 2", TASKS],
])(
  "%s is read by a formula of energy, itself or through others: other machines, other unknowns",
  async (second, work) => {
    const { row } = await switched(second, work);
    expect(row?.ranking).toBe("undetermined");
  },
);

test("a value of a coefficient that lies outside its own band is no threshold", async () => {
  // Alike at 1.1 copies of an S3 object; the band is 1.5 to 6.
  const { comparison } = await runText(`
scenario: flow logs
region: us-east-1
as_of: 2026-11-23
workload: { unit: GB, driver: gb_per_day, throughput: gb_per_day / 1 day }
variables: { gb_per_day: 60 }
current: cloudwatch
architectures:
  cloudwatch: { components: { logs: { service: aws/cloudwatch-logs, class: vended, ingested: 1 GB, kept: 30 days } } }
  to_s3:
    components:
      logs: { service: aws/cloudwatch-logs, class: vended_s3, ingested: 1 GB, kept: 0 days }
      bucket: { service: aws/s3, objects: 1, size: 0.15 GB, kept: 30 days }
    omit: { data-transfer: in region }
`);
  const row = comparison.carbon?.rows[0];
  expect(row?.ranking).toBe("undetermined");
  expect(row?.break_even.every(({ value, low, high }) => value >= low && value <= high)).toBe(true);
  expect(row?.break_even.map(({ coefficient }) => coefficient)).not.toContain("replication_s3");
  expect(comparison.carbon?.verdict).not.toContain("copies of an S3 object is less than");
});

test("what may add nothing is never below, and the other way never above: the one is said to be more, the other less", async () => {
  const zones = "    extends: a\n    components: { zones: { service: aws/data-transfer-zones, data: 1 KB } }";
  const added = await runText(PAIR(zones));
  expect(added.comparison.carbon?.rows[0]).toMatchObject({ ranking: "more", change: { low: 0 }, break_even: [] });
  expect(added.comparison.carbon?.verdict).toContain("never below");
  const removed = await runText(PAIR(zones).replace("current: a", "current: b"));
  expect(removed.comparison.carbon?.rows[0]).toMatchObject({ ranking: "less", change: { high: 0 }, break_even: [] });
  expect(removed.comparison.carbon?.verdict).toContain("never above");
});

test("a total that leaves energy out is marked wherever it is compared", async () => {
  const text = PAIR(
    "    extends: a\n    components: { gpu: { service: aws/ec2, instance: g4dn.xlarge, instances: 1 } }",
  );
  const { comparison } = await runText(text);
  expect(comparison.carbon?.rows[0]?.partial).toBe(true);
  expect(comparison.carbon?.verdict).toMatch(/of what is counted/);
  await withFile(text, async (file) => {
    const table = (await archcost(["run", file])).stdout;
    expect(table).toMatch(/^ {2}b +[\d.]+ k?g\+ /m);
    expect(table).toMatch(/^ {2}a +[\d.]+ k?g {2}/m);
    expect(table).toContain("+ Energy not known in b: gpu");
    expect((await archcost(["run", file, "--format", "markdown"])).stdout).toMatch(/\| b \| [\d.]+ k?g\\?\+ \|/);
  });
});

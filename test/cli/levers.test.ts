// Levers as a user meets them: scenarios small enough to work each figure out by hand.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type LeversResult, leversResultSchema } from "../../src/result/levers.ts";
import { archcost, withFile } from "../run.ts";

/** What many tests ask of: run once. */
const known = new Map<string, Promise<LeversResult>>();

function levers(text: string, ...argv: readonly string[]): Promise<LeversResult> {
  const key = JSON.stringify([text, argv]);
  const found = known.get(key) ?? run(text, argv);
  known.set(key, found);
  return found;
}

async function run(text: string, argv: readonly string[]): Promise<LeversResult> {
  return withFile(text, async (file) => {
    const ran = await archcost(["levers", file, "--format", "json", ...argv]);
    if (ran.code !== 0) throw new Error(`exit ${ran.code}\n${ran.stderr}`);
    return leversResultSchema.parse(JSON.parse(ran.stdout));
  });
}

async function refusal(text: string, ...argv: readonly string[]): Promise<string> {
  return withFile(text, async (file) => {
    const { code, stdout, stderr } = await archcost(["levers", file, ...argv]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    return stderr;
  });
}

function of({ levers: all }: LeversResult, name: string): LeversResult["levers"][number] {
  const found = all.find((lever) => lever.name === name);
  if (found === undefined) throw new Error(`no lever ${name}`);
  return found;
}

const GB_SECOND = 0.0000166667;
const REQUEST = 0.0000002;

/** A million calls of a second at 1 GB, and logs that are kept for ever. */
const FUNCTIONS = `
scenario: Functions
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 1000000, size: 1 KB }
current: functions
architectures:
  functions:
    components:
      work: { service: aws/lambda, duration: 1 s, memory: 1024 }
      logs: { service: aws/cloudwatch-logs, ingested: size, kept: forever }
  boxes:
    components:
      fleet: { service: aws/ec2, instance: c6i.large, instances: 2 }
      logs: { service: aws/cloudwatch-logs, ingested: size, kept: forever }
    omit: { data-transfer: none, instance-storage: none }
`;
const COMPUTE = 1e6 * GB_SECOND;
const CALLS = 1e6 * REQUEST;

describe("a lever of the scenario", () => {
  const text = `${FUNCTIONS}
levers:
  half: { class: usage, components: { work: { memory: previous / 2 } } }
  quarter: { class: usage, components: { work: { memory: 256 MB } }, once: 2 kUSD, effort: a week }
  slower: { class: configuration, components: { work: { duration: previous * 2, memory: "previous_memory / 2" } } }
  less-log: { class: usage, variables: { size: 0.5 KB } }
  every-function: { class: usage, applies_to: aws/lambda, services: { aws/lambda: { memory: previous / 4 } } }
`;

  test("changes a bare number in its own unit, and tells what it was", async () => {
    const found = await levers(text, "--no-built-in");
    expect(of(found, "half").alone.saving).toBeCloseTo(COMPUTE / 2, 6);
    expect(of(found, "half").changes).toEqual(["work.memory: 1024 -> (1024 MB) / 2"]);
    expect(of(found, "every-function").alone.saving).toBeCloseTo((COMPUTE * 3) / 4, 6);
    // twice as long on half the memory
    expect(of(found, "slower").alone.saving).toBeCloseTo(0, 6);
  });

  test("tells effort, one-off cost and when it has paid for itself", async () => {
    const quarter = of(await levers(text, "--no-built-in"), "quarter");
    expect(quarter.alone.saving).toBeCloseTo((COMPUTE * 3) / 4, 6);
    expect([quarter.once, quarter.effort]).toEqual([2000, "a week"]);
    expect(quarter.payback_months).toBeCloseTo(2000 / ((COMPUTE * 3) / 4), 6);
  });

  test("may set a variable, in the variable's unit, for every architecture", async () => {
    const found = await levers(text, "--no-built-in");
    expect(of(found, "less-log").applies_to).toEqual(["functions"]);
    // 1 KB and then half of it for a million calls, at 0.50 USD/GB, and at 0.03 USD for what is kept half a year
    const gigabytes = 1e6 / 1024 ** 2;
    expect(of(found, "less-log").alone.saving).toBeCloseTo((gigabytes / 2) * (0.5 + 6 * 0.15 * 0.03), 6);
  });

  test("excludes another that writes another value to the same place", async () => {
    const text2 = text.replace("previous / 2 } } }", "512 MB } } }");
    const found = await levers(text2, "--no-built-in");
    expect(of(found, "half").excludes).toEqual(["quarter"]);
    expect(
      found.combinations.every(({ levers: names }) => !(names.includes("half") && names.includes("quarter"))),
    ).toBe(true);
  });

  test("set by --set or --load: the other variables stay as asked for", async () => {
    const found = await levers(text, "--no-built-in", "--load", "200%", "--set", "size=2 KB");
    expect(of(found, "half").alone.saving).toBeCloseTo(COMPUTE, 6);
    expect(of(found, "less-log").changes).toEqual(["size: 1 KB -> 0.5 KB"]);
    const gigabytes = 2e6 / 1024 ** 2;
    expect(of(found, "less-log").alone.saving).toBeCloseTo(gigabytes * 1.5 * (0.5 + 6 * 0.15 * 0.03), 6);
  });
});

describe("built-in levers", () => {
  test("apply where they fit, and say why where they do not", async () => {
    const found = await levers(FUNCTIONS);
    const gigabytes = 1e6 / 1024 ** 2;
    expect(of(found, "arm64").alone.saving).toBeCloseTo(1e6 * (GB_SECOND - 0.0000133334), 6);
    expect(of(found, "log-class").alone.saving).toBeCloseTo(gigabytes * 0.25, 6);
    // for ever is half a year in the mean of the first twelve months; then 14 days
    const days = (6 - 14 / (730 / 24)) * 0.15 * 0.03 * gigabytes;
    expect(of(found, "log-retention").alone.saving).toBeCloseTo(days, 4);
    expect(of(found, "log-retention").title).toBe("Logs kept for 14 day");
    expect(of(found, "memory-right-sizing").alone.saving).toBeCloseTo(COMPUTE * (1 - 0.7 * 1.1), 6);
    expect(of(found, "to-boxes").class).toBe("re-architecture");
    // nothing to orchestrate; on Spot only what a switch would bring
    expect(found.levers.map(({ name }) => name)).not.toContain("express-workflows");
    expect(of(found, "spot").applies_to).toEqual(["boxes"]);
  });

  test("each assumption has a reason and a range that the saving is told over", async () => {
    const sizing = of(await levers(FUNCTIONS), "memory-right-sizing");
    expect(sizing.range?.low).toBeCloseTo(COMPUTE * (1 - 0.9 * 1.4), 6);
    expect(sizing.range?.high).toBeCloseTo(COMPUTE * (1 - 0.5 * 1), 6);
    expect(sizing.assumes.every(({ reason }) => reason !== null)).toBe(true);
  });

  test("are parameterised by their name; a figure of one's own has no range", async () => {
    const found = await levers(`${FUNCTIONS}
levers:
  memory-right-sizing: { assumes: { memory: 0.5, slower: 1 } }
  arm64: off
  another-region: off
`);
    const sizing = of(found, "memory-right-sizing");
    expect(sizing.alone.saving).toBeCloseTo(COMPUTE / 2, 6);
    expect(sizing.range).toBeNull();
    expect(sizing.source).toContain("https://");
    expect(found.levers.map(({ name }) => name)).not.toContain("arm64");
  });

  test("all of them off", async () => {
    const found = await levers(`${FUNCTIONS}
levers: { built_in: off, half: { class: usage, components: { work: { memory: 512 MB } } } }
`);
    expect(found.levers.map(({ name }) => name)).toEqual(["half"]);
  });

  test("a Savings Plan covers the least hour of what it may: the same everywhere on a flat load", async () => {
    const found = await levers(FUNCTIONS, "--for", "boxes");
    const plan = of(found, "savings-plan-1y");
    expect(plan.alone.saving).toBeCloseTo(2 * 730 * 0.085 * 0.27, 6);
    expect(plan.range?.low).toBeCloseTo(2 * 730 * 0.085 * 0.7 * 0.2, 6);
    expect(plan.range?.high).toBeCloseTo(2 * 730 * 0.085 * 0.3, 6);
    const arm = of(found, "arm64");
    expect(arm.changes).toEqual(["fleet.instance: c6i.large -> c7g.large"]);
    expect(arm.alone.saving).toBeCloseTo(2 * 730 * (0.085 - 0.0725), 6);
  });

  test("a Savings Plan on a load that varies: the rest of the hours stays on demand", async () => {
    const found = await levers(
      `${FUNCTIONS.replace("calls / 1 month }", "calls / 1 month, curve: { weekdays: [1.2, 1.2, 1.2, 1.2, 1.2, 0.5, 0.5] } }")}\nlevers: { another-region: off }\n`,
    );
    // Lambda is not discounted by tier here: half of the mean hour is covered in each hour
    expect(of(found, "savings-plan-1y").alone.saving).toBeCloseTo(COMPUTE * 0.5 * 0.12, 6);
  });
});

describe("architectures", () => {
  test("a switch by a lever: what was changed there counts, what was not is left alone", async () => {
    const found = await levers(
      `${FUNCTIONS}
levers:
  another-region: off
  half: { class: usage, components: { work: { memory: 512 MB } } }
  one-box: { class: usage, applies_to: boxes, components: { fleet: { instances: 1 } } }
`,
      "--combine",
      "half,one-box,to-boxes",
    );
    expect(of(found, "one-box").measured_on).toBe("boxes");
    expect(of(found, "one-box").alone.saving).toBeCloseTo(730 * 0.085, 6);
    const { waterfall } = found;
    expect((waterfall?.from ?? 0) - (waterfall?.to ?? 0)).toBeCloseTo(COMPUTE + CALLS - 730 * 0.085, 6);
    const shares = Object.fromEntries((waterfall?.steps ?? []).map(({ lever, share }) => [lever, share]));
    // half of the memory counts in the three orders in which it comes before the switch, one box where it comes after
    expect(shares["half"]).toBeCloseTo(COMPUTE / 2 / 2, 6);
    expect(shares["one-box"]).toBeCloseTo((730 * 0.085) / 2, 6);
  });

  test("a switch is laid before what is changed there, wherever it stands in the file", async () => {
    const found = await levers(
      `${FUNCTIONS}
levers:
  built_in: off
  twice: { class: usage, applies_to: boxes, components: { fleet: { instances: previous * 2 } } }
  four-boxes: { class: re-architecture, architecture: boxes, components: { fleet: { instances: 4 } } }
`,
      "--combine",
      "twice,four-boxes",
    );
    const logs = found.base.cost - COMPUTE - CALLS;
    expect(found.waterfall?.to).toBeCloseTo(8 * 730 * 0.085 + logs, 6);
  });

  test("applies_to a component of one architecture leaves the same name elsewhere alone", async () => {
    const found = await levers(
      `${FUNCTIONS}
levers: { another-region: off, short: { class: usage, applies_to: boxes.logs, components: { logs: { kept: 1 day } } } }
`,
    );
    expect(of(found, "short").applies_to).toEqual(["boxes"]);
  });

  test("a lever that is of no use after a switch is not a fault, and not had together with it", async () => {
    const found = await levers(
      `${FUNCTIONS}
levers:
  built_in: off
  boxes-instead: { class: re-architecture, architecture: boxes }
  vended: { class: configuration, services: { aws/lambda: { memory: 512 MB }, aws/ec2: { instance: c6i.huge } } }
`,
    );
    expect(of(found, "vended").applies_to).toEqual(["functions"]);
    expect(found.not_feasible.map(({ levers: names }) => names)).toEqual([["boxes-instead", "vended"]]);
  });

  test("a lever that changes nothing is a warning with its place", async () => {
    const text = `${FUNCTIONS}\nlevers: { same: { class: usage, components: { work: { memory: 1024 } } } }\n`;
    await withFile(text, async (file) => {
      const { code, stderr } = await archcost(["levers", file, "--no-built-in"]);
      expect(code).toBe(0);
      expect(stderr).toMatch(/scenario\.yaml:\d+:\d+: warning: "same" changes nothing/);
    });
  });

  test("without a current one it has to be said", async () => {
    const text = FUNCTIONS.replace("current: functions\n", "");
    expect(await refusal(text)).toContain("say which one: --for functions");
    expect((await levers(text, "--for", "boxes")).architecture).toBe("boxes");
    expect(await refusal(text, "--for", "boxs")).toContain('did you mean "boxes"?');
  });

  test("a hard limit: the cheapest combination is a feasible one, and the others are told", async () => {
    const found = await levers(
      `${FUNCTIONS}
levers:
  built_in: off
  huge-payload: { class: usage, components: { work: { memory: 512 MB, payload: 7 MB } } }
  half: { class: usage, components: { work: { duration: previous / 2 } } }
`,
    );
    expect(of(found, "huge-payload").alone.feasible).toBe(false);
    expect(found.stages.at(-1)?.levers).toEqual(["half"]);
    expect(found.not_feasible.map(({ levers: names }) => names)).toEqual([["huge-payload"]]);
  });

  test("sets that are not feasible are worth their feasible part", async () => {
    const { waterfall } = await levers(
      `${FUNCTIONS}
levers:
  built_in: off
  huge-payload: { class: usage, components: { work: { memory: 512 MB, payload: 7 MB } } }
  small-payload: { class: configuration, components: { work: { duration: previous / 2, init_duration: 0 ms } } }
`,
      "--combine",
      "huge-payload,small-payload",
    );
    expect(waterfall?.infeasible).toBe(1);
    const total = (COMPUTE * 3) / 4;
    const shares = Object.fromEntries((waterfall?.steps ?? []).map(({ lever, share }) => [lever, share]));
    // alone the one cannot be had, the other saves half
    expect(shares["huge-payload"]).toBeCloseTo((0 + total - COMPUTE / 2) / 2, 6);
    expect(shares["small-payload"]).toBeCloseTo((COMPUTE / 2 + total) / 2, 6);
  });

  test("another region: the cheapest where every price is known", async () => {
    const found = await levers(FUNCTIONS.replace("region: us-east-1", "region: ap-northeast-1"), "--for", "boxes");
    const region = of(found, "another-region");
    const to = region.changes.find((change) => change.startsWith("region:"))?.split(" -> ")[1] ?? "";
    expect(region.title).toContain(to);
    const there = await levers(FUNCTIONS.replace("region: us-east-1", `region: ${to}`), "--for", "boxes");
    expect(region.alone.cost).toBeCloseTo(there.base.cost, 9);
    // there is no cheaper one from there
    expect(there.levers.map(({ name }) => name)).not.toContain("another-region");
  });
});

describe("--combine", () => {
  const text = `${FUNCTIONS}
levers: { a: { class: usage, excludes: [b], components: { work: { memory: 512 MB } } }, b: { class: usage, components: { logs: { kept: 1 day } } } }
`;
  test("takes no levers that exclude each other", async () => {
    expect(await refusal(text, "--combine", "a,b")).toContain('"a" and "b" cannot be had together');
  });
  test("suggests the lever that was meant, and tells why a built-in one is not there", async () => {
    expect(await refusal(text, "--combine", "arm46")).toContain('did you mean "arm64"?');
  });
});

describe("formats", () => {
  const file = "scenarios/internal-tool.yaml";
  test("a table with the answer first", async () => {
    const { stdout } = await archcost(["levers", file]);
    expect(stdout).toMatch(/^With .* less\./s);
    expect(stdout).toContain("What they reach together");
  });
  test("CSV with a row for each lever, stage and share", async () => {
    const { stdout } = await archcost(["levers", file, "--format", "csv"]);
    const rows = stdout.trim().split(/\r?\n/);
    const columns = rows[0]?.split(",").length;
    expect(rows[0]).toMatch(/^kind,levers,class/);
    for (const row of rows) expect(row.split(",").length).toBe(columns);
    for (const kind of ["base", "alone", "stage", "combination", "share"]) {
      expect(rows.some((row) => row.startsWith(`${kind},`))).toBe(true);
    }
  });
  test("Markdown, and all of it in a folder with charts", async () => {
    const { stdout } = await archcost(["levers", file, "--format", "markdown"]);
    expect(stdout).toMatch(/^## .*\n\n\*\*With/);
    const folder = mkdtempSync(join(tmpdir(), "archcost-levers-"));
    try {
      await archcost(["levers", file, "--output", folder]);
      const names = ["levers-reach.png", "levers-waterfall.png", "levers.csv", "levers.json", "levers.md"];
      expect(readdirSync(folder).sort()).toEqual(names);
      expect(readFileSync(join(folder, "levers-waterfall.png")).subarray(1, 4).toString()).toBe("PNG");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  test("the same bytes each time", async () => {
    const [one, two] = [await archcost(["levers", file, "-f", "json"]), await archcost(["levers", file, "-f", "json"])];
    expect(one.stdout).toBe(two.stdout);
  });
});

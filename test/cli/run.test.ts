// The command line as a user meets it: exit codes, streams, options, and what hostile files come to.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { resultSchema } from "../../src/result/schema.ts";
import { archcost, runText, withFile } from "../run.ts";

const SMALL = `
scenario: Small
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 1000000, time: { value: 100 ms, low: 50 ms, high: 1 s, reason: guess, status: assumed } }
current: a
architectures:
  a: { components: { f: { service: aws/lambda, duration: time, memory: 1 GB } }, omit: { logs: none } }
  b: { components: { f: { service: custom/line, quantity: 1, price: 7 USD, role: overhead, source: test, reason: test } } }
`;

test("run prints the verdict first, on stdout, with exit code 0", async () => {
  await withFile(SMALL, async (file) => {
    const ran = await archcost(["run", file]);
    expect(ran.code).toBe(0);
    expect(ran.stdout.split("\n")[0]).toMatch(/^a is the cheapest at \$1\.87 a month/);
    expect(ran.stderr).toBe("");
    expect(ran.stdout).not.toContain("\u001b");
  });
});

test("colour only where asked for, and NO_COLOR wins", async () => {
  await withFile(SMALL, async (file) => {
    expect((await archcost(["run", file], { FORCE_COLOR: "1" })).stdout).toContain("\u001b");
    expect((await archcost(["run", file], { FORCE_COLOR: "1", NO_COLOR: "1" })).stdout).not.toContain("\u001b");
  });
});

test("--set, --load and --architecture choose another case", async () => {
  const month = async (...argv: string[]) => (await runText(SMALL, argv)).architectures["a"]?.cost.month;
  const base = 0.2 + 1e6 * 0.1 * 0.0000166667;
  expect(await month()).toBeCloseTo(base, 9);
  expect(await month("--set", "time=200 ms")).toBeCloseTo(0.2 + 2 * (base - 0.2), 9);
  expect(await month("--load", "5%")).toBeCloseTo(base * 0.05, 9);
  expect(Object.keys((await runText(SMALL, ["--architecture", "b"])).architectures)).toEqual(["b"]);
});

test.each([
  [["--set", "tme=1 s"], /no variable "tme"[\s\S]*did you mean "time"/],
  [["--set", "time"], /--set time: write name=value/],
  [["--set", "time=5 MB"], /this is data|wants time/],
  [["--load", "minus"], /--load minus/],
  [["--architecture", "c"], /no architecture "c"/],
  [["--region", "eu-west-9"], /no region "eu-west-9"/],
  [["--as-of", "2026-13-40"], /--as-of/],
  [
    ["--as-of", "2012-01-01"],
    /no price is known for aws\/lambda#requests_x86_64 in us-east-1 on 2012-01-01; the earliest known there/,
  ],
])("%j is told with exit code 2, and nothing is printed", async (argv, message) => {
  await withFile(SMALL, async (file) => {
    const ran = await archcost(["run", file, ...argv]);
    expect(ran.stderr).toMatch(message);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
  });
});

test("all mistakes are told at once, each with its place; nothing is written", async () => {
  const wrong = SMALL.replace("memory: 1 GB", "memry: 1 GB")
    .replace("throughput: calls", "throughput: cals")
    .replace("7 USD", "7 ms");
  await withFile(wrong, async (file) => {
    const out = join(mkdtempSync(join(tmpdir(), "archcost-out-")), "out");
    const ran = await archcost(["run", file, "--output", out]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/scenario\.yaml:5:\d+: error: no name "cals"[\s\S]*did you mean "calls"/);
    expect(ran.stderr).toMatch(/:9:\d+: error: aws\/lambda has no parameter "memry"[\s\S]*did you mean "memory"/);
    expect(ran.stderr).toMatch(/:10:\d+: error: "price" is to be money/);
    expect(ran.stderr).toMatch(/3 errors/);
    expect(existsSync(out)).toBe(false);
  });
});

test("a missing price names what is known and the line that would fill it", async () => {
  const text = SMALL.replace("region: us-east-1", "region: eu-central-1").replace(
    "service: aws/lambda, duration: time, memory: 1 GB",
    "service: aws/s3-express, puts: 1, size: 10 KB",
  );
  await withFile(text, async (file) => {
    const { code, stderr } = await archcost(["run", file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /known in (eu-[a-z]+-1); to take it from there write: assume_prices_from: \{eu-central-1: \1\}/,
    );
  });
  const filled = await runText(`${text}assume_prices_from: { eu-central-1: us-east-1 }\n`);
  expect(filled.architectures["a"]?.line_items.map((line) => line.x_PriceStatus)).toContain("assumed");
});

test("--output writes result.json, report.html and PNG charts, whole", async () => {
  await withFile(SMALL, async (file) => {
    const out = join(mkdtempSync(join(tmpdir(), "archcost-out-")), "deep", "out");
    const ran = await archcost(["run", file, "--output", out]);
    expect(ran.code).toBe(0);
    const names = readdirSync(out).sort();
    expect(names).toEqual(
      expect.arrayContaining(["cost-by-driver.png", "cost-per-unit.png", "report.html", "result.json"]),
    );
    expect(names.filter((name) => name.endsWith(".tmp"))).toEqual([]);
    resultSchema.parse(JSON.parse(readFileSync(join(out, "result.json"), "utf8")));
    for (const png of names.filter((name) => name.endsWith(".png"))) {
      expect(readFileSync(join(out, png)).subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
    }
    expect(readFileSync(join(out, "report.html"), "utf8")).toMatch(/^<!doctype html>/i);
  });
});

test("several files give one table; twenty or more show progress on stderr", async () => {
  await withFile(SMALL, async (file) => {
    const two = await archcost(["run", file, file]);
    expect(two.code).toBe(0);
    const many = await archcost(["run", ...Array.from({ length: 20 }, () => file)]);
    expect(many.stderr).toContain("20 of 20 scenarios");
  });
});

test("a sweep reads a scenario on standard input once, for all its values", () => {
  const argv = ["bin/archcost.js", "sweep", "-", "--vary", "region=us-east-1,eu-central-1", "--format", "csv"];
  const ran = spawnSync(process.execPath, argv, { input: SMALL, encoding: "utf8" });
  expect(ran.stderr).not.toContain("error");
  expect([ran.status, ran.stdout.trim().split("\n").length]).toEqual([0, 3]);
});

test("a scenario comes in on standard input", () => {
  const ran = spawnSync(process.execPath, ["bin/archcost.js", "run", "-", "--format", "csv"], {
    input: SMALL,
    encoding: "utf8",
  });
  expect([ran.status, ran.stderr]).toEqual([0, ""]);
  expect(ran.stdout.split("\n")[0]).toContain("EffectiveCost");
});

test.each(["../outside", "/etc", "link"])(
  "catalog: %s, which leaves the scenario's folder, is refused",
  async (catalog) => {
    await withFile(`${SMALL}catalog: ${catalog}\n`, async (file) => {
      const folder = join(file, "..");
      mkdirSync(join(folder, "..", "outside"), { recursive: true });
      symlinkSync("/etc", join(folder, "link"));
      const ran = await archcost(["run", file]);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain("is not a folder below the scenario's own folder");
    });
  },
);

test("a folder of one's own gives services and prices", async () => {
  await withFile(
    `${SMALL.replace("aws/lambda, duration: time, memory: 1 GB", "acme/box, boxes: 3")}catalog: ./prices\n`,
    async (file) => {
      const service = join(file, "..", "prices", "acme", "box");
      mkdirSync(join(service, "rates"), { recursive: true });
      writeFileSync(
        join(service, "service.yaml"),
        `service: acme/box
title: Box
focus: { ServiceName: Box, ServiceCategory: Other }
parameters: { boxes: { min: 0, doc: boxes } }
meters: { hours: { title: Hours, flow: boxes, unit: h, role: work } }
`,
      );
      writeFileSync(
        join(service, "rates", "us-east-1.yaml"),
        `service: acme/box
region: us-east-1
rates: { hours: { from: 2026-01-01, unit: h, price: "0.5", source: "https://acme.example/prices", retrieved: 2026-01-01 } }
`,
      );
      const ran = await archcost(["run", file, "--format", "json"]);
      expect(ran.stderr).toBe("");
      expect(resultSchema.parse(JSON.parse(ran.stdout)).architectures["a"]?.cost.month).toBe(3 * 730 * 0.5);
    },
  );
});

test.each([
  ["no such file", "absent.yaml", /does not exist/],
  ["a folder", ".", /is a folder/],
])("%s", async (_, file, message) => {
  const ran = await archcost(["run", file]);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toMatch(message);
});

test.each([["--help"], ["--version"], ["run", "--help"]])("%s is fine", async (...argv) => {
  const ran = await archcost(argv);
  expect(ran.code).toBe(0);
  expect(ran.stdout).not.toBe("");
});

test.each([["frob"], ["run"], ["run", "x.yaml", "--format", "xml"]])(
  "%s is no command line of ours: exit code 2",
  async (...argv) => {
    expect((await archcost(argv)).code).toBe(2);
  },
);

// A hundred thousand samples of Prime Video on one core: the whole of `archcost uncertainty`, and the costs of three
// architectures against a loop written by hand and, where there is a compiler, a C program of the same loop; all on the
// same points of the ranges, which are drawn beforehand.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cpuSeconds, load, median, ROOT } from "./_measure.js";

const SAMPLES = 100_000;
const ROUNDS = 15;
/** Rounds before the engine has optimised what is measured. */
const WARM = 5;
const HAND = ["microservices", "express", "monolith"];

export async function run() {
  const ours = await load(`
    export { Problems } from "./src/diagnostic/diagnostic.ts";
    export { readScenario } from "./src/scenario/read.ts";
    export { Catalog } from "./src/catalog/catalog.ts";
    export { PricingFiles } from "./src/io/pricing-files.ts";
    export { linkModel } from "./src/link/link.ts";
    export { manyCases } from "./src/analysis/many-cases.ts";
    export { sampleInputs } from "./src/analysis/samples.ts";
    export { uncertainInputs } from "./src/analysis/uncertain-inputs.ts";
    export { uncertainty } from "./src/analysis/uncertainty.ts";
  `);
  const problems = new ours.Problems();
  const model = linked(ours, problems, []);
  const task = {
    samples: SAMPLES,
    indexSamples: 8192,
    seed: 1,
    savingOver: 0.9,
    given: [],
    carbon: true,
    budgets: true,
  };
  const first = cpuSeconds(() => ours.uncertainty(model, task, problems));
  const whole = median(Array.from({ length: ROUNDS }, () => cpuSeconds(() => ours.uncertainty(model, task, problems))));
  console.log(
    `  uncertainty of all architectures, ${SAMPLES} samples: ${(whole * 1e3).toFixed(0)} ms, the first time ${(first * 1e3).toFixed(0)} ms `,
  );
  const three = linked(ours, problems, HAND);
  const inputs = ours.uncertainInputs(three, problems);
  const free = inputs.map(({ address }) => address);
  const nodes = HAND.map((name) => three.architectures.find((architecture) => architecture.name === name).cost);
  const evaluate = ours.manyCases(three, nodes, free);
  const columns = ours.sampleInputs(inputs, { n: SAMPLES, seed: 1 });
  const named = Object.fromEntries(columns.map((column, k) => [free[k], column]));
  const out = HAND.map(() => new Float64Array(SAMPLES));
  const inC = cLoop(named);
  const ratios = [];
  const rates = [];
  const againstC = [];
  let found = [];
  for (let round = 0; round < ROUNDS + WARM; round += 1) {
    const generated = cpuSeconds(() => {
      found = evaluate(columns, SAMPLES);
    });
    const byHand = cpuSeconds(() => hand(named, SAMPLES, out));
    const c = inC === undefined ? undefined : inC();
    if (round < WARM) continue;
    ratios.push(generated / byHand);
    rates.push(SAMPLES / generated);
    if (c !== undefined) againstC.push(generated / c.seconds);
  }
  const off = Math.max(
    ...found.map((column, k) => Math.max(...column.map((cost, i) => Math.abs(cost / out[k][i] - 1)))),
  );
  if (!(off < 1e-9)) throw new Error(`the figures differ by ${off}`);
  console.log(
    `  ${(median(rates) / 1e6).toFixed(2)} M samples a second of three architectures: ${median(ratios).toFixed(2)} times as long as the loop written by hand; figures agree to ${off.toExponential(1)}`,
  );
  if (inC === undefined) console.log("  no C compiler here: not compared with C");
  else {
    // The median of its rounds too, as ours is.
    const apart = Math.abs(inC().sum / found.flatMap((column) => [...column]).reduce((sum, cost) => sum + cost, 0) - 1);
    if (!(apart < 1e-9)) throw new Error(`the figures of C differ by ${apart}`);
    console.log(`  ${median(againstC).toFixed(2)} times as long as C, ${COMPILER} -O3`);
  }
  return [
    [`uncertainty, ${SAMPLES} samples`, "1 s", `${whole.toFixed(2)} s`, ""],
    ["costs of three architectures, generated code", "1.5 x", `${median(ratios).toFixed(2)} x`, "loop by hand"],
    ...(inC === undefined ? [] : [["  the same", "3 x", `${median(againstC).toFixed(2)} x`, `${COMPILER} -O3`]]),
  ];
}

const COMPILER = process.env.CC ?? "cc";

/** The loop by hand as a C program that times itself; undefined where nothing compiles it. */
function cLoop(named) {
  const folder = mkdtempSync(join(tmpdir(), "archcost-bench-"));
  const [source, program, data] = ["loop.c", "loop", "columns"].map((name) => join(folder, name));
  writeFileSync(source, cSource(Object.keys(named)));
  const built = spawnSync(COMPILER, ["-O3", "-o", program, source, "-lm"], { encoding: "utf8" });
  if (built.error !== undefined) return undefined;
  if (built.status !== 0) throw new Error(built.stderr);
  writeFileSync(
    data,
    Buffer.concat(
      Object.values(named).map((column) => Buffer.from(column.buffer, column.byteOffset, column.byteLength)),
    ),
  );
  return () => {
    const { stdout, stderr, status } = spawnSync(program, [data], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    const [seconds, sum] = stdout.trim().split(" ").map(Number);
    return { seconds, sum };
  };
}

const cTiers = (name, tiers) =>
  `static const double ${name}[][2] = {${tiers.map(([to, price]) => `{${to === Infinity ? "INFINITY" : to}, ${price}}`).join(", ")}};`;

function cSource(names) {
  return `#define _POSIX_C_SOURCE 199309L
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
enum { N = ${SAMPLES}, COLUMNS = ${names.length}, ROUNDS = 5 };
${cTiers("LAMBDA", LAMBDA)}
${cTiers("EXPRESS", EXPRESS)}
${cTiers("STORAGE", STORAGE)}
static inline double tiered(double quantity, const double tiers[][2]) {
  double cost = 0, from = 0;
  for (int i = 0; i < 3; i += 1) {
    double slice = fmin(quantity, tiers[i][0]) - from;
    cost += fmax(0, slice) * tiers[i][1];
    from = tiers[i][0];
  }
  return cost;
}
static inline double milliseconds(double x) {
  double quotient = x / 0.001, nearest = floor(quotient + 0.5);
  return (fabs(quotient - nearest) <= 1e-9 * fmax(1, quotient) ? nearest : ceil(quotient)) * 0.001;
}
static double in[COLUMNS][N], out[3][N];
static void loop(void) {
${names.map((name, k) => `  const double *${name} = in[${k}];`).join("\n")}
  const double seconds = ${SECONDS}.0, gb = ${GB}.0;
  for (int i = 0; i < N; i += 1) {
    double s = streams[i] * seconds, d = detectors[i], f = frames_per_second[i], audio = audio_detectors[i];
    double gbs = 1769.0 / 1024 * milliseconds(convert_time[i]) + d * milliseconds(detect_time[i]) * detect_memory[i] / gb +
                 0.25 * milliseconds(aggregate_time[i]);
    double lambda = tiered(gbs * s, LAMBDA) + (d + 2) * s * 2e-7;
    double kept = streams[i] * (f + 1) * object_size[i] * 86400 / gb;
    double s3 = (f + 2) * s * 5e-6 + ((d - audio) * f + audio) * s * 4e-7 + tiered(kept, STORAGE);
    out[0][i] = (d + 5) * s * 2.5e-5 + lambda + s3;
    out[1][i] = s * 1e-6 + tiered(0.0625 * s, EXPRESS) + lambda + s3;
    double vcpu = clones[i] * convert_time[i] + d * detect_time[i] * detect_memory[i] / (1769.0 * 1048576) +
                  aggregate_time[i] * 256 / 1769;
    out[2][i] = ceil(streams[i] * vcpu / utilisation[i] / 16) * 730 * 0.68;
  }
}
static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}
int main(int count, char **arguments) {
  FILE *file = count > 1 ? fopen(arguments[1], "rb") : NULL;
  if (file == NULL || fread(in, sizeof in, 1, file) != 1) return 1;
  static double took[ROUNDS];
  double sum = 0;
  for (int round = 0; round < ROUNDS; round += 1) {
    struct timespec start, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    loop();
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    took[round] = (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) / 1e9;
  }
  for (int k = 0; k < 3; k += 1) for (int i = 0; i < N; i += 1) sum += out[k][i];
  qsort(took, ROUNDS, sizeof took[0], ascending);
  printf("%.9f %.17g\\n", took[ROUNDS / 2], sum);
  return 0;
}
`;
}

function linked({ readScenario, Catalog, PricingFiles, linkModel }, problems, only) {
  const file = "scenarios/prime-video.yaml";
  const scenario = readScenario(file, readFileSync(join(ROOT, file), "utf8"), problems);
  const catalog = new Catalog(new PricingFiles(join(ROOT, "dist/pricing"), []), problems);
  const variant = { set: new Map(), load: 1, region: undefined, asOf: undefined, only, today: "2026-11-23" };
  return linkModel(scenario, catalog, variant, problems);
}

const SECONDS = 730 * 3600;
const GB = 2 ** 30;
const LAMBDA = [
  [6e9, 1.66667e-5],
  [15e9, 1.5e-5],
  [Infinity, 1.33334e-5],
];
const EXPRESS = [
  [3.6e6, 1.667e-5],
  [18e6, 8.33e-6],
  [Infinity, 4.56e-6],
];
const STORAGE = [
  [51_200, 0.023],
  [512_000, 0.022],
  [Infinity, 0.021],
];

function tiered(quantity, tiers) {
  let cost = 0;
  let from = 0;
  for (let i = 0; i < tiers.length; i += 1) {
    const to = tiers[i][0];
    cost += Math.max(0, Math.min(quantity, to) - from) * tiers[i][1];
    from = to;
  }
  return cost;
}

function milliseconds(x) {
  const quotient = x / 0.001;
  const nearest = Math.round(quotient);
  return (Math.abs(quotient - nearest) <= 1e-9 * Math.max(1, quotient) ? nearest : Math.ceil(quotient)) * 0.001;
}

/** The facts of the scenario as anyone would program them, without the graph. */
function hand(inputs, n, [micro, express, mono]) {
  const { streams, detectors, audio_detectors: audio, frames_per_second: frames, object_size: size } = inputs;
  const { convert_time: convert, detect_time: detect, aggregate_time: aggregate } = inputs;
  const { clones, utilisation, detect_memory: memory } = inputs;
  for (let i = 0; i < n; i += 1) {
    const s = streams[i] * SECONDS;
    const d = detectors[i];
    const f = frames[i];
    const gbs =
      (1769 / 1024) * milliseconds(convert[i]) +
      (d * milliseconds(detect[i]) * memory[i]) / GB +
      0.25 * milliseconds(aggregate[i]);
    const lambda = tiered(gbs * s, LAMBDA) + (d + 2) * s * 2e-7;
    const kept = (streams[i] * (f + 1) * size[i] * 86_400) / GB;
    const s3 = (f + 2) * s * 5e-6 + ((d - audio[i]) * f + audio[i]) * s * 4e-7 + tiered(kept, STORAGE);
    micro[i] = (d + 5) * s * 2.5e-5 + lambda + s3;
    express[i] = s * 1e-6 + tiered(0.0625 * s, EXPRESS) + lambda + s3;
    const vcpu = clones[i] * convert[i] + (d * detect[i] * memory[i]) / (1769 * 2 ** 20) + (aggregate[i] * 256) / 1769;
    mono[i] = Math.ceil((streams[i] * vcpu) / utilisation[i] / 16) * 730 * 0.68;
  }
}

// A hundred thousand samples of Prime Video on one core: the whole of `archcost uncertainty`, and the samples of three
// architectures against a loop written by hand, both on the same points of the ranges.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load, median, ROOT } from "./_measure.js";

const SAMPLES = 100_000;
const ROUNDS = 7;
const HAND = ["microservices", "express", "monolith"];

export async function run() {
  const ours = await load(`
    export { Problems } from "./src/diagnostic/diagnostic.ts";
    export { readScenario } from "./src/scenario/read.ts";
    export { Catalog } from "./src/catalog/catalog.ts";
    export { PricingFiles } from "./src/io/pricing-files.ts";
    export { linkModel } from "./src/model/model.ts";
    export { manyCases } from "./src/analysis/many-cases.ts";
    export { sampleInputs } from "./src/analysis/samples.ts";
    export { uncertainInputs } from "./src/analysis/uncertain-inputs.ts";
    export { uncertainty } from "./src/analysis/uncertainty.ts";
  `);
  const problems = new ours.Problems();
  const model = linked(ours, problems, []);
  const task = { samples: SAMPLES, indexSamples: 8192, seed: 1, savingOver: 0.9, given: [], ruledOut: [] };
  const first = time(() => ours.uncertainty(model, task, problems));
  const whole = median(Array.from({ length: ROUNDS }, () => time(() => ours.uncertainty(model, task, problems))));
  console.log(
    `  uncertainty of all architectures, ${SAMPLES} samples: ${(whole * 1e3).toFixed(0)} ms, the first time ${(first * 1e3).toFixed(0)} ms (goal 1,000)`,
  );
  const three = linked(ours, problems, HAND);
  const inputs = ours.uncertainInputs(three, problems);
  const free = inputs.map(({ address }) => address);
  const nodes = HAND.map((name) => three.architectures.find((architecture) => architecture.name === name).cost);
  const evaluate = ours.manyCases(three, nodes, free);
  const draw = () => ours.sampleInputs(inputs, { n: SAMPLES, seed: 1 });
  const out = HAND.map(() => new Float64Array(SAMPLES));
  const ratios = [];
  const rates = [];
  let found = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const generated = time(() => {
      found = evaluate(draw(), SAMPLES);
    });
    const byHand = time(() => hand(Object.fromEntries(draw().map((column, k) => [free[k], column])), SAMPLES, out));
    ratios.push(generated / byHand);
    rates.push(SAMPLES / generated);
  }
  const off = Math.max(
    ...found.map((column, k) => Math.max(...column.map((cost, i) => Math.abs(cost / out[k][i] - 1)))),
  );
  if (!(off < 1e-9)) throw new Error(`the figures differ by ${off}`);
  console.log(
    `  ${median(ratios).toFixed(2)} times the loop written by hand (goal 1.5); ${(median(rates) / 1e6).toFixed(2)} M samples a second; figures agree to ${off.toExponential(1)}`,
  );
}

function linked({ readScenario, Catalog, PricingFiles, linkModel }, problems, only) {
  const file = "scenarios/prime-video.yaml";
  const scenario = readScenario(file, readFileSync(join(ROOT, file), "utf8"), problems);
  const catalog = new Catalog(new PricingFiles(join(ROOT, "dist/pricing"), []), problems);
  const variant = { set: new Map(), load: 1, region: undefined, asOf: undefined, only, today: "2026-11-23" };
  return linkModel(scenario, catalog, variant, problems);
}

function time(work) {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
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

// The Prime Video graph over a million cases on one core against a loop written by hand from the same formulas.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cpuSeconds, load, median, ROOT } from "./_measure.js";

const CASES = 1_000_000;
const ROUNDS = 7;

export async function run() {
  const { Problems, readScenario, Catalog, PricingFiles, linkModel, compile } = await load(`
    export { Problems } from "./src/diagnostic/diagnostic.ts";
    export { readScenario } from "./src/scenario/read.ts";
    export { Catalog } from "./src/catalog/catalog.ts";
    export { PricingFiles } from "./src/io/pricing-files.ts";
    export { linkModel } from "./src/link/link.ts";
    export { compile } from "./src/formula/generate.ts";
  `);
  const file = "scenarios/prime-video.yaml";
  const problems = new Problems();
  const scenario = readScenario(file, readFileSync(join(ROOT, file), "utf8"), problems);
  const catalog = new Catalog(new PricingFiles(join(ROOT, "dist/pricing"), []), problems);
  const variant = {
    set: new Map(),
    load: 1,
    region: undefined,
    asOf: undefined,
    only: ["microservices", "express", "monolith"],
    today: "2026-11-23",
  };
  const model = linkModel(scenario, catalog, variant, problems);
  const free = ["streams", "detectors", "frames_per_second", "utilisation"];
  const outputs = model.architectures.map((architecture) => architecture.cost);
  const generated = compile(model.graph, outputs, free);
  const columns = [
    Float64Array.from({ length: CASES }, (_, i) => 100 + (i % 5000)),
    Float64Array.from({ length: CASES }, (_, i) => 6 + (i % 9)),
    Float64Array.from({ length: CASES }, (_, i) => 1 + (i % 10)),
    Float64Array.from({ length: CASES }, (_, i) => 0.35 + (i % 50) / 100),
  ];
  const a = outputs.map(() => new Float64Array(CASES));
  const b = outputs.map(() => new Float64Array(CASES));
  const ours = [];
  const hand = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(cpuSeconds(() => generated(columns, CASES, a)));
    hand.push(cpuSeconds(() => byHand(columns, CASES, b)));
  }
  const worst = Math.max(
    ...a.flatMap((column, k) =>
      [column[0], column[CASES - 1]].map((x, i) => Math.abs(x / [b[k][0], b[k][CASES - 1]][i] - 1)),
    ),
  );
  const ratio = median(ours.map((seconds, i) => seconds / hand[i]));
  console.log(
    `  ${ratio.toFixed(2)} times the hand-written loop; ${(CASES / median(ours) / 1e6).toFixed(1)} M cases a second; figures agree to ${worst.toExponential(1)}`,
  );
  return [["a million cases of Prime Video, generated code", "1.5 x", `${ratio.toFixed(2)} x`, "loop by hand"]];
}

const SECONDS = 730 * 3600;
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

/** facts of the scenario as anyone would program them, without the graph */
function byHand([streams, detectors, frames, utilisation], n, [micro, express, mono]) {
  for (let i = 0; i < n; i += 1) {
    const s = streams[i] * SECONDS;
    const d = detectors[i];
    const f = frames[i];
    const gbs = (1769 / 1024) * Math.ceil(400) * 1e-3 + d * Math.ceil(150) * 1e-3 + 0.25 * Math.ceil(50) * 1e-3;
    const lambda = tiered(gbs * s, LAMBDA) + (d + 2) * s * 2e-7;
    const s3 =
      (f + 2) * s * 5e-6 + ((d - 3) * f + 3) * s * 4e-7 + tiered(streams[i] * (f + 1) * 1e-4 * 86_400, STORAGE);
    micro[i] = (d + 5) * s * 2.5e-5 + lambda + s3;
    express[i] = s * 1e-6 + tiered(0.0625 * s, EXPRESS) + lambda + s3;
    const vcpu = 2 * 0.4 + (d * 0.15 * 1024) / 1769 + (0.05 * 256) / 1769;
    mono[i] = Math.ceil((streams[i] * vcpu) / utilisation[i] / 16) * 730 * 0.68;
  }
}

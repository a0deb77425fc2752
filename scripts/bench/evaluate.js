// Both back ends over a million cases of about thirty operations, against a loop written by hand of the same formulas.
import { cpuSeconds, load, median } from "./_measure.js";

const CASES = 1_000_000;
const ROUNDS = 9;
const FREE = ["streams", "detectors", "duration", "memory"];
const TIERS = [
  [6e9, 1.66667e-5],
  [15e9, 1.5e-5],
  [Infinity, 1.33334e-5],
];

export async function run() {
  const formula = await load(`
    export { GraphBuilder } from "./src/formula/builder.ts";
    export { flatCurve } from "./src/formula/curve.ts";
    export { evaluate } from "./src/formula/evaluate.ts";
    export { compile } from "./src/formula/generate.ts";
  `);
  const { graph, output } = build(formula);
  const columns = [
    Float64Array.from({ length: CASES }, (_, i) => 100 + (i % 5000)),
    Float64Array.from({ length: CASES }, (_, i) => 6 + (i % 9)),
    Float64Array.from({ length: CASES }, (_, i) => 0.05 + (i % 100) / 300),
    Float64Array.from({ length: CASES }, (_, i) => 0.125 * (1 + (i % 16))),
  ];
  const named = new Map(FREE.map((address, index) => [address, columns[index]]));
  const compiled = formula.compile(graph, [output], FREE);
  const ways = {
    hand: (out) => byHand(columns, CASES, out),
    generated: (out) => compiled(columns, CASES, [out]),
    interpreted: (out) => out.set(formula.evaluate(graph, [output], named, CASES)[0]),
  };
  const outs = Object.values(ways).map(() => new Float64Array(CASES));
  const seconds = Object.values(ways).map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    Object.values(ways).forEach((way, index) => {
      seconds[index].push(cpuSeconds(() => way(outs[index])));
    });
  }
  const different = outs[0].findIndex(
    (value, i) => outs[1][i] !== outs[2][i] || Math.abs(outs[1][i] / value - 1) > 1e-12,
  );
  if (different >= 0) throw new Error(`case ${different}: ${outs.map((out) => out[different]).join(", ")}`);
  const [hand, generated, interpreted] = seconds.map(median);
  const ratio = (index) => median(seconds[index].map((value, round) => value / seconds[0][round])).toFixed(2);
  const operations = graph.nodes.filter((node) => node.args.length > 0).length;
  console.log(`  ${operations} operations, a million cases: by hand ${(hand * 1e3).toFixed(0)} ms`);
  console.log(`  generated JavaScript ${ratio(1)} times that (${(generated * 1e3).toFixed(0)} ms; goal 1.5)`);
  console.log(`  interpreter ${ratio(2)} times that (${(interpreted * 1e3).toFixed(0)} ms)`);
  return [
    [`${operations} operations, generated code`, "1.5 x", `${ratio(1)} x`, "loop by hand"],
    [`${operations} operations, interpreter`, "", `${ratio(2)} x`, "loop by hand"],
  ];
}

/** Requests, compute in three tiers and transitions of a function behind a queue, beside instances that replace it. */
function build({ GraphBuilder, flatCurve }) {
  const builder = new GraphBuilder(flatCurve());
  const [streams, detectors, duration, memory] = FREE.map((address) => builder.input(address, 1));
  const number = (value) => builder.constant(value);
  const op = (name, ...args) => builder.op(name, ...args);
  const work = op("mul", streams, number(2_628_000));
  const calls = op("mul", work, detectors);
  const billed = op("roundup", duration, number(0.001));
  const compute = op("mul", op("mul", calls, billed), memory);
  let cost = op(
    "add",
    op("mul", calls, number(2e-7)),
    op("mul", op("add", calls, op("mul", work, number(5))), number(2.5e-5)),
  );
  let from = 0;
  for (const [to, price] of TIERS) {
    const slice = op("max", number(0), op("sub", op("min", compute, number(to)), number(from)));
    cost = op("add", cost, op("mul", slice, number(price)));
    from = to;
  }
  const busy = op("div", op("mul", op("mul", streams, detectors), duration), number(16));
  const instances = op("mul", op("max", op("ceil", busy), number(2)), number(730 * 0.68));
  const cheaper = op("if", op("lt", instances, cost), instances, cost);
  const output = op("sub", cost, op("mul", cheaper, number(0.5)));
  return { graph: builder.graph(), output };
}

function byHand([streams, detectors, duration, memory], n, out) {
  for (let i = 0; i < n; i += 1) {
    const work = streams[i] * 2_628_000;
    const calls = work * detectors[i];
    const compute = calls * roundUp(duration[i], 0.001) * memory[i];
    let cost = calls * 2e-7 + (calls + work * 5) * 2.5e-5;
    cost += Math.max(0, Math.min(compute, 6e9)) * 1.66667e-5;
    cost += Math.max(0, Math.min(compute, 15e9) - 6e9) * 1.5e-5;
    cost += Math.max(0, compute - 15e9) * 1.33334e-5;
    const instances = Math.max(Math.ceil((streams[i] * detectors[i] * duration[i]) / 16), 2) * (730 * 0.68);
    out[i] = cost - Math.min(instances, cost) * 0.5;
  }
}

function roundUp(x, step) {
  const quotient = x / step;
  const nearest = Math.round(quotient);
  return (
    (Math.abs(quotient - nearest) <= 1e-9 * Math.max(1, Math.abs(quotient)) ? nearest : Math.ceil(quotient)) * step
  );
}

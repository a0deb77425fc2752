import type { Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { quantityFault } from "../figures/base-case.ts";
import type { CarbonNodes } from "../model/carbon-nodes.ts";
import type { Model } from "../model/model.ts";
import type { ManyCases } from "./cases-through.ts";
import { manyCases } from "./many-cases.ts";

const ENDS = ["low", "central", "high"] as const;
type End = (typeof ENDS)[number];

type Wanted = { readonly node: number; readonly end: End; readonly scale: "one" | "year" | "unit" };

/** Figures of an architecture that cases are asked for: USD, kg CO2e, kWh; per unit of work where it says so. */
function figuresOf(model: Model, name: string): ReadonlyMap<string, Wanted> {
  const cost = model.architectures.find((architecture) => architecture.name === name)?.cost;
  const carbon = model.carbon?.architectures.find((each) => each.name === name);
  const figures = new Map<string, Wanted>();
  if (cost !== undefined) {
    figures.set("cost.month", { node: cost, end: "central", scale: "one" });
    figures.set("cost.year", { node: cost, end: "central", scale: "year" });
    figures.set("cost.per_unit", { node: cost, end: "central", scale: "unit" });
  }
  for (const [key, node, scale] of carbon === undefined ? [] : carbonFigures(carbon)) {
    for (const end of ENDS) figures.set(`carbon.${key}.${end}`, { node, end, scale });
  }
  return figures;
}

function carbonFigures(carbon: CarbonNodes): readonly (readonly [string, number, Wanted["scale"]])[] {
  return [
    ["month", carbon.total, "one"],
    ["operational", carbon.operational, "one"],
    ["embodied", carbon.embodied, "one"],
    ["per_unit", carbon.total, "unit"],
    ["energy_kwh", carbon.energy, "one"],
  ];
}

/** What is computed unless something else is asked for. */
export const USUAL_FIGURES = ["cost.month", "carbon.month"];

/** What is wrong with a case: its place among all that may be wrong, and the first row of the block that has it. */
export type CaseFault = {
  readonly order: number;
  readonly code: "out-of-range" | "not-finite";
  readonly message: string;
  readonly rows: readonly number[];
};

/** Figures of some cases, or what is wrong with them. */
export type CaseBlock = { readonly values: readonly Float64Array[]; readonly faults: readonly CaseFault[] };

/** Made once, used for any number of cases, a block at a time. */
export type CaseFigures = {
  /** `<architecture>.<figure>`, in the order asked for */
  readonly names: readonly string[];
  run(columns: readonly Float64Array[], n: number): CaseBlock;
};

/** Cases at a time: their columns stay small however many cases there are. */
export const CASE_BLOCK = 4096;

/**
 * Figures of every architecture in every case: the graph of `run` on many cases at once. Low and high carbon are all
 * coefficients at the end that gives less, more, as in `run`.
 * @param free inputs that differ from case to case
 * @param task.wanted names such as `cost.month` or `carbon.month.low`; `carbon.month` is all three ends
 * @returns undefined where a figure is not known (reported)
 */
export function caseFigures(
  model: Model,
  free: readonly string[],
  task: { readonly wanted: readonly string[]; readonly problems: Problems },
): CaseFigures | undefined {
  const { problems } = task;
  const figuresBy = new Map(model.architectures.map(({ name }) => [name, figuresOf(model, name)]));
  const wanted = task.wanted.flatMap((figure) => spelledOut(figure, figuresBy, problems));
  const asked = [...figuresBy].flatMap(([name, figures]) =>
    wanted.flatMap((figure) => {
      const found = figures.get(figure);
      return found === undefined ? [] : [{ ...found, name: `${name}.${figure}` }];
    }),
  );
  if (problems.hasErrors) return undefined;
  const names = asked.map(({ name }) => name);
  const checks = checksOf(model, free);
  const work = nodesAt(model, free, [model.workload.work.node], "central");
  const ends = ENDS.flatMap((end) => {
    const here = [...asked.entries()].filter(([, figure]) => figure.end === end);
    const nodes = here.map(([, { node }]) => node);
    return here.length === 0 ? [] : [{ here, run: nodesAt(model, free, nodes, end) }];
  });
  return {
    names,
    run(columns, n) {
      const broken = checks.run(columns, n);
      const values: Float64Array[] = names.map(() => new Float64Array());
      if (broken.length > 0) return { values, faults: broken };
      const [units] = work(columns, n);
      for (const { here, run } of ends) {
        const found = run(columns, n);
        for (const [i, [at, { scale }]] of here.entries())
          values[at] = scaled(found[i] ?? new Float64Array(), scale, units);
      }
      const faults = values.flatMap((column, at) => {
        const message = `${names[at]} is not a finite number in this case`;
        return faultOf(column, Number.isFinite, { order: checks.count + at, code: "not-finite", message });
      });
      return { values, faults };
    },
  };
}

/** A figure that has bands is all three ends of it; a name that nothing has is stated. */
function spelledOut(
  figure: string,
  figuresBy: ReadonlyMap<string, ReadonlyMap<string, Wanted>>,
  problems: Problems,
): readonly string[] {
  const known = new Set([...figuresBy.values()].flatMap((figures) => [...figures.keys()]));
  if (known.has(figure)) return [figure];
  if (known.has(`${figure}.central`)) return ENDS.map((end) => `${figure}.${end}`);
  const names = new Set([...known].map((name) => name.replace(/\.(low|central|high)$/, "")));
  const near = suggest(figure, [...names]);
  const hint = near === undefined ? `figures: ${[...names].join(", ")}` : `did you mean "${near}"?`;
  problems.error("unknown-result", `--result ${figure}: no such figure of an architecture`, undefined, hint);
  return [];
}

function scaled(column: Float64Array, scale: Wanted["scale"], work: Float64Array | undefined): Float64Array {
  if (scale === "one") return column;
  return scale === "year"
    ? column.map((value) => value * 12)
    : column.map((value, i) => value / (work?.[i] ?? Number.NaN));
}

/** Nodes in every case with all coefficients that have no column at one end of their bands. */
function nodesAt(model: Model, free: readonly string[], nodes: readonly number[], end: End): ManyCases {
  const values = new Map(model.carbon?.coefficients.map((coefficient) => [coefficient.address, coefficient[end]]));
  return manyCases(model, nodes, free, { values });
}

/** What a service does not allow, and a quantity below 0. */
function checksOf(model: Model, free: readonly string[]) {
  const checks = model.architectures.flatMap((architecture) => architecture.checks.filter((c) => c.level === "error"));
  const lines = model.architectures.flatMap((architecture) => architecture.lines);
  const held = (value: number): boolean => value === 1;
  const counted = (value: number): boolean => value >= 0;
  const all = [
    ...checks.map(({ node, message }) => ({ node, message, holds: held })),
    ...lines.map((line) => {
      const message = quantityFault(line, "is negative or no number here");
      return { node: line.meter.quantity, message, holds: counted };
    }),
  ];
  const nodes = nodesAt(
    model,
    free,
    all.map(({ node }) => node),
    "central",
  );
  return {
    count: all.length,
    run: (columns: readonly Float64Array[], n: number): readonly CaseFault[] => {
      const found = nodes(columns, n);
      return all.flatMap(({ message, holds }, order) =>
        faultOf(found[order] ?? new Float64Array(), holds, { order, code: "out-of-range", message }),
      );
    },
  };
}

/** A fault with the rows that have it; none where all are fine. */
function faultOf(
  column: Float64Array,
  isFine: (value: number) => boolean,
  fault: Omit<CaseFault, "rows">,
): readonly CaseFault[] {
  if (column.every(isFine)) return [];
  const rows = Array.from(column.keys()).filter((row) => !isFine(column[row] ?? Number.NaN));
  return [{ ...fault, rows }];
}

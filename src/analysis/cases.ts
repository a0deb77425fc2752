import type { Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { quantityFault } from "../figures/base-case.ts";
import type { CarbonNodes } from "../model/carbon-nodes.ts";
import type { Model } from "../model/model.ts";
import type { CaseTable } from "./case-table.ts";
import { manyCases } from "./many-cases.ts";

/** A figure of one architecture in every case. */
export type CaseFigure = { readonly name: string; readonly values: Float64Array };

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

/**
 * Figures of every architecture in every case: the graph of `run` on many cases at once. Low and high carbon are all
 * coefficients at the end that gives less, more, as in `run`.
 * @param wanted names such as `cost.month` or `carbon.month.low`; `carbon.month` is all three ends
 * @returns columns `<architecture>.<figure>`, in the order asked; undefined where something is wrong, which is told
 */
export function caseFigures(
  model: Model,
  table: CaseTable,
  task: { readonly wanted: readonly string[]; readonly problems: Problems },
): readonly CaseFigure[] | undefined {
  const { problems } = task;
  const figuresBy = new Map(model.architectures.map(({ name }) => [name, figuresOf(model, name)]));
  const wanted = task.wanted.flatMap((figure) => spelledOut(figure, figuresBy, problems));
  const asked = [...figuresBy].flatMap(([name, figures]) =>
    wanted.flatMap((figure) => {
      const found = figures.get(figure);
      return found === undefined ? [] : [{ ...found, name: `${name}.${figure}` }];
    }),
  );
  if (problems.hasErrors || !checksHold(model, table, problems)) return undefined;
  const work = nodesAt(model, table, [model.workload.work.node], "central")[0];
  const found = new Map<string, Float64Array>();
  for (const end of ENDS) {
    const here = asked.filter((figure) => figure.end === end);
    const columns = nodesAt(
      model,
      table,
      here.map(({ node }) => node),
      end,
    );
    for (const [i, { name, scale }] of here.entries()) {
      found.set(name, scaled(columns[i] ?? new Float64Array(), scale, work));
    }
  }
  const figures = asked.map(({ name }) => ({ name, values: found.get(name) ?? new Float64Array() }));
  return allFinite(table, figures, problems) ? figures : undefined;
}

/** A figure that has bands is all three ends of it; a name that nothing has is told. */
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
function nodesAt(
  model: Model,
  { n, free, columns }: CaseTable,
  nodes: readonly number[],
  end: End,
): readonly Float64Array[] {
  if (nodes.length === 0) return [];
  const values = new Map(model.carbon?.coefficients.map((coefficient) => [coefficient.address, coefficient[end]]));
  return manyCases(model, nodes, free, { values })(columns, n);
}

/** What a service does not allow, and a quantity below 0, is told with the first row that asks for it. */
function checksHold(model: Model, table: CaseTable, problems: Problems): boolean {
  const checks = model.architectures.flatMap((architecture) => architecture.checks.filter((c) => c.level === "error"));
  const lines = model.architectures.flatMap((architecture) => architecture.lines);
  const nodes = [...checks.map(({ node }) => node), ...lines.map(({ meter }) => meter.quantity)];
  const columns = nodesAt(model, table, nodes, "central");
  let holds = true;
  const tell = (message: string, row: number): void => {
    if (row === -1) return;
    holds = false;
    problems.error("out-of-range", message, table.place(row));
  };
  for (const [i, { message }] of checks.entries()) tell(message, columns[i]?.findIndex((held) => held !== 1) ?? -1);
  for (const [i, line] of lines.entries()) {
    const row = columns[checks.length + i]?.findIndex((quantity) => !(quantity >= 0)) ?? -1;
    tell(quantityFault(line, "is negative or no number here"), row);
  }
  return holds;
}

function allFinite(table: CaseTable, figures: readonly CaseFigure[], problems: Problems): boolean {
  const wrong = figures.find(({ values }) => values.some((value) => !Number.isFinite(value)));
  if (wrong === undefined) return true;
  const row = wrong.values.findIndex((value) => !Number.isFinite(value));
  problems.error("not-finite", `${wrong.name} is not a finite number in this case`, table.place(row));
  return false;
}

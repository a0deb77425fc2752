// Why a cost changed: workload, prices, design, program; line item by line item.

import { gapBetween, sumOf } from "../formula/arithmetic.ts";
import type {
  ArchitectureChange,
  ByCause,
  Cause,
  Edit,
  LineChange,
  ScenarioChange,
  SourceLine,
} from "../result/check.ts";
import type { StoredLine, StoredResult } from "../result/stored.ts";
import { lineFrom } from "./source-line.ts";

/**
 * Results on the way from before to after: in each, one more part is the new one. The difference of two neighbours is that
 * part's. The first is the old result as it stands.
 */
export type Step = { readonly cause: Cause; readonly result: StoredResult };

export type ChangeTask = {
  readonly before: StoredResult;
  /** from the old result on, the last being the new one; none where only the two results are there */
  readonly steps: readonly Step[];
  readonly after: StoredResult;
  readonly edits: readonly Edit[];
  /** whether an edit by itself moves a line item; undefined where that has not been tried */
  readonly moves?: (edit: Edit, architecture: string, key: string) => boolean | undefined;
};

/** Changes below this share of the greater cost are rounding. */
const NOTHING = 1e-12;

type Split = { readonly change: number; readonly by: ByCause };
type Lines = ReadonlyMap<string, StoredLine>;

/** What changed from one result to another, the greatest change first; what stayed the same is left out. */
export function changeOf(task: ChangeTask): ScenarioChange {
  const { before, after, steps, edits } = task;
  const names = new Set([...Object.keys(after.architectures), ...Object.keys(before.architectures)]);
  const architectures = [...names]
    .map((name) => architectureChange(name, task))
    .filter((change) => change.lines.length > 0 || change.before === null || change.after === null)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  return {
    method: steps.length > 0 ? "run again" : "from figures",
    price_book: { before: before.scenario.price_book, after: after.scenario.price_book },
    program: { before: before.program.version, after: after.program.version },
    edits: [...edits],
    architectures,
  };
}

function architectureChange(name: string, task: ChangeTask): ArchitectureChange {
  const { before, after } = task;
  const [old, now] = [architectureOf(before, name), architectureOf(after, name)];
  const [oldLines, newLines] = [linesOf(before, name), linesOf(after, name)];
  const keys = new Set([...newLines.keys(), ...oldLines.keys()]);
  const steps = task.steps.map(({ cause, result }) => ({ cause, lines: linesOf(result, name) }));
  const lines = [...keys].flatMap((key): LineChange[] => {
    const [from, to] = [oldLines.get(key), newLines.get(key)];
    const line = to ?? from;
    const split = steps.length > 0 ? bySteps(key, oldLines, steps) : byFigures(from, to, task);
    const greatest = Math.max(Math.abs(costOf(from)), Math.abs(costOf(to)), ...Object.values(split.by).map(Math.abs));
    if (line === undefined || isNothing(split, greatest)) return [];
    return [
      {
        component: line.x_Component,
        meter: line.x_Meter,
        description: line.ChargeDescription,
        before: from?.EffectiveCost ?? null,
        after: to?.EffectiveCost ?? null,
        ...split,
        places: placesOf({ architecture: name, line, key }, split, task),
      },
    ];
  });
  lines.sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  return {
    architecture: name,
    before: old?.cost.month ?? null,
    after: now?.cost.month ?? null,
    change: sumOf(lines.map(({ change }) => change)),
    by: {
      workload: sumOf(lines.map(({ by }) => by.workload)),
      prices: sumOf(lines.map(({ by }) => by.prices)),
      design: sumOf(lines.map(({ by }) => by.design)),
      program: sumOf(lines.map(({ by }) => by.program)),
    },
    lines,
  };
}

/** A stored result may have any name, `constructor` too, which every object seems to have. */
function architectureOf(
  { architectures }: StoredResult,
  name: string,
): StoredResult["architectures"][string] | undefined {
  return Object.hasOwn(architectures, name) ? architectures[name] : undefined;
}

function isNothing({ by }: Split, greatest: number): boolean {
  return Object.values(by).every((part) => Math.abs(part) <= NOTHING * greatest);
}

/** Line items by what they are for; those that are alike but for their price are one. */
function linesOf(result: StoredResult, name: string): Lines {
  const lines = new Map<string, StoredLine>();
  for (const line of architectureOf(result, name)?.line_items ?? []) {
    const key = lineKey(line);
    const other = lines.get(key);
    const EffectiveCost = line.EffectiveCost + (other === undefined ? 0 : other.EffectiveCost);
    const PricingQuantity = line.PricingQuantity + (other === undefined ? 0 : other.PricingQuantity);
    lines.set(key, { ...line, EffectiveCost, PricingQuantity });
  }
  return lines;
}

type KeyOfLine = "x_Component" | "x_Service" | "x_Meter" | "x_Kind" | "x_TierFrom" | "RegionId";

/** What makes line items of two results the same one. */
export function lineKey(line: Pick<StoredLine, KeyOfLine>): string {
  return [line.x_Component, line.x_Service, line.x_Meter, line.x_Kind, line.x_TierFrom, line.RegionId].join("\0");
}

/** A line that is not there costs nothing. */
function costOf(line: StoredLine | undefined): number {
  return line === undefined ? 0 : line.EffectiveCost;
}

const NONE: ByCause = { workload: 0, prices: 0, design: 0, program: 0 };

function bySteps(key: string, old: Lines, steps: readonly { readonly cause: Cause; readonly lines: Lines }[]): Split {
  const by = { ...NONE };
  const first = costOf(old.get(key));
  let last = first;
  for (const { cause, lines } of steps) {
    const next = costOf(lines.get(key));
    by[cause] += gapBetween(next, last);
    last = next;
  }
  return { change: gapBetween(last, first), by };
}

/**
 * From two results alone: what a price moved at the new quantity is the prices'; the rest is the workload's where the work or
 * a variable changed, the design's where components did, and the program's where nothing else did and it is another version.
 */
function byFigures(from: StoredLine | undefined, to: StoredLine | undefined, task: ChangeTask): Split {
  const change = gapBetween(costOf(to), costOf(from));
  if (from === undefined || to === undefined) {
    const cause = isSameDesign(from ?? to, task) ? quantityCause(task) : "design";
    return { change, by: { ...NONE, [cause]: change } };
  }
  const perUnit = (line: StoredLine): number =>
    line.PricingQuantity === 0 ? line.ContractedUnitPrice : line.EffectiveCost / line.PricingQuantity;
  const prices = gapBetween(perUnit(to), perUnit(from)) * to.PricingQuantity;
  const rest = gapBetween(change, prices);
  return { change, by: { ...NONE, prices, [quantityCause(task)]: rest } };
}

/** A tier that is reached now and was not, of a component that was there: a matter of quantity. */
function isSameDesign(line: StoredLine | undefined, { before, after }: ChangeTask): boolean {
  if (line === undefined) return false;
  return [before, after].every((result) =>
    Object.values(result.architectures).some(
      ({ components }) => components[line.x_Component]?.service === line.x_Service,
    ),
  );
}

function quantityCause({ before, after, edits }: ChangeTask): Cause {
  const workChanged =
    before.workload.work_month !== after.workload.work_month || edits.some(({ cause }) => cause === "workload");
  if (workChanged) return "workload";
  return before.program.version === after.program.version ? "design" : "program";
}

/** Lines that one change says. */
const MOST_PLACES = 5;

type Moved = { readonly architecture: string; readonly line: StoredLine; readonly key: string };

/** The lines of the scenario behind a change: its component's for the design, variables for the workload. */
function placesOf({ architecture, line, key }: Moved, { by }: Split, task: ChangeTask): SourceLine[] {
  const isCause = (edit: Edit): boolean =>
    task.moves?.(edit, architecture, key) ?? isAbout(edit, architecture, line, task);
  const ofCause = (cause: Cause): readonly SourceLine[] =>
    task.edits
      .filter((edit) => edit.cause === cause && isCause(edit))
      .flatMap(({ place }) => (place === null ? [] : [place]));
  const causes = Object.entries(by)
    .filter(([, part]) => part !== 0)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .flatMap(([cause]) => [...ofCause(causeNamed(cause))]);
  const own = lineFrom(line.x_Place);
  const found = causes.length > 0 ? causes : own === undefined ? [] : [own];
  const unique = new Map(found.map((place) => [`${place.file}:${place.line}`, place]));
  return [...unique.values()].slice(0, MOST_PLACES);
}

function causeNamed(name: string): Cause {
  return name === "workload" || name === "prices" || name === "program" ? name : "design";
}

/**
 * What can be said without trying. Architectures inherit from each other: an edit of a component of the same name counts, of
 * whichever architecture; what a service takes as default has an address, which names both.
 */
function isAbout({ cause, path }: Edit, architecture: string, line: StoredLine, task: ChangeTask): boolean {
  if (cause !== "design") return true;
  const parts = path.split(".");
  const isAddress = [task.before, task.after].some(({ architectures }) => Object.hasOwn(architectures, parts[0] ?? ""));
  if (parts[0] !== "architectures") return !isAddress || (parts[0] === architecture && parts[1] === line.x_Component);
  if (parts[2] !== "components") return parts[1] === architecture;
  return parts[3] === undefined || parts[3] === line.x_Component;
}

// Architectures side by side on a terminal: a month, a year, a unit, and what they save against the current one.

import { money, percent } from "../result/number.ts";
import type { Result } from "../result/schema.ts";
import { type Column, columnWidths, type Grid, type Paint, rowLine, type Style } from "./columns.ts";
import { clean, truncate, widthOf, wrap } from "./text.ts";
import { notCountedNames, regionsWords } from "./wording.ts";

export type Page = { readonly width: number; readonly paint: Paint };

const INDENT = "  ";
const CANNOT = "✗";
const GAP = 2;
const NAME = 12;
const UNIT_HEADING = 22;
/** Cells by column; what a narrow page cannot hold is left out in the order of `DROPPED`. */
const KEYS = ["name", "month", "year", "unit", "saving", "share"] as const;
type Key = (typeof KEYS)[number];
type Line = { readonly cells: Readonly<Record<Key, string>>; readonly style?: Style };
const DROPPED: readonly Key[] = ["year", "saving"];

function linesOf(result: Result): Line[] {
  return result.comparison.rows.map((entry): Line => {
    const architecture = result.architectures[entry.architecture];
    const isCurrent = entry.architecture === result.current;
    const saving = entry.saving === null ? "" : money(entry.saving);
    const share = isCurrent || entry.saving_share === null ? "" : percent(entry.saving_share);
    const cells = {
      name: clean(entry.architecture),
      month: money(entry.month),
      year: money(entry.year),
      unit: money(architecture === undefined ? null : architecture.cost.per_reported_unit),
      saving: isCurrent ? "current" : saving,
      share: architecture?.feasible === false ? `${share} ${CANNOT}`.trimStart() : share,
    };
    return entry.architecture === result.comparison.cheapest ? { cells, style: "good" } : { cells };
  });
}

type Layout = { readonly keys: readonly Key[]; readonly grid: Grid; readonly widths: readonly number[] };

/** The most columns that fit the page without cutting a figure. */
function layoutOf(lines: readonly Line[], heading: Line, page: number): Layout {
  const all = [heading, ...lines];
  const used = KEYS.filter((key) => lines.some(({ cells }) => cells[key] !== ""));
  const unit = Math.max(...lines.map(({ cells }) => widthOf(cells.unit)));
  const columnOf = (key: Key): Column => {
    if (key === "name") return { align: "left", shrink: NAME };
    return key === "unit" ? { align: "right", shrink: unit } : { align: "right" };
  };
  for (let drop = 0; ; drop++) {
    const keys = used.filter((key) => !DROPPED.slice(0, drop).includes(key));
    const grid = { gap: GAP, columns: keys.map(columnOf) };
    const cells = all.map((line) => keys.map((key) => line.cells[key]));
    const natural = columnWidths(cells, grid, Number.POSITIVE_INFINITY);
    const least = natural.map((width, i) => Math.min(width, grid.columns[i]?.shrink ?? width));
    const fits = least.reduce((sum, width) => sum + width + GAP, -GAP) <= page;
    if (fits || drop === DROPPED.length) return { keys, grid, widths: columnWidths(cells, grid, page) };
  }
}

function print({ cells, style }: Line, { keys, grid, widths }: Layout, paint: Paint): string {
  const inked = keys.map((key) => cells[key]);
  return INDENT + rowLine(inked, grid, widths, (_, text) => paint(style, text));
}

function headingOf(unit: string, saving: boolean): Line {
  const words = saving ? { saving: "saves", share: "" } : { saving: "", share: "" };
  return { cells: { name: "", month: "a month", year: "a year", unit, ...words }, style: "dim" };
}

/** Explains the cross, where there is one. */
function hasObjectives({ objectives }: Result): boolean {
  return objectives != null && objectives.objectives.length > 0;
}

function footnote(lines: readonly Line[], paint: Paint, asked: boolean): string[] {
  const crossed = lines.some(({ cells }) => cells.share.endsWith(CANNOT));
  const why = asked ? "cannot serve the load, or misses an objective" : "cannot serve the load";
  return crossed ? [INDENT + paint("dim", `${CANNOT} ${why}`)] : [];
}

/** The comparison of one result, cheapest first. */
export function comparison(result: Result, { width, paint }: Page): string[] {
  const lines = linesOf(result);
  const unit = truncate(`per ${clean(result.workload.reported_unit)}`, UNIT_HEADING);
  const heading = headingOf(unit, result.current !== null);
  const layout = layoutOf(lines, heading, width - INDENT.length);
  return [
    paint("bold", "Comparison"),
    ...[heading, ...lines].map((line) => print(line, layout, paint)),
    ...footnote(lines, paint, hasObjectives(result)),
  ];
}

/** What the table of several scenarios shows of one of them: so little that a thousand can be kept. */
export type ComparisonBlock = {
  readonly name: string;
  readonly verdict: readonly string[];
  readonly lines: readonly Line[];
  readonly about: string;
  readonly notCounted: string;
  readonly warnings: readonly string[];
  readonly hasCurrent: boolean;
  /** whether objectives are asked for */
  readonly asked: boolean;
};

export function comparisonBlock(result: Result): ComparisonBlock {
  const { scenario, workload, comparison: compared, warnings, current } = result;
  return {
    name: scenario.name,
    verdict: compared.verdict.slice(0, 1),
    lines: linesOf(result),
    about: `${scenario.file}, a unit is one ${workload.reported_unit}, prices of ${scenario.as_of.prices} in ${regionsWords(result)}`,
    notCounted: notCountedNames(result),
    warnings,
    hasCurrent: current !== null,
    asked: hasObjectives(result),
  };
}

function printBlock(block: ComparisonBlock, layout: Layout, { width, paint }: Page): string[] {
  const small = (text: string, style: Style): string[] =>
    wrap(text, width - INDENT.length, INDENT).map((line) => INDENT + paint(style, line));
  return [
    "",
    paint("bold", truncate(clean(block.name), width)),
    ...block.verdict.flatMap((text) => wrap(text, width - INDENT.length).map((line) => INDENT + line)),
    ...block.lines.map((line) => print(line, layout, paint)),
    ...small(block.about, "dim"),
    ...small(`Not counted: ${block.notCounted}`, "dim"),
    ...block.warnings.flatMap((text) => small(`Warning: ${text}`, "warn")),
  ];
}

/** Several scenarios in one table: shared columns, a block each. */
export function compactComparison(blocks: readonly ComparisonBlock[], page: Page): string[] {
  const heading = headingOf(
    "per unit",
    blocks.some(({ hasCurrent }) => hasCurrent),
  );
  const lines = blocks.flatMap((block) => block.lines);
  const layout = layoutOf(lines, heading, page.width - INDENT.length);
  return [
    print(heading, layout, page.paint),
    ...blocks.flatMap((block) => printBlock(block, layout, page)),
    ...footnote(
      lines,
      page.paint,
      blocks.some(({ asked }) => asked),
    ),
  ];
}

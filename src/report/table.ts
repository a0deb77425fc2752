// A result as text for a terminal: the verdict first, nothing wider than the page.

import { money, quantity } from "../result/number.ts";
import type { ArchitectureResult, LineItem, Result } from "../result/schema.ts";
import { lineGroups } from "./beside.ts";
import { besideSections } from "./beside-table.ts";
import { carbonSection } from "./carbon-table.ts";
import { columnWidths, type Grid, painter, rowLine, type Style } from "./columns.ts";
import { type ComparisonBlock, compactComparison, comparison, comparisonBlock, type Page } from "./comparison-table.ts";
import { decisionParts } from "./decision-parts.ts";
import { growthSection, limitsSection } from "./limits-table.ts";
import { sheetTableLines } from "./sheet-table.ts";
import { clean, pad, truncate, widthOf, wrap } from "./text.ts";
import { spreadTable } from "./uncertainty-sheet.ts";
import * as words from "./wording.ts";

export type TableOptions = {
  /** columns of the page, default 80, at least 60 */
  readonly width?: number;
  /** with ANSI colours, default false */
  readonly color?: boolean;
};

const WIDTH = 80;
const NARROWEST = 60;
const INDENT = "  ";
const LINES: Grid = {
  gap: 1,
  columns: [
    { align: "left", shrink: 14 },
    { align: "right" },
    { align: "left", shrink: 6, style: "dim" },
    { align: "left", style: "dim" },
    { align: "right" },
    { align: "left", style: "dim" },
    { align: "right" },
    { align: "left" },
  ],
};
const COST = 6; // the column that totals stand under

function pageOf({ width = WIDTH, color = false }: TableOptions): Page {
  return { width: Math.max(NARROWEST, Math.floor(width)), paint: painter(color) };
}

/** Cells of a line item: `name quantity unit x price = cost mark`. */
function cellsOf(item: LineItem): string[] {
  const { price, sign } = words.priceOf(item);
  return [
    clean(words.lineName(item)),
    quantity(item.PricingQuantity),
    clean(words.unitWords(item.PricingUnit)),
    "×",
    money(price),
    sign,
    money(item.EffectiveCost),
    words.markOf(item),
  ];
}

/** Text broken to the page, indented, in one style. */
function paragraph(text: string, { width, paint }: Page, indent = INDENT, style?: Style): string[] {
  return wrap(text, width - indent.length, INDENT).map((line) => indent + paint(style, line));
}

function verdict(result: Result, page: Page): string[] {
  const { scenario } = result;
  const [first, ...rest] = result.comparison.verdict;
  return [
    ...(first === undefined ? [] : wrap(first, page.width).map((line) => page.paint("bold", line))),
    ...rest.flatMap((text) => wrap(text, page.width)),
    "",
    ...paragraph(`${scenario.name}: ${words.workloadWords(result)}`, page, "", "dim"),
  ];
}

/** One architecture: heading, line items, total, and what the money is for. */
function architectureBlock(name: string, result: Result, page: Page, widths: readonly number[]): string[] {
  const architecture = result.architectures[name];
  if (architecture === undefined) return [];
  const print = (cells: readonly string[]): string => INDENT + rowLine(cells, LINES, widths, page.paint);
  return [
    "",
    heading(name, architecture, result, page),
    ...lineGroups(architecture).flatMap(({ title, month, priced }) => [
      ...(title === null ? [] : paragraph(`${title}: ${money(month)}`, page, INDENT, "bold")),
      ...priced.map((item) => print(cellsOf(item))),
    ]),
    ...total(architecture, page, widths),
    ...words.obstacles(architecture).flatMap((text) => paragraph(text, page, INDENT, "bad")),
    ...words.remarks(architecture).flatMap((text) => paragraph(text, page)),
  ];
}

function heading(name: string, { title }: ArchitectureResult, { current, comparison }: Result, page: Page): string {
  const tags = [...(name === current ? ["current"] : []), ...(name === comparison.cheapest ? ["cheapest"] : [])];
  const about = [...(title === name ? [] : [clean(title)]), ...tags].join(", ");
  const shown = truncate(clean(name), page.width);
  const rest = truncate(about, page.width - widthOf(shown) - INDENT.length);
  return page.paint("bold", shown) + (rest === "" ? "" : INDENT + page.paint("dim", rest));
}

function totalCells({ cost }: ArchitectureResult): string[] {
  return ["", "", "", "", "", "", money(cost.month), ""];
}

/** The subtotal at the end of the cost column, under a rule as wide as that column. */
function total(architecture: ArchitectureResult, { paint }: Page, widths: readonly number[]): string[] {
  const line = rowLine(totalCells(architecture), LINES, widths, (_, text) => text);
  const figure = line.trimStart();
  const rule = "─".repeat(Math.max(...widths.slice(COST, COST + 1)));
  const end = INDENT.length + line.length;
  return [
    paint("dim", pad(rule, end, "right")),
    pad("a month  ", end - figure.length, "right") + paint("bold", figure),
  ];
}

function labelled(label: string, list: readonly words.Shared[], page: Page): string[] {
  return list.flatMap(({ architectures, text }) =>
    paragraph(`${label} ${architectures.join(", ")}: ${text}`, page, ""),
  );
}

function ending(result: Result, page: Page): string[] {
  const all = Object.values(result.architectures).flatMap((architecture) => architecture.line_items);
  const marks = words.legend(all);
  const notices = labelled("Note on", words.notices(result), page);
  const command = words.explainCommand(result);
  const fits = widthOf(clean(command)) + INDENT.length <= page.width;
  return [
    ...(marks === null ? [] : ["", ...paragraph(marks, page, "", "dim")]),
    ...(notices.length === 0 ? [] : ["", ...notices]),
    "",
    "Not counted:",
    ...words
      .notCounted(result)
      .flatMap(({ architectures, text }) => paragraph(`${architectures.join(", ")}: ${text}`, page)),
    ...(result.warnings.length === 0 ? [] : [""]),
    ...result.warnings.flatMap((text) => paragraph(`Warning: ${text}`, page, "", "warn")),
    "",
    ...paragraph(words.basisWords(result), page, "", "dim"),
    page.paint("dim", "How a figure came about:"),
    ...paragraph(fits ? command : words.explainCommand(result, "FILE"), page, INDENT, "dim"),
  ];
}

/**
 * One result as a table: verdict, a block per architecture, comparison, notices, what is not counted, warnings.
 * @returns lines of at most `width` columns, the last one ended
 */
export function renderTable(result: Result, options: TableOptions = {}): string {
  const page = pageOf(options);
  const priced = Object.values(result.architectures).flatMap(
    ({ line_items: items }) => words.orderedLines(items).priced,
  );
  const totals = Object.values(result.architectures).map(totalCells);
  const widths = columnWidths([...priced.map(cellsOf), ...totals], LINES, page.width - INDENT.length);
  const names = Object.keys(result.architectures);
  const blocks = names.flatMap((name) => architectureBlock(name, result, page, widths));
  const sections = [
    comparison(result, page),
    ...besideSections(result, page),
    ...decisionSections(result, page),
    limitsSection(result, page),
    carbonSection(result, page),
    result.uncertainty === null ? [] : sheetTableLines(spreadTable(result.uncertainty), page.width, page.paint),
    growthSection(result, page),
  ];
  const compared = sections.flatMap((section) => (section.length === 0 ? [] : ["", ...section]));
  const lines = [...verdict(result, page), ...blocks, ...compared, ...ending(result, page)];
  return `${lines.join("\n")}\n`;
}

/** What is compared besides the bill: a table, and sentences below it. */
function decisionSections(result: Result, page: Page): string[][] {
  return decisionParts(result).map(({ title, table, sentences }) => [
    ...(table === null ? [page.paint("bold", title)] : sheetTableLines(table, page.width, page.paint)),
    ...sentences.flatMap((text) => paragraph(text, page)),
  ]);
}

/** Several results as one compact table, a block per scenario; a single result is shown in full. */
export function renderTables(results: readonly Result[], options: TableOptions = {}): string {
  const [only, ...others] = results;
  if (only === undefined) return "";
  if (others.length === 0) return renderTable(only, options);
  return renderBlocks(results.map(comparisonBlock), options);
}

/** The compact table of what has been kept of several results. */
export function renderBlocks(blocks: readonly ComparisonBlock[], options: TableOptions = {}): string {
  return `${compactComparison(blocks, pageOf(options)).join("\n")}\n`;
}

// Limits and growth as text for a terminal.
import { figure, money, quantity } from "../result/number.ts";
import type { ArchitectureResult, Result } from "../result/schema.ts";
import { columnWidths, type Grid, rowLine } from "./columns.ts";
import type { Page } from "./comparison-table.ts";
import * as words from "./limits.ts";
import { clean, wrap } from "./text.ts";

const INDENT = "  ";
const LIMITS: Grid = {
  gap: 1,
  columns: [
    { align: "right" },
    { align: "left", shrink: 12 },
    { align: "right" },
    { align: "left", style: "dim" },
    { align: "left" },
  ],
};
const CAPACITIES: Grid = {
  gap: 2,
  columns: [
    { align: "left" },
    { align: "right" },
    { align: "right" },
    { align: "right" },
    { align: "left", shrink: 12 },
  ],
};

function paragraphs(texts: readonly string[], page: Page, style?: "dim"): string[] {
  return texts.flatMap((text) =>
    wrap(text, page.width - INDENT.length, INDENT).map((line) => INDENT + page.paint(style, line)),
  );
}

/** What stops each architecture, side by side, then its limits in the order in which they are hit. Empty without quotas. */
export function limitsSection(result: Result, page: Page): string[] {
  const known = Object.entries(result.architectures).filter(([, { limits }]) => limits.length > 0);
  if (known.length === 0) return [];
  const titles = (id: string | undefined, name: string): string =>
    clean(result.architectures[name]?.limits.find(({ quota }) => quota === id)?.title ?? "");
  const rows = known.map(([name, { capacity }]) => [
    clean(name),
    words.shareWords(capacity.default),
    words.shareWords(capacity.granted),
    words.shareWords(capacity.hard),
    titles(capacity.granted?.quota, name),
  ]);
  const heading = ["", "published", "granted", "hard", "hit first"];
  const widths = columnWidths([heading, ...rows], CAPACITIES, page.width - INDENT.length);
  const shown = known.flatMap(([, architecture]) => words.shownLimits(architecture));
  const legend = words.limitLegend(shown);
  return [
    page.paint("bold", "Limits"),
    INDENT + rowLine(heading, CAPACITIES, widths, (_, text) => page.paint("dim", text)),
    ...rows.map((row) => INDENT + rowLine(row, CAPACITIES, widths, page.paint)),
    ...detail(result, page),
    ...paragraphs([words.quotaBasis(result), ...(legend === null ? [] : [legend])], page, "dim"),
  ];
}

/** Limits of architectures that have the same, reported once. */
function detail(result: Result, page: Page): string[] {
  const blocks = Object.entries(result.architectures).map(([name, architecture]) => ({
    name,
    lines: linesOf(architecture, page),
  }));
  const groups = new Map<string, typeof blocks>();
  for (const block of blocks.filter(({ lines }) => lines.length > 0)) {
    const key = block.lines.join("\n");
    groups.set(key, [...(groups.get(key) ?? []), block]);
  }
  return [...groups.values()].flatMap((same) => {
    const names = same.map(({ name }) => name).join(", ");
    return [...wrap(names, page.width).map((line) => page.paint("bold", line)), ...(same[0]?.lines ?? [])];
  });
}

function linesOf(architecture: ArchitectureResult, page: Page): readonly string[] {
  const cells = words
    .shownLimits(architecture)
    .map((limit) => [
      words.shareWords(limit.binds_at_granted),
      clean(limit.title),
      clean(words.demandWords(limit)),
      words.effectWords(limit),
      words.limitMark(limit),
    ]);
  const widths = columnWidths(cells, LIMITS, page.width - INDENT.length);
  const raises = words.raisesSentence(architecture);
  const notes = [...(raises === null ? [] : [raises]), ...words.restartSentences(architecture)];
  return [...cells.map((row) => INDENT + rowLine(row, LIMITS, widths, page.paint)), ...paragraphs(notes, page)];
}

/** The cost over the months and when growth meets a quota; empty where the scenario states no growth. */
export function growthSection(result: Result, page: Page): string[] {
  const months = words.growthRows(result);
  if (months.length === 0) return [];
  const names = Object.keys(result.architectures);
  const rows = [
    ["month", clean(result.workload.driver), ...names.map(clean)],
    ...months.map(({ month, driver, cost }) => [
      figure(month),
      quantity(driver),
      ...names.map((name) => money(cost[name] ?? null)),
    ]),
  ];
  const grid: Grid = {
    gap: 2,
    columns: [{ align: "right" }, ...names.map(() => ({ align: "right" as const })), { align: "right" }],
  };
  const widths = columnWidths(rows, grid, page.width - INDENT.length);
  return [
    page.paint("bold", "Growth"),
    ...rows.map(
      (row, i) => INDENT + rowLine(row, grid, widths, (_, text) => page.paint(i === 0 ? "dim" : undefined, text)),
    ),
    ...paragraphs(words.growthHits(result), page),
  ];
}

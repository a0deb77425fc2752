// Comparison and break-even drawn with characters, for a terminal.
import { money, quantity } from "../result/number.ts";
import type { Result } from "../result/schema.ts";
import { type Paint, painter } from "./columns.ts";
import { pad, truncate, widthOf, wrap } from "./text.ts";

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;
const BLOCK = "█";
/** One sign an architecture, in the order of the scenario. */
const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ROWS = 14;
const NAME = 22;

export type CharacterOptions = { readonly color: boolean; readonly width: number };

/** Both charts below each other, ending in a line break; `width` in columns, 40 at least. */
export function characterCharts(result: Result, { color, width }: CharacterOptions): string {
  const paint = painter(color);
  return `${[...bars(result, width, paint), ...curve(result, width, paint)].join("\n")}\n`;
}

function bars({ comparison }: Result, width: number, paint: Paint): readonly string[] {
  const names = comparison.rows.map(({ architecture }) => architecture);
  const column = Math.min(NAME, Math.max(...names.map(widthOf)));
  const words = comparison.rows.map(({ month }) => money(month));
  const room = width - column - Math.max(...words.map(widthOf)) - 4;
  const most = Math.max(...comparison.rows.map(({ month }) => month), 0);
  const rows = comparison.rows.map(({ architecture, month }, i) => {
    const eighths = most > 0 ? Math.round((Math.max(month, 0) / most) * room * 8) : 0;
    const bar = BLOCK.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? "");
    const style = architecture === comparison.cheapest ? "good" : undefined;
    return `  ${pad(architecture, column, "left")} ${paint(style, bar)} ${words[i] ?? ""}`.trimEnd();
  });
  return [paint("bold", "Cost a month"), ...rows];
}

type Point = { readonly column: number; readonly row: number; readonly sign: string };

/** Cost over the driver, both scales logarithmic, one letter an architecture; the cheapest is drawn on top. */
function curve({ curve: found, workload, comparison }: Result, width: number, paint: Paint): readonly string[] {
  if (found === null) return [];
  const names = Object.keys(found.month);
  const positive = names.flatMap((name) => (found.month[name] ?? []).filter((cost) => cost > 0));
  const [first = 0, last = 0] = [found.x[0], found.x.at(-1)];
  if (positive.length === 0 || !(first > 0) || !(last > first)) return [];
  const low = Math.log10(positive.reduce((least, cost) => Math.min(least, cost)));
  const high = Math.max(Math.log10(positive.reduce((most, cost) => Math.max(most, cost))), low + 0.1);
  const gutter = 11;
  const columns = width - gutter - 3;
  const columnOf = (x: number): number => Math.round((Math.log(x / first) / Math.log(last / first)) * (columns - 1));
  const rowOf = (cost: number): number => Math.round(((high - Math.log10(cost)) / (high - low)) * (ROWS - 1));
  const order = [...comparison.rows].reverse().map(({ architecture }) => architecture);
  const points = order.flatMap((name) =>
    found.x.flatMap((x, i): Point[] => {
      const cost = found.month[name]?.[i];
      return cost === undefined || !(cost > 0)
        ? []
        : [{ column: columnOf(x), row: rowOf(cost), sign: SIGNS[names.indexOf(name) % SIGNS.length] ?? "?" }];
    }),
  );
  const today = columnOf(workload.driver_value);
  const grid: string[][] = Array.from({ length: ROWS }, () =>
    Array.from({ length: columns }, (_, column) => (column === today ? "┊" : " ")),
  );
  for (const { column, row, sign } of points) grid[row]?.splice(column, 1, sign);
  const rows = grid.map((cells, row) => {
    const value = row % 4 === 0 || row === ROWS - 1 ? money(10 ** (high - ((high - low) * row) / (ROWS - 1))) : "";
    return `  ${paint("dim", pad(truncate(value, gutter), gutter, "right"))} ${cells.join("").trimEnd()}`.trimEnd();
  });
  const ends = [quantity(first), `today ${quantity(workload.driver_value)}`, quantity(last)];
  const key = names.map((name, i) => `${SIGNS[i % SIGNS.length] ?? "?"} ${name}`).join(", ");
  return [
    "",
    paint("bold", `Cost a month over ${found.over}, both scales logarithmic`),
    ...rows,
    `${" ".repeat(gutter + 3)}${paint("dim", axis(ends, today, columns))}`,
    ...wrap(key, width - 2).map((line) => `  ${line}`),
  ];
}

/** The ends and today below the axis; today gives way where it would meet an end. */
function axis([first = "", middle = "", last = ""]: readonly string[], at: number, columns: number): string {
  const start = Math.round(at - middle.length / 2);
  const fits = start > first.length && start + middle.length < columns - last.length;
  const left = fits ? first + " ".repeat(start - first.length) + middle : first;
  return left + " ".repeat(Math.max(1, columns - left.length - last.length)) + last;
}

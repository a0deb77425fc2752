// What charts have in common round their data: title, axes, legend, margins.
import { INK } from "./palette.ts";

/** Margins, and no movement: a chart is drawn once. */
export function frame() {
  return { animation: false as const, layout: { padding: { top: 12, right: 24, bottom: 12, left: 12 } } };
}

/** The title, flush left; `gap` pixels are left free below it. */
export function heading(text: string, gap?: number) {
  const own = { display: true, text, align: "start" as const, color: INK.text, font: { size: 18, weight: 600 } };
  return gap === undefined ? own : { ...own, padding: { bottom: gap } };
}

/** Name, border, grid and words of an axis of values. */
export function valueAxis(label: string, format: (value: number) => string) {
  return {
    title: { display: true, text: label, color: INK.muted, font: { size: 13 } },
    border: { color: INK.muted },
    grid: { color: INK.grid },
    ticks: { color: INK.muted, font: { size: 12 }, callback: (value: number | string) => format(Number(value)) },
  };
}

/** An axis of names: one a bar. */
export function nameAxis() {
  return {
    border: { color: INK.muted },
    grid: { display: false },
    ticks: { color: INK.text, font: { size: 13 } },
  };
}

/** What lines over time have round them: narrower than `frame`, with a legend of strokes. */
export function lineFrame(title: string) {
  return {
    animation: false as const,
    responsive: false,
    layout: { padding: 14 },
    plugins: {
      title: heading(title),
      legend: { align: "start" as const, labels: { color: INK.text, boxWidth: 28, boxHeight: 2 } },
    },
  };
}

/** Name, grid and colour of an axis of such lines. */
export function lineAxis(label: string) {
  return {
    title: { display: true, text: label, color: INK.muted },
    grid: { color: INK.grid },
    ticks: { color: INK.muted },
  };
}

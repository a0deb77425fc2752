import { ROLES, type Role } from "../../result/roles.ts";

// Colours that people with any of the common colour-vision deficiencies tell apart.

/**
 * One colour per architecture, in the order of the scenario: Okabe and Ito's set without yellow, which is too light
 * for a line on white; black comes last.
 * @see https://jfly.uni-koeln.de/color/ (Color Universal Design)
 */
const SERIES = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"] as const;

/** A second mark beside colour, so that lines differ in print too: dash lengths in pixels. Colours that are alike differ in it. */
const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [18, 4], [5, 2]];

/**
 * What a meter's money is for. Work is blue; what only the shape of the architecture asks for (coordination, data
 * passing) is warm; what stands by and does nothing is grey.
 * @see https://jfly.uni-koeln.de/color/
 */
const ROLE_COLORS: Readonly<Record<Role, string>> = {
  work: "#0072B2",
  coordination: "#D55E00",
  "data-passing": "#E69F00",
  storage: "#009E73",
  network: "#56B4E9",
  observability: "#CC79A7",
  idle: "#999999",
  overhead: "#F0E442",
};

/** Of line items: the same set; grey is for all others together. */
const ITEMS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"] as const;
export const REST_COLOR = "#6B7280";

/** Colours of everything that is not data. */
export const INK = { text: "#1F2933", muted: "#5F6B7A", grid: "#E4E7EB", paper: "#FFFFFF" } as const;

/** The order in which roles are stacked and listed: what the work needs first, what it does not need last. */
export const ROLE_ORDER: readonly string[] = ROLES;

/** Colour and dash of the n-th architecture (n >= 0); colours repeat after the set with another dash. */
export function seriesStyle(index: number): { readonly color: string; readonly dash: readonly number[] } {
  const place = index % SERIES.length;
  const color = SERIES[place];
  const dash = DASHES[(place + Math.floor(index / SERIES.length)) % DASHES.length];
  return { color: color ?? INK.text, dash: dash ?? [] };
}

/** Colour of the n-th line item (n >= 0). */
export function itemColor(index: number): string {
  return ITEMS[index] ?? REST_COLOR;
}

/** Colour of a role; one that is not listed is dark. */
export function roleColor(role: string): string {
  const colors: Readonly<Record<string, string>> = ROLE_COLORS;
  return colors[role] ?? INK.text;
}

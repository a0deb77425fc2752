// Levers for people, and as CSV with all digits.
import { stageWords } from "../result/lever-words.ts";
import type { Combination, LeverOutcome, LeverResult, LeversResult } from "../result/levers.ts";
import { figure, money, percent, significant } from "../result/number.ts";
import { type Cell, csv } from "./csv.ts";
import type { Sheet, SheetTable } from "./sheet-table.ts";

/** Assumed figures are stated with two digits. */
const DIGITS = 2;

export function leversSheet(title: string, found: LeversResult): Sheet {
  return {
    title: `${title}: levers on ${found.architecture}, ${money(found.base.cost)} a month`,
    sentences: found.sentences,
    tables: [reachTable(found), aloneTable(found), waterfallTable(found), combinationTable(found.combinations)],
    notes: leverNotes(found),
  };
}

/** What levers reach together, class by class: the one table. */
export function reachTable({ stages, base, architecture }: LeversResult): SheetTable {
  const rows = stages
    .filter(({ available }) => available > 0)
    .map(({ upto, levers, outcome }) => [
      stageWords(upto),
      money(outcome.cost),
      percent(outcome.saving_share),
      ...effects(outcome),
      levers.length === 0 ? "none saves" : levers.join(" + "),
    ]);
  return {
    caption: "What they reach together: the cheapest combination up to each class",
    heading: ["up to", "a month", "less", "first quota at", "carbon", "with"],
    left: 1,
    keep: 4,
    rows: rows.length === 0 ? [] : [[`${architecture} as it is`, money(base.cost), "", ...effects(base), ""], ...rows],
  };
}

/** Load at which the first quota binds, and the change of carbon. */
function effects({ binds_at: at, carbon_change: change, feasible }: LeverOutcome): [string, string] {
  const load = at === null ? "none" : at.units === 0 ? "any load" : percent(significant(at.share, DIGITS));
  return [
    feasible ? load : `${load}, not feasible`,
    change === null || Math.abs(change) < 1e-9 ? "" : `${change > 0 ? "+" : ""}${percent(significant(change, DIGITS))}`,
  ];
}

/** Each lever alone; one-off costs where any are stated. */
export function aloneTable({ levers, architecture }: LeversResult): SheetTable {
  const stated = levers.some(({ once }) => once !== null);
  const ranged = levers.some(({ range }) => range !== null);
  return {
    caption: "Each alone",
    heading: [
      "lever",
      "class",
      "saves a month",
      "less",
      ...(stated ? ["once", "pays back after"] : []),
      ...(ranged ? ["range"] : []),
      "first quota at",
      "carbon",
    ],
    left: 2,
    // What it costs once belongs to what it saves.
    keep: stated ? 6 : 4,
    rows: levers.map((lever) => [
      lever.measured_on === architecture ? lever.name : `${lever.name} on ${lever.measured_on}`,
      lever.class,
      savedWords(lever),
      percent(lever.alone.saving_share),
      ...(stated ? onceWords(lever) : []),
      ...(ranged ? [rangeWords(lever)] : []),
      ...effects(lever.alone),
    ]),
  };
}

function rangeWords({ range }: LeverResult): string {
  if (range === null) return "";
  const [low, high] = [usd(range.low), usd(range.high)];
  return low === high ? `about ${low}` : `${low} to ${high}`;
}

function onceWords({ once, payback_months: months }: LeverResult): readonly [string, string] {
  return [once === null ? "" : money(once), months === null ? "" : `${figure(significant(months, DIGITS))} months`];
}

function savedWords({ alone, range }: LeverResult): string {
  return range === null ? money(alone.saving) : usd(alone.saving);
}

function usd(x: number): string {
  return money(significant(x, DIGITS));
}

function waterfallTable({ waterfall }: LeversResult): SheetTable {
  const steps = waterfall?.steps ?? [];
  const errors = steps.some((step) => step.standard_error !== null);
  return {
    caption: "Waterfall of the combination: Shapley shares of what it saves a month",
    heading: ["lever", "share", ...(errors ? ["standard error"] : []), "from", "to"],
    left: 1,
    keep: 2,
    rows: steps.map((step) => [
      step.lever,
      money(step.share),
      ...(errors ? [money(step.standard_error)] : []),
      money(step.from),
      money(step.to),
    ]),
  };
}

function combinationTable(combinations: readonly Combination[]): SheetTable {
  return {
    caption: "Feasible combinations: the cheapest of each architecture, then the cheapest",
    heading: ["architecture", "with", "a month", "less", "first quota at", "carbon"],
    left: 2,
    keep: 4,
    rows: combinations.map(({ levers, architecture, outcome }) => [
      architecture,
      levers.length === 0 ? "as it is" : levers.join(" + "),
      money(outcome.cost),
      percent(outcome.saving_share),
      ...effects(outcome),
    ]),
  };
}

/** What does not fit, what cannot be had together, what is left out, and how the figures were found. */
export function leverNotes(found: LeversResult): string[] {
  const { left_out: left, not_feasible: bad, notes } = found;
  return [
    ...(left.length === 0
      ? []
      : [`Built-in levers that do not fit: ${left.map(({ lever, reason }) => `${lever} (${reason})`).join("; ")}.`]),
    ...(bad.length === 0
      ? []
      : [`Cannot be had: ${bad.map(({ levers, reason }) => `${levers.join(" + ")} (${reason})`).join("; ")}.`]),
    ...notes,
    ...waterfallNote(found),
    ...searchNote(found),
  ];
}

function waterfallNote({ waterfall }: LeversResult): string[] {
  if (waterfall === null) return [];
  const { orders } = waterfall;
  const how = orders === null ? "over every order in which they can come" : `over ${orders} sampled orders`;
  const bad =
    waterfall.infeasible === 0
      ? ""
      : ` ${waterfall.infeasible} sets are not feasible and count as the best feasible part of them.`;
  return [`Shapley shares: what a lever adds on average ${how}.${bad}`];
}

function searchNote({ search }: LeversResult): string[] {
  const how = search.exhaustive
    ? "every combination was looked at"
    : "found by adding, dropping and exchanging levers, not proven to be the cheapest";
  return [`${search.combinations} combinations run; ${how}.`];
}

/** A row for each lever alone, each combination and each step. */
export function leversCsv(found: LeversResult): string {
  const rows: Cell[][] = [
    row("base", "", "", found.architecture, found.base),
    ...found.levers.map((lever) => [
      ...row("alone", lever.name, lever.class, lever.measured_on, lever.alone),
      lever.range?.low ?? null,
      lever.range?.high ?? null,
      lever.once,
      lever.payback_months,
    ]),
    ...found.stages.map((stage) => row("stage", stage.levers.join("+"), stage.upto, stage.architecture, stage.outcome)),
    ...found.combinations.map((one) => row("combination", one.levers.join("+"), "", one.architecture, one.outcome)),
    ...(found.waterfall?.steps ?? []).map((step): Cell[] => ["share", step.lever, "", "", step.to, step.share]),
  ];
  const heading = [
    "kind",
    "levers",
    "class",
    "architecture",
    "cost_month",
    "saving_month",
    "saving_share",
    "carbon_kg_month",
    "carbon_change",
    "binds_at_share",
    "feasible",
    "saving_low",
    "saving_high",
    "once",
    "payback_months",
  ];
  return csv(
    heading,
    rows.map((cells) => [...cells, ...new Array<Cell>(heading.length - cells.length).fill(null)]),
  );
}

function row(kind: string, levers: string, of: string, architecture: string, outcome: LeverOutcome): Cell[] {
  const { cost, saving, saving_share: share, carbon, carbon_change: change, binds_at: at, feasible } = outcome;
  return [kind, levers, of, architecture, cost, saving, share, carbon, change, at?.share ?? null, String(feasible)];
}

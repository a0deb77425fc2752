// A result as Markdown for a pull request or a wiki: the verdict, one table, everything else folded.

import { money, percent, quantity } from "../result/number.ts";
import { planSentences } from "../result/plan-words.ts";
import type { ArchitectureResult, Assumption, LineItem, Result } from "../result/schema.ts";
import { besideTables, lineGroups } from "./beside.ts";
import * as carbon from "./carbon.ts";
import { decisionParts } from "./decision-parts.ts";
import * as limits from "./limits.ts";
import { clean } from "./text.ts";
import { spreadTable } from "./uncertainty-sheet.ts";
import * as words from "./wording.ts";

const MARKUP = /[&<>|`*[\]\\~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|^[-+=#](?=[-+=#\s]|$)|^\d(?=\d*[.)](?:\s|$))/g;
// what could begin a mention, a reference or an address; by then `&#` begins only entities of ours
const LINKS = /@(?=\w)|(?<!&)#(?=\d)|\bGH-(?=\d)|\b(?:https?|ftp):(?=\/\/)|\bwww(?=\.)/gi;

/** Characters that a comment may have on GitHub; GitLab allows more. */
export const MOST_CHARACTERS = 65_536;
export const CUT = "\n\n_Cut here: this is longer than a comment may be. The whole is in the log of the run._\n";

/** Text that stays text in cells, in `<summary>` and in prose alike: entities work in all three, backslashes do not. */
export function text(raw: string): string {
  return clean(raw)
    .replace(MARKUP, (character) => `&#${character.charCodeAt(0)};`)
    .replace(LINKS, "$&&#8203;");
}

const usd = (x: number | null): string => text(money(x));

export function table(heading: readonly string[], right: number, rows: readonly (readonly string[])[]): string[] {
  const rule = heading.map((_, i) => (i < right ? "---" : "---:"));
  return [heading, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}

function comparison(result: Result): string[] {
  const saving = result.current !== null;
  const per = `per ${text(result.workload.reported_unit)}`;
  const heading = ["Architecture", "a month", "a year", per, ...(saving ? ["saves", "share"] : [])];
  const rows = result.comparison.rows.map((entry) => {
    const architecture = result.architectures[entry.architecture];
    const name = text(entry.architecture);
    const isCurrent = entry.architecture === result.current;
    return [
      (entry.architecture === result.comparison.cheapest ? `**${name}**` : name) +
        (architecture?.feasible === false ? " (not feasible)" : ""),
      usd(entry.month),
      usd(entry.year),
      usd(architecture === undefined ? null : architecture.cost.per_reported_unit),
      ...(saving ? (isCurrent ? ["", "current"] : [usd(entry.saving), percent(entry.saving_share)]) : []),
    ];
  });
  return table(heading, 1, rows);
}

export function folded(summary: string, body: readonly string[]): string[] {
  return ["<details>", `<summary>${summary}</summary>`, "", ...body, "", "</details>", ""];
}

function lineCells(item: LineItem): string[] {
  const { price, sign } = words.priceOf(item);
  const amount = `${quantity(item.PricingQuantity)} ${text(words.unitWords(item.PricingUnit))}`;
  const cost = usd(item.EffectiveCost) + text(words.markOf(item));
  return [text(words.lineName(item)), text(item.ServiceName), amount, `× ${usd(price)}`, `${sign} ${cost}`];
}

/** Environments and the second total. */
export function beside(result: Result): string[] {
  return besideTables(result).flatMap(({ title, caption, heading, rows, sentences }) => [
    `**${text(title)}** (${text(caption)})`,
    "",
    ...table(
      heading.map(text),
      1,
      rows.map(({ name, cells }) => [text(name), ...cells.map((cell) => text(cell.text))]),
    ),
    "",
    ...sentences.map((sentence) => `- ${text(sentence)}`),
    "",
  ]);
}

/** What is compared besides the bill. */
function decisions(result: Result): string[] {
  return decisionParts(result).flatMap(({ title, table: found, sentences }) => [
    `**${text(found?.caption ?? title)}**`,
    "",
    ...(found === null
      ? []
      : [
          ...table(
            found.heading.map(text),
            found.left,
            found.rows.map((row) => row.map(text)),
          ),
          "",
        ]),
    ...sentences.map((sentence) => `- ${text(sentence)}`),
    "",
  ]);
}

function architectureBlock(name: string, architecture: ArchitectureResult): string[] {
  const rows = lineGroups(architecture).flatMap(({ title, month, priced }) => [
    ...(title === null ? [] : [[`**${text(title)}**`, "", "", "", `**${usd(month)}**`]]),
    ...priced.map(lineCells),
  ]);
  const marks = words.legend(architecture.line_items);
  const notes = [...words.obstacles(architecture), ...words.remarks(architecture), ...(marks === null ? [] : [marks])];
  return folded(`${text(name)}: ${usd(architecture.cost.month)} a month`, [
    ...table(["Line item", "Service", "Quantity", "Unit price", "Cost a month"], 2, rows),
    "",
    ...notes.map((note) => `- ${text(note)}`),
  ]);
}

/** What stops each architecture, side by side; the limits of each are folded. */
function limitTables(result: Result): string[] {
  const known = Object.entries(result.architectures).filter(([, architecture]) => architecture.limits.length > 0);
  if (known.length === 0) return [];
  const rows = known.map(([name, architecture]) => {
    const { capacity, raises } = architecture;
    const first = architecture.limits.find(({ quota }) => quota === capacity.granted?.quota)?.title ?? "";
    const shares = [capacity.default, capacity.granted, capacity.hard].map(limits.shareWords);
    return [text(name), text(first), ...shares, raises.length === 0 ? "none" : String(raises.length)];
  });
  const legend = limits.limitLegend(known.flatMap(([, architecture]) => [...limits.shownLimits(architecture)]));
  const heading = [
    "Architecture",
    "Hit first",
    "load at published quotas",
    "as granted",
    "every raise",
    "raises needed",
  ];
  return [
    ...table(heading, 2, rows),
    "",
    ...known.flatMap(([name, architecture]) => limitDetail(name, architecture)),
    `<sub>${text([limits.quotaBasis(result), ...(legend === null ? [] : [legend])].join(". "))}</sub>`,
    "",
  ];
}

function limitDetail(name: string, architecture: ArchitectureResult): string[] {
  const rows = limits
    .shownLimits(architecture)
    .map((limit) => [
      text(limit.title) + text(limits.limitMark(limit)),
      text(limit.code ?? ""),
      text(limits.effectWords(limit)),
      limits.shareWords(limit.binds_at_granted),
      text(limits.demandWords(limit)),
    ]);
  const notes = [
    ...architecture.raises.map((raise) => `Raise ${limits.raiseWords(raise)}`),
    ...limits.restartSentences(architecture),
  ];
  if (rows.length + notes.length === 0) return [];
  return folded(`Limits of ${text(name)}: ${text(limits.capacitySentence(architecture) ?? "")}`, [
    ...table(["Quota", "Code", "Above it", "binds at", "demand of quota"], 3, rows),
    "",
    ...notes.map((note) => `- ${text(note)}`),
  ]);
}

/** Carbon side by side; the lines of each architecture are folded. */
function carbonTables(result: Result): string[] {
  const rows = carbon.carbonRows(result);
  if (rows.length === 0) return [];
  const per = `per ${text(result.workload.reported_unit)}`;
  const base = result.comparison.carbon?.base;
  const heading = ["Architecture", "CO2e a month", "low to high", "operational", "embodied", per, "energy"];
  const cells = rows.map((row) => [
    text(row.name),
    ...[row.month, row.band, row.operational, row.embodied, row.perUnit, row.energy].map(text),
    ...(base === undefined ? [] : [row.name === base ? "base" : text(row.change)]),
  ]);
  const basis = [carbon.carbonBasis(result), carbon.carbonCredits(result)].filter((part) => part !== null);
  return [
    ...table([...heading, ...(base === undefined ? [] : [`against ${text(base)}`])], 1, cells),
    "",
    ...[...carbon.carbonSentences(result), ...carbon.carbonBeside(result), ...carbon.carbonGaps(result)].map(
      (sentence) => `- ${text(sentence)}`,
    ),
    "",
    ...rows.flatMap((row) => carbonDetail(row)),
    `<sub>${text(basis.join(". "))}</sub>`,
    "",
  ];
}

function carbonDetail(row: carbon.CarbonRow): string[] {
  const parts = carbon.carbonParts(row.carbon, row.carbon.lines.length);
  const cells = parts.map(({ what, month, mark, band, energy }) => [
    text(what),
    text(month) + text(mark),
    text(band),
    text(energy),
  ]);
  const body = table(["Part", "CO2e a month", "low to high", "energy"], 1, cells);
  return parts.length === 0 ? [] : folded(`Carbon of ${text(row.name)}: ${text(row.month)} a month`, body);
}

function growth(result: Result): string[] {
  const months = limits.growthRows(result);
  if (months.length === 0) return [];
  const names = Object.keys(result.architectures);
  const rows = months.map(({ month, driver, cost }) => [
    String(month),
    quantity(driver),
    ...names.map((name) => usd(cost[name] ?? null)),
  ]);
  return folded("Growth", [
    ...table(["Month", text(result.workload.driver), ...names.map(text)], 0, rows),
    "",
    ...limits.growthHits(result).map((hit) => `- ${text(hit)}`),
  ]);
}

function assumptions(list: readonly Assumption[]): string[] {
  const rows = list.map((entry) => {
    const value = typeof entry.value === "number" ? quantity(entry.value) : text(entry.value);
    const range = entry.low === null || entry.high === null ? "" : `${quantity(entry.low)} to ${quantity(entry.high)}`;
    const reason = [entry.reason, entry.place].filter((part) => part !== null).join(", ");
    return [text(entry.address), text(entry.status), text(reason), `${value} ${text(entry.unit)}`.trim(), range];
  });
  return list.length === 0
    ? []
    : folded("Assumptions", table(["Input", "Status", "Reason", "Value", "Range"], 3, rows));
}

function spread({ uncertainty }: Result): string[] {
  if (uncertainty === null) return [];
  const { caption, heading, left, rows } = spreadTable(uncertainty);
  return [
    ...folded(
      text(caption),
      table(
        heading.map(text),
        left,
        rows.map((row) => row.map(text)),
      ),
    ),
    "",
  ];
}

function planned({ plan }: Result): string[] {
  if (plan === null) return [];
  return folded(
    "Growth and evolution plan",
    planSentences(plan).map((sentence) => `- ${text(sentence)}`),
  );
}

function one(result: Result): string {
  const [first, ...rest] = result.comparison.verdict;
  const blocks = Object.entries(result.architectures).flatMap(([name, entry]) => architectureBlock(name, entry));
  const lines = [
    `## ${text(result.scenario.name)}`,
    "",
    ...(first === undefined ? [] : [`**${text(first)}**`, ""]),
    ...(rest.length === 0 ? [] : [rest.map(text).join(" "), ""]),
    text(words.workloadWords(result)),
    "",
    ...comparison(result),
    "",
    ...beside(result),
    ...decisions(result),
    ...limitTables(result),
    ...carbonTables(result),
    ...spread(result),
    ...blocks,
    ...growth(result),
    ...planned(result),
    ...assumptions(result.assumptions),
    ...words.notices(result).map((entry) => `- Note on ${text(entry.architectures.join(", "))}: ${text(entry.text)}`),
    ...result.warnings.map((warning) => `- Warning: ${text(warning)}`),
    "",
    "Not counted:",
    "",
    ...words.notCounted(result).map((entry) => `- ${text(entry.architectures.join(", "))}: ${text(entry.text)}`),
    "",
    `<sub>${text(words.basisWords(result))}. ${text(words.explainCommand(result))}</sub>`,
  ];
  return `${lines.join("\n").replace(/\n{3,}/g, "\n\n")}\n`;
}

/** Results as Markdown (GitHub and GitLab), one section per scenario; names from scenarios cannot form markup or mentions. */
export function renderMarkdown(results: readonly Result[]): string {
  return fitted(results.map(one).join("\n"));
}

/** No longer than a comment may be: cut after a whole paragraph, table or fold, so that no markup stays open. */
function fitted(whole: string): string {
  if (whole.length <= MOST_CHARACTERS) return whole;
  const room = MOST_CHARACTERS - CUT.length;
  let [end, length, open] = [0, 0, 0];
  for (const line of whole.split("\n")) {
    if (length + line.length + 1 > room) break;
    if (line === "<details>") open += 1;
    if (line === "</details>") open -= 1;
    if (line === "" && open === 0) end = length;
    length += line.length + 1;
  }
  return `${whole.slice(0, end).trimEnd()}${CUT}`;
}

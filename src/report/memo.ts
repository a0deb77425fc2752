// A result as a decision record: one Markdown page with the question, the options, and what would change the answer.

import { breakEvenSentence, uncertaintySentences } from "../result/decision-words.ts";
import { money, percent, quantity } from "../result/number.ts";
import type { ArchitectureResult, Assumption, Result } from "../result/schema.ts";
import * as limits from "./limits.ts";
import { beside, table, text } from "./markdown.ts";
import * as words from "./wording.ts";

/** Assumptions worth a row: those that move the recommended architecture's cost most. */
const SHOWN = 8;
/** A share of the variance below this moves nothing. */
const LEAST = 0.01;

const usd = (x: number | null): string => text(money(x));
const bullets = (sentences: readonly string[]): readonly string[] => sentences.map((sentence) => `- ${text(sentence)}`);

/** Results as memos, one after the other; names from scenarios cannot form markup or mentions. */
export function renderMemo(results: readonly Result[]): string {
  return results.map(memo).join("\n");
}

function memo(result: Result): string {
  const { scenario, comparison } = result;
  const [answer, ...reasons] = comparison.verdict;
  const lines = [
    `# ${text(scenario.name)}`,
    "",
    "Status: proposed",
    "",
    "## Question",
    "",
    text(scenario.question ?? "Which architecture is to do this work?"),
    "",
    `${text(words.workloadWords(result))}.`,
    "",
    "## Decision",
    "",
    `**${text(answer ?? "")}**`,
    "",
    ...bullets(reasons.filter((sentence) => !isTold(sentence, result))),
    "",
    "## Options",
    "",
    ...options(result),
    "",
    ...beside(result),
    "## What would change the decision",
    "",
    ...changes(result),
    "",
    "## Not counted",
    "",
    ...words.notCounted(result).map((entry) => `- ${text(entry.architectures.join(", "))}: ${text(entry.text)}`),
    "",
    ...assumptions(result),
    "## Basis",
    "",
    `${text(words.basisWords(result))}. ${text(limits.quotaBasis(result))}.`,
    "",
    `Compute it again: <code>${text(runCommand(result))}</code>`,
  ];
  return `${lines.join("\n").replace(/\n{3,}/g, "\n\n")}\n`;
}

/** Break-even and spread have a place of their own below. */
function isTold(sentence: string, result: Result): boolean {
  const { break_even: turns, uncertainty } = result;
  if (turns !== null && sentence === breakEvenSentence(turns)) return true;
  return uncertainty !== null && uncertaintySentences(uncertainty, result).includes(sentence);
}

function options(result: Result): readonly string[] {
  const spread = result.uncertainty?.architectures;
  const heading = [
    "Option",
    "a month",
    ...(spread === undefined ? [] : ["p10 to p90"]),
    "a year",
    `per ${text(result.workload.reported_unit)}`,
    "raises needed",
    "hit first at",
  ];
  const rows = result.comparison.rows.map(({ architecture: name, month, year }) => {
    const architecture = result.architectures[name];
    const range = spread?.[name]?.cost;
    const between = range === undefined ? "" : `${usd(range.p10)} to ${usd(range.p90)}`;
    const raises = architecture?.raises.length ?? Number.NaN;
    return [
      name === result.comparison.cheapest ? `**${text(name)}**` : text(name),
      usd(month),
      ...(spread === undefined ? [] : [between]),
      usd(year),
      usd(architecture?.cost.per_reported_unit ?? null),
      architecture?.feasible === false ? "cannot serve the load" : raises === 0 ? "none" : quantity(raises),
      firstAt(architecture?.capacity.granted ?? null),
    ];
  });
  return table(heading, 1, rows);
}

function firstAt(at: ArchitectureResult["capacity"]["granted"]): string {
  return at?.units === 0 ? "any load" : limits.shareWords(at);
}

/** Break-evens, how sure the ranking is, and quotas that growth will meet. */
function changes(result: Result): readonly string[] {
  const { break_even: turns, uncertainty, comparison, architectures } = result;
  const best = architectures[comparison.cheapest];
  const hard = best?.capacity.hard ?? null;
  const sentences = [
    ...(turns === null ? [] : [breakEvenSentence(turns)]),
    ...(uncertainty === null ? [] : uncertaintySentences(uncertainty, result)),
    ...(hard === null || best === undefined
      ? []
      : [`A hard limit stops ${comparison.cheapest} at ${percent(hard.share)} of the load.`]),
    ...limits.growthHits(result).map((hit) => `${hit}.`),
    `Prices are of ${result.scenario.as_of.prices}: look again when they change.`,
  ];
  return bullets(sentences);
}

/** Assumptions by influence on the cost of the recommended architecture, where ranges tell it; else as they are written. */
function assumptions(result: Result): readonly string[] {
  const own = result.assumptions.filter(({ status }) => status !== "default");
  if (own.length === 0) return [];
  const best = result.comparison.cheapest;
  const variance = result.uncertainty?.variance.find((each) => each.of === "cost" && each.architecture === best);
  const influence = new Map(variance?.inputs.map(({ address, total }) => [address, total] as const));
  const sorted = [...own].sort((a, b) => share(influence, b) - share(influence, a)).slice(0, SHOWN);
  const rows = sorted.map((entry) => {
    const { address, value, unit, low, high, status, reason } = entry;
    const shown = typeof value === "number" ? quantity(value) : text(value);
    const range = low === null || high === null ? "" : `${quantity(low)} to ${quantity(high)}`;
    const part = share(influence, entry);
    const moves = part < LEAST ? "" : percent(part);
    return [text(address), status, text(reason ?? ""), `${shown} ${text(unit)}`.trim(), range, moves];
  });
  const more = own.length > SHOWN ? [`${own.length - SHOWN} more in the report.`, ""] : [];
  const heading = ["Input", "Status", "Reason", "Value", "Range", "share of the variance"];
  return ["## Assumptions, by influence", "", ...table(heading, 3, rows), "", ...more];
}

function share(influence: ReadonlyMap<string, number>, { address }: Assumption): number {
  return influence.get(address) ?? -1;
}

function runCommand({ scenario }: Result): string {
  const name = scenario.file;
  return `archcost run ${/^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`}`;
}

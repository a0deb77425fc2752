// `check --update-budgets`: a ratchet. Bounds move towards today's figures and never away; comments and order stay.

import { isScalar, parseDocument } from "yaml";
import { type Tightened, tightened } from "../budget/tighten.ts";
import { readUserFile } from "../io/read.ts";
import { type OutputFile, writeFiles } from "../io/write.ts";
import { clean } from "../report/text.ts";
import type { BudgetOutcome, CheckReport } from "../result/check.ts";
import type { Io } from "./process.ts";

/** Room that a tightened bound leaves, so that the next small edit does not break it. */
const ROOM = 0.02;

/** Tightens the budgets of a check in the files that they stand in, and tells the difference on stderr. */
export function updateBudgets(report: CheckReport, io: Io): void {
  const byFile = new Map<string, { readonly outcome: BudgetOutcome; readonly now: Tightened }[]>();
  for (const outcome of report.scenarios.flatMap(({ outcomes }) => outcomes)) {
    const now = tightened(outcome, ROOM);
    if (now === undefined) continue;
    byFile.set(outcome.place.file, [...(byFile.get(outcome.place.file) ?? []), { outcome, now }]);
  }
  const written: OutputFile[] = [];
  const told: string[] = [];
  for (const [file, changes] of byFile) {
    const read = readUserFile(file);
    if (!("text" in read)) continue;
    const text = edited(read.text, changes);
    if (text === read.text) continue;
    written.push({ path: file, data: text });
    for (const { outcome, now } of changes) {
      told.push(`${clean(file)}:${outcome.place.line}: ${clean(outcome.id)}`);
      told.push(`- assert: ${clean(outcome.assert)}`, `+ assert: ${clean(now.assert)}`);
    }
  }
  writeFiles(written);
  const summary = written.length === 0 ? ["no budget can be tightened"] : told;
  io.stderr.write(`${summary.join("\n")}\n`);
}

/**
 * The text with the values replaced in place: YAML says where each stands, nothing else is touched, so that comments, order,
 * quotes and indentation stay as they are.
 */
function edited(
  text: string,
  changes: readonly { readonly outcome: BudgetOutcome; readonly now: Tightened }[],
): string {
  const document = parseDocument(text, { keepSourceTokens: true });
  const replacements: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  for (const { outcome, now } of changes) {
    const index = indexOf(document.toJS(), outcome.id);
    const node = index === undefined ? undefined : document.getIn(["budgets", index, "assert"], true);
    if (!isScalar(node) || node.range === undefined || node.range === null) continue;
    const [start, end] = node.range;
    const source = text.slice(start, end);
    // The number as it is written occurs once in an assertion that can be tightened.
    if (source.split(now.before).length !== 2) continue;
    replacements.push({ start, end, text: source.replace(now.before, () => now.after) });
  }
  replacements.sort((a, b) => b.start - a.start);
  return replacements.reduce((all, { start, end, text: by }) => all.slice(0, start) + by + all.slice(end), text);
}

function indexOf(data: unknown, id: string): number | undefined {
  if (typeof data !== "object" || data === null || !("budgets" in data) || !Array.isArray(data.budgets))
    return undefined;
  const list: readonly unknown[] = data.budgets;
  const index = list.findIndex((one) => typeof one === "object" && one !== null && "id" in one && one.id === id);
  return index === -1 ? undefined : index;
}

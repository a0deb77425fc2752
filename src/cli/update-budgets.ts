// `check --update-budgets`: a ratchet. Bounds move towards today's figures and never away; comments and order stay.
import { readFileSync, realpathSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { isScalar, parseDocument } from "yaml";
import { looser, type Tightened, tightened } from "../budget/tighten.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { lineColumn } from "../diagnostic/render.ts";
import { linkProblem } from "../io/links.ts";
import { writeFiles } from "../io/write.ts";
import { clean } from "../report/text.ts";
import type { BudgetOutcome, CheckReport } from "../result/check.ts";
import type { Io } from "./process.ts";

/** Room that a tightened bound leaves, so that the next small edit does not break it. */
const ROOM = 0.02;

type Edit = { readonly outcome: BudgetOutcome; readonly now: Tightened };

/**
 * Tightens the budgets of a check in the files that they stand in, and writes the difference to stderr. Throws InputError, with
 * nothing written, when a file would not say what it is meant to: every file is read again before any is written.
 */
export function updateBudgets(report: CheckReport, io: Io): void {
  const problems = new Problems();
  const written: { readonly path: string; readonly data: Uint8Array }[] = [];
  const said: string[] = [];
  for (const [file, edits] of editsByFile(report)) {
    const refuse = (why: string): void => problems.error("not-updated", `${clean(file)} ${why}`);
    const link = linkProblem(file);
    const text = link === undefined ? textOf(file) : undefined;
    const updated = text === undefined ? undefined : edited(text, edits);
    if (text === undefined) refuse(link ?? "is no UTF-8 text: its budgets cannot be tightened in place");
    else if (updated === undefined) refuse("would not read back as it should: tighten its budgets by hand");
    else if (updated !== text) {
      // Through a link, to the file itself: the link stays.
      written.push({ path: realpathSync(file), data: new TextEncoder().encode(updated) });
      for (const { outcome, now } of edits) {
        said.push(`${clean(file)}:${outcome.place.line}: ${clean(outcome.id)}`);
        said.push(`- assert: ${clean(outcome.assert)}`, `+ assert: ${clean(now.assert)}`);
      }
    }
  }
  if (problems.hasErrors) throw new InputError(problems.list);
  writeFiles(written);
  io.stderr.write(`${(written.length === 0 ? ["no budget can be tightened"] : said).join("\n")}\n`);
}

/** What to edit in each file, once a budget: one that several scenarios share keeps the loosest bound that any of them needs. */
function editsByFile(report: CheckReport): ReadonlyMap<string, readonly Edit[]> {
  const found = new Map<string, Map<string, Edit | undefined>>();
  const names = new Map<string, string>();
  for (const outcome of report.scenarios.flatMap(({ outcomes }) => outcomes)) {
    const { file, line, column } = outcome.place;
    const real = realPath(file);
    if (real === undefined) continue;
    // A file may be named in two ways, by a link or by `./`.
    const name = names.get(real) ?? file;
    names.set(real, name);
    const edits = found.get(name) ?? new Map<string, Edit | undefined>();
    found.set(name, edits);
    const key = `${line}:${column}`;
    const now = tightened(outcome, ROOM);
    const other = edits.get(key);
    if (now === undefined || (edits.has(key) && other === undefined)) {
      // A scenario that leaves no room, or does not keep it, leaves the budget as it is for all.
      edits.set(key, undefined);
    } else edits.set(key, { outcome, now: other === undefined ? now : looser(now, other.now) });
  }
  return new Map(
    [...found].flatMap(([file, edits]) => {
      const list = [...edits.values()].filter((edit) => edit !== undefined);
      return list.length === 0 ? [] : [[file, list] as const];
    }),
  );
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    // Standard input has no file.
    return undefined;
  }
}

/** The text as it is, byte order mark and all; undefined where it is no UTF-8, which could not be written back. */
function textOf(file: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch {
    return undefined;
  }
}

const BOM = "\ufeff";

/**
 * The text with the values replaced in place, one at a time, each where it stands after the others: nothing else is touched, so
 * that comments, order, quotes and indentation stay as they are.
 * @returns undefined when the result does not read back as the same data with these values
 */
function edited(original: string, edits: readonly Edit[]): string | undefined {
  const mark = original.startsWith(BOM) ? BOM : "";
  let text = original.slice(mark.length);
  let wanted: unknown = parseDocument(text).toJS();
  for (const { outcome, now } of edits) {
    const index = indexOf(wanted, outcome, text);
    const node = index === undefined ? undefined : parseDocument(text).getIn(["budgets", index, "assert"], true);
    if (index === undefined || !isScalar(node) || node.range === undefined || node.range === null) return undefined;
    const [start, end] = node.range;
    // The bound is the last number of an assertion that can be tightened.
    const at = text.slice(start, end).lastIndexOf(now.before);
    if (at === -1) return undefined;
    text = `${text.slice(0, start + at)}${now.after}${text.slice(start + at + now.before.length)}`;
    wanted = withAssert(wanted, index, now.assert);
  }
  const again = parseDocument(text);
  return again.errors.length === 0 && isDeepStrictEqual(again.toJS(), wanted) ? mark + text : undefined;
}

/** Which budget of a file it is: by its id and text, and by its line where that is not enough. */
function indexOf(data: unknown, { id, assert, place }: BudgetOutcome, text: string): number | undefined {
  const alike = budgetsIn(data).flatMap((one, index) =>
    field(one, "id") === id && field(one, "assert") === assert ? [index] : [],
  );
  if (alike.length <= 1) return alike[0];
  const document = parseDocument(text);
  return alike.find((index) => {
    const node = document.getIn(["budgets", index, "assert"], true);
    const start = isScalar(node) ? node.range?.[0] : undefined;
    return start !== undefined && lineColumn(text, start).line === place.line;
  });
}

function withAssert(data: unknown, index: number, assert: string): unknown {
  const budgets = budgetsIn(data).map((one, at) =>
    at === index && typeof one === "object" && one !== null ? { ...one, assert } : one,
  );
  return typeof data === "object" && data !== null ? { ...data, budgets } : data;
}

function budgetsIn(data: unknown): readonly unknown[] {
  const found = field(data, "budgets");
  return Array.isArray(found) ? found : [];
}

function field(data: unknown, key: string): unknown {
  return typeof data === "object" && data !== null
    ? new Map<string, unknown>(Object.entries(data)).get(key)
    : undefined;
}

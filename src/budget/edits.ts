// What was written differently in two scenarios, with the lines of the later one.

import type { Cause, Edit } from "../result/check.ts";
import type { YamlSource } from "../yaml/source.ts";
import { sourceLine } from "./source-line.ts";

type Path = readonly (string | number)[];

/** Edits reported of one pair of scenarios. */
const MOST = 500;
const LONGEST = 200;

/** What of a scenario says how much is asked of it, and what it is billed by; all else is its design. */
const CAUSE_OF: Readonly<Record<string, Cause>> = {
  workload: "workload",
  variables: "workload",
  growth: "workload",
  horizon: "workload",
  as_of: "prices",
  assume_prices_from: "prices",
  catalog: "prices",
  existing: "prices",
  discounts: "prices",
  savings_plans: "prices",
};

/** Keys that change no figure. */
const SILENT: ReadonlySet<string> = new Set(["scenario", "question", "description", "budgets"]);

/** The keys that are of a cause, for a scenario put together from two. */
export function keysOf(cause: Cause): readonly string[] {
  return Object.keys(CAUSE_OF).filter((key) => CAUSE_OF[key] === cause);
}

/** An edit with its values as data: what it takes to make it, or to take it back. */
export type DataEdit = { readonly edit: Edit; readonly path: Path; readonly from: unknown; readonly to: unknown };

/** The differences of two scenarios value by value, in the order of the later file, those that went at the end. */
export function editsOf(before: YamlSource, after: YamlSource): readonly DataEdit[] {
  const edits: DataEdit[] = [];
  compare(before.data, after.data, [], (path, from, to) => {
    const key = String(path[0]);
    if (SILENT.has(key) || edits.length >= MOST) return;
    const edit: Edit = {
      cause: CAUSE_OF[key] ?? "design",
      path: path.join("."),
      before: worded(from),
      after: worded(to),
      place: sourceLine(after.place(path, to === undefined ? undefined : "key")),
    };
    edits.push({ edit, path, from, to });
  });
  return edits;
}

/** Data with another value at a path; undefined takes it away. */
export function withValue(data: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const entries = new Map(entriesOf(data) ?? []);
  const next = withValue(entries.get(key), rest, value);
  if (next === undefined) entries.delete(key);
  else entries.set(key, next);
  return Array.isArray(data) ? [...entries.values()] : Object.fromEntries(entries);
}

type Tell = (path: Path, before: unknown, after: unknown) => void;

function compare(before: unknown, after: unknown, path: Path, tell: Tell): void {
  if (before === after) return;
  const [old, now] = [entriesOf(before), entriesOf(after)];
  if (old === undefined || now === undefined || Array.isArray(before) !== Array.isArray(after)) {
    if (worded(before) !== worded(after)) tell(path, before, after);
    return;
  }
  for (const [key, value] of now) compare(old.get(key), value, [...path, key], tell);
  for (const [key, value] of old) if (!now.has(key)) tell([...path, key], value, undefined);
}

function entriesOf(value: unknown): ReadonlyMap<string | number, unknown> | undefined {
  if (Array.isArray(value)) return new Map(value.entries());
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
}

function worded(value: unknown): string | null {
  if (value === undefined) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

import type { z } from "zod";
import type { Place, Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { quoted } from "./errors.ts";
import { bestBranch, type Issue } from "./schema-branch.ts";
import { allowedKeys } from "./schema-keys.ts";
import type { Path, YamlSource } from "./source.ts";

/** Told of one file at most: who makes more has made one mistake many times. */
const MOST = 100;
/** Entries of a list that are wrong in one way, each with a message of its own: more of them are one mistake. */
const MOST_ENTRIES = 3;

type Task = { readonly source: YamlSource; readonly schema: z.ZodType; readonly problems: Problems };
type UnionIssue = Extract<Issue, { code: "invalid_union" }>;
type Words = { readonly code: string; readonly message: string; readonly hint?: string | undefined };

/**
 * Reports what a schema found wrong with the data of a YAML text, at its places and in people's words. A place that already
 * has an error gets no second one: what YAML refused is missing or empty in the data.
 * @param schema the schema that made the issues: it knows which keys are allowed
 */
export function schemaProblems(
  issues: readonly Issue[],
  source: YamlSource,
  schema: z.ZodType,
  problems: Problems,
): void {
  const reported = new Set(
    problems.list.filter(({ place }) => place?.file === source.file).map(({ place }) => place?.span.start),
  );
  const task: Task = { source, schema, problems };
  for (const { issue, also } of withoutRepeats(issues).slice(0, MOST)) {
    reportIssue(issue, pathOf(issue.path), task, reported, also);
  }
}

type Repeated = { readonly issue: Issue; readonly also: number };

/** Issues of one list's entries that are alike become the first of them and how many others there are. */
function withoutRepeats(issues: readonly Issue[]): readonly Repeated[] {
  const alike = new Map<unknown, Issue[]>();
  for (const issue of issues) {
    const kind = kindOf(issue);
    const group = alike.get(kind);
    if (group === undefined) alike.set(kind, [issue]);
    else group.push(issue);
  }
  return [...alike.values()].flatMap((group): readonly Repeated[] => {
    const [first] = group;
    if (first === undefined || group.length <= MOST_ENTRIES) return group.map((issue) => ({ issue, also: 0 }));
    return [{ issue: first, also: group.length - 1 }];
  });
}

/** Whether an error has been reported of this very place. */
export function isTold(problems: Problems, place: Place): boolean {
  return problems.list.some((other) => other.place?.file === place.file && other.place.span.start === place.span.start);
}

function reportIssue(issue: Issue, path: Path, task: Task, reported: ReadonlySet<number | undefined>, also = 0): void {
  const report = reporter(task, reported);
  const found = valueAt(task.source.data, path);
  if (!found.exists) {
    report(task.source.place(path.slice(0, -1)), missing(path));
  } else if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys.slice(0, MOST))
      report(task.source.place([...path, key], "key"), unknownKey(key, path, task));
  } else if (issue.code === "invalid_union" && issue.errors.length > 0) {
    reportUnion(issue, path, task, reported);
  } else if (issue.code === "invalid_key") {
    report(task.source.place(path, "key"), badKey(issue, path));
  } else {
    const words = wordsFor(issue, found.value, path);
    const others = also === 0 ? "" : `; ${also} other entries likewise`;
    report(task.source.place(path), { ...words, message: `${words.message}${others}` });
  }
}

/** What fits none of several ways to write it: reported of the way that comes nearest, with the ways where the schema words them. */
function reportUnion(issue: UnionIssue, path: Path, task: Task, reported: ReadonlySet<number | undefined>): void {
  const report = reporter(task, reported);
  const { value } = valueAt(task.source.data, path);
  const best = bestBranch(issue.errors);
  const forms = ownMessage(issue);
  if (best.kind === "types") {
    const words = wrongType(best.expected, value, path);
    report(task.source.place(path), forms === undefined ? words : { ...words, hint: forms });
    return;
  }
  const unknown = best.issues.flatMap((inner) =>
    inner.code === "unrecognized_keys" && inner.path.length === 0 ? inner.keys : [],
  );
  if (forms !== undefined && unknown.length > 0) {
    // What is missing beside keys of another kind of value is no help; the ways to write it are.
    for (const key of unknown.slice(0, MOST)) {
      const { hint, ...words } = unknownKey(key, path, task);
      const near = hint?.split("\n").find((line) => line.startsWith("did you mean"));
      const hints = near === undefined ? forms : `${near}\n${forms}`;
      report(task.source.place([...path, key], "key"), { ...words, hint: hints });
    }
  } else if (forms !== undefined && isEmpty(value)) {
    report(task.source.place(path), { code: "wrong-value", message: `${named(path)} is empty`, hint: forms });
  } else
    for (const { issue: inner, also } of withoutRepeats(best.issues)) {
      reportIssue(inner, [...path, ...pathOf(inner.path)], task, reported, also);
    }
}

/** Reports at places that have no error yet. */
function reporter({ problems }: Task, reported: ReadonlySet<number | undefined>): (place: Place, words: Words) => void {
  return (place, { code, message, hint }) => {
    if (!reported.has(place.span.start)) problems.error(code, message, place, hint);
  };
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function wordsFor(issue: Issue, value: unknown, path: Path): Words {
  switch (issue.code) {
    case "invalid_type":
      return { ...wrongType([issue.expected], value, path), ...hintOf(issue) };
    case "invalid_value":
      return notOneOf(issue.values.map(String), value, path);
    case "too_big":
    case "too_small":
      return { ...outOfRange(issue, value, path), ...hintOf(issue) };
    case "invalid_format":
      return wrongForm(issue, value, path);
    case "not_multiple_of":
      return { code: "out-of-range", message: `${named(path)} is to be a multiple of ${issue.divisor}` };
    default:
      return { code: "wrong-value", message: `${named(path)}: ${ownMessage(issue) ?? "this value does not fit here"}` };
  }
}

/** Equal for entries of one list that are wrong in one way; what else is wrong is like nothing but itself. */
function kindOf(issue: Issue): unknown {
  const isPlain = ["invalid_type", "invalid_value", "invalid_format", "too_big", "too_small"].includes(issue.code);
  const isEntry = typeof issue.path.at(-1) === "number";
  return isPlain && isEntry ? JSON.stringify([issue.code, issue.message, issue.path.slice(0, -1)]) : issue;
}

/** What the schema says itself of how a value is written. */
function hintOf(issue: Issue): Pick<Words, "hint"> {
  const hint = ownMessage(issue);
  return hint === undefined ? {} : { hint };
}

function missing(path: Path): Words {
  const parent = path.slice(0, -1);
  const where = parent.length === 0 ? "the file" : named(parent);
  return {
    code: "missing-key",
    message: `${where} has no "${String(path.at(-1))}"`,
    hint: `add ${String(path.at(-1))}: ...`,
  };
}

function unknownKey(key: string, path: Path, { schema }: Task): Words {
  const allowed = allowedKeys(schema, path);
  const near = suggest(key, allowed);
  const list = allowed.length === 0 ? undefined : `allowed here: ${allowed.join(", ")}`;
  const hint = [near === undefined ? undefined : `did you mean "${near}"?`, list]
    .filter((line) => line !== undefined)
    .join("\n");
  const where = path.length === 0 ? "the file" : named(path);
  return { code: "unknown-key", message: `${where} has no key "${key}"`, hint: hint === "" ? undefined : hint };
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "keys and values",
  record: "keys and values",
  array: "a list",
  tuple: "a list",
  null: "nothing",
};

function wrongType(expected: readonly string[], value: unknown, path: Path): Words {
  const wanted = [...new Set(expected.map((type) => TYPES[type] ?? type))];
  const isEmptyFile = path.length === 0 && value === null;
  const message = isEmptyFile
    ? "the file is empty"
    : `${named(path)} wants ${listed(wanted)}, this is ${described(value)}`;
  return { code: "wrong-type", message, hint: typeHint(expected, value) };
}

function typeHint(expected: readonly string[], value: unknown): string | undefined {
  const wants = (type: string): boolean => expected.includes(type);
  if (wants("string") && (typeof value === "number" || typeof value === "boolean")) return `quote it: "${value}"`;
  if (typeof value !== "string") return undefined;
  if (wants("boolean") && /^(?:yes|on|no|off)$/i.test(value)) return `write ${/^(?:yes|on)$/i.test(value)}`;
  if (!wants("number")) return undefined;
  const digits = value.replaceAll(/[_,' ]/g, "");
  return digits !== value && /^-?\d+(?:\.\d+)?$/.test(digits) ? `write ${digits}, without separators` : undefined;
}

function notOneOf(values: readonly string[], value: unknown, path: Path): Words {
  const message = `${named(path)} is to be ${listed(values)}, this is ${described(value)}`;
  const near = typeof value === "string" ? suggest(value, values) : undefined;
  return { code: "unknown-word", message, hint: near === undefined ? undefined : `did you mean "${near}"?` };
}

function outOfRange(issue: Extract<Issue, { code: "too_big" | "too_small" }>, value: unknown, path: Path): Words {
  const limit = issue.code === "too_big" ? issue.maximum : issue.minimum;
  const bound = issue.exact === true ? "exactly" : issue.code === "too_big" ? "at most" : "at least";
  const strict = issue.inclusive === false ? (issue.code === "too_big" ? "less than" : "more than") : bound;
  const counted: Readonly<Record<string, string>> = {
    string: " characters",
    array: " entries",
    set: " entries",
    object: " keys",
  };
  const unit = counted[issue.origin];
  const what =
    unit === undefined
      ? `is to be ${strict} ${limit}`
      : `is to have ${bound} ${limit}${unit}${Array.isArray(value) ? `, this has ${value.length}` : ""}`;
  return { code: "out-of-range", message: `${named(path)} ${what}` };
}

function wrongForm(issue: Extract<Issue, { code: "invalid_format" }>, value: unknown, path: Path): Words {
  const forms: Readonly<Record<string, string>> = { date: "a day such as 2026-11-23", url: "a web address" };
  const form = forms[issue.format];
  const message =
    form === undefined
      ? `${named(path)}: ${ownMessage(issue) ?? "this does not have the form that is wanted"}`
      : `${named(path)} wants ${form}, this is ${described(value)}`;
  return { code: "wrong-form", message, hint: formHint(issue, value) };
}

function badKey(issue: Extract<Issue, { code: "invalid_key" }>, path: Path): Words {
  const key = String(path.at(-1));
  const inner = issue.issues[0];
  const reason = inner === undefined ? undefined : ownMessage(inner);
  const long = inner?.code === "too_big" ? `a name has at most ${inner.maximum} characters` : undefined;
  const message = `"${key}" is not a name here: ${reason ?? long ?? "this key does not fit"}`;
  return { code: "bad-name", message, hint: inner?.code === "invalid_format" ? formHint(inner, key) : undefined };
}

/** A name that would do, if small changes make one. */
function formHint(issue: Extract<Issue, { code: "invalid_format" }>, value: unknown): string | undefined {
  if (typeof value !== "string" || issue.pattern === undefined || !/[A-Z -]/.test(value)) return undefined;
  const pattern = new RegExp(issue.pattern.replace(/^\/|\/[a-z]*$/g, ""));
  const name = value
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_");
  return pattern.test(name) ? `write ${name}` : undefined;
}

/** The message that the schema gives itself; zod's own are for programmers. */
function ownMessage(issue: { readonly message: string }): string | undefined {
  return /^(?:Invalid|Too|Unrecognized|Expected)\b/.test(issue.message) ? undefined : issue.message;
}

function named(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return "the file";
  if (typeof last === "string") return `"${last}"`;
  return path.length === 1 ? `entry ${last + 1}` : `entry ${last + 1} of ${named(path.slice(0, -1))}`;
}

function described(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (typeof value === "string") return `the text ${quoted(value.length > 40 ? `${value.slice(0, 40)}...` : value)}`;
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return String(value);
  return Array.isArray(value) ? "a list" : "keys and values";
}

function listed(words: readonly string[]): string {
  const last = words.at(-1);
  return words.length < 2 || last === undefined ? words.join("") : `${words.slice(0, -1).join(", ")} or ${last}`;
}

function valueAt(data: unknown, path: Path): { readonly exists: boolean; readonly value: unknown } {
  let value: unknown = data;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step))
      return { exists: false, value: undefined };
    value = Reflect.get(value, step);
  }
  return { exists: true, value };
}

function pathOf(path: readonly PropertyKey[]): Path {
  return path.map((step) => (typeof step === "number" ? step : String(step)));
}

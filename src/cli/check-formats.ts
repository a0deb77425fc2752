// The formats of a check: what `--format` may name, and where each goes.
import { sourceLine } from "../budget/source-line.ts";
import { type Diagnostic, InputError, Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { appendText, type WholeFile, writeFiles } from "../io/write.ts";
import { annotation, renderGithub } from "../report/check-github.ts";
import { renderGitlab } from "../report/check-gitlab.ts";
import { renderCheckJson } from "../report/check-json.ts";
import { renderJunit } from "../report/check-junit.ts";
import { renderCheckMarkdown, renderComments, renderSummary } from "../report/check-markdown.ts";
import { renderSarif } from "../report/check-sarif.ts";
import { renderCheckText } from "../report/check-text.ts";
import type { CheckReport } from "../result/check.ts";
import { writeCommands } from "./harmless-io.ts";
import type { Io } from "./process.ts";
import { rootedCheck, rootedFile } from "./rooted.ts";

const FORMATS: Readonly<Record<string, (report: CheckReport) => string>> = {
  text: renderCheckText,
  json: renderCheckJson,
  markdown: renderCheckMarkdown,
  comments: renderComments,
  github: renderGithub,
  summary: renderSummary,
  junit: renderJunit,
  sarif: renderSarif,
  gitlab: renderGitlab,
};

/** Those that a forge reads. */
const ROOTED: ReadonlySet<string> = new Set(["github", "gitlab", "sarif", "junit"]);

/** Those that may share standard output: a log reads both. */
const LOGS: ReadonlySet<string> = new Set(["text", "github"]);

export type Target = { readonly format: string; readonly file: string | undefined };

/** Reads `--format NAME[=FILE]`, each; text where none is given. Throws InputError. */
export function targetsOf(given: readonly string[], io: Io): readonly Target[] {
  const problems = new Problems();
  const targets = (given.length === 0 ? ["text"] : given).map((one): Target => {
    const at = one.indexOf("=");
    const format = at === -1 ? one : one.slice(0, at);
    const file = at === -1 ? undefined : one.slice(at + 1);
    if (!Object.hasOwn(FORMATS, format)) {
      const names = Object.keys(FORMATS);
      const near = suggest(format, names);
      const hint = near === undefined ? `formats: ${names.join(", ")}` : `did you mean "${near}"?`;
      problems.error("bad-option", `no format "${format}"`, undefined, hint);
    }
    if (file === "") problems.error("bad-option", `--format ${one}: the name of a file is missing after =`);
    if (format === "summary" && file === undefined && (io.env["GITHUB_STEP_SUMMARY"] ?? "") === "") {
      const hint = "write --format summary=FILE outside of GitHub Actions";
      problems.error("bad-option", "--format summary writes to GITHUB_STEP_SUMMARY, which is not set", undefined, hint);
    }
    return { format, file };
  });
  const shared = targets.filter(({ format, file }) => file === undefined && format !== "summary");
  if (shared.length > 1 && !shared.every(({ format }) => LOGS.has(format))) {
    const names = shared.map(({ format }) => format).join(" and ");
    problems.error("bad-option", `${names} cannot both go to standard output`, undefined, "write --format junit=FILE");
  }
  if (problems.hasErrors) throw new InputError(problems.list);
  return targets;
}

/** Diagnostics that GitHub shows of one kind at most; the rest is in the log. */
const MOST_ANNOTATIONS = 9;

/** Faults of the input as annotations at their lines. */
export function annotations(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const shown = errors.slice(0, MOST_ANNOTATIONS).map(({ message, place, code, hint }) => {
    const text = hint === undefined ? message : `${message} (${hint})`;
    const line = place === undefined ? undefined : sourceLine(place);
    const at = line === undefined ? undefined : { ...line, file: rootedFile(line.file) };
    return annotation({ level: "error", title: `archcost ${code}`, message: text, at });
  });
  const more = errors.length - shown.length;
  return [...shown, ...(more > 0 ? [`::error::and ${more} more: see the log`] : [])]
    .map((line) => `${line}\n`)
    .join("");
}

/** Writes a check in all its formats: files first, each whole or not at all. */
export function writeCheck(report: CheckReport, targets: readonly Target[], io: Io): void {
  const rooted = rootedCheck(report);
  const rendered = targets.map(({ format, file }) => {
    return { format, file, text: FORMATS[format]?.(ROOTED.has(format) ? rooted : report) ?? "" };
  });
  const files = rendered.flatMap(({ file, text }): WholeFile[] =>
    file === undefined ? [] : [{ path: file, data: text }],
  );
  if (files.length > 0) writeFiles(files);
  for (const { format, file, text } of rendered) {
    if (file !== undefined) continue;
    const summary = io.env["GITHUB_STEP_SUMMARY"];
    if (format === "summary" && summary !== undefined) appendText(summary, `${text}\n`);
    else if (format === "github") writeCommands(io, text);
    else io.stdout.write(text);
  }
}

import { changeOf } from "../budget/change.ts";
import { editsOfResults } from "../budget/edits-of-results.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { renderDiffJson } from "../report/check-json.ts";
import { renderDiffMarkdown } from "../report/check-markdown.ts";
import { renderDiffText } from "../report/diff-text.ts";
import type { DiffReport } from "../result/check.ts";
import { openBaseline, storedResults } from "./baseline.ts";
import { compareWith } from "./compare.ts";
import { type ComputeContext, compute } from "./compute.ts";
import { readScenarioText, type ScenarioOptions } from "./load.ts";
import type { Past } from "./past.ts";
import { EXIT, type Io } from "./process.ts";

export type DiffOptions = ScenarioOptions & { readonly format: string };

/** `archcost diff A B`: two scenarios, `REF:FILE` of one, or two results; what changed and why. */
export async function diffCommand(
  from: string,
  to: string,
  options: DiffOptions,
  context: { readonly version: string; readonly io: Io },
): Promise<number> {
  const run: ComputeContext = { options, ...context };
  const [before, after] = [await sideOf(from, run), await sideOf(to, run)];
  try {
    const { name, change } = compared(before.past, after.past, run);
    const report: DiffReport = {
      schema_version: "1.0",
      program: { name: "archcost", version: context.version },
      before: from,
      after: to,
      name,
      change,
    };
    context.io.stdout.write(RENDER[options.format]?.(report) ?? renderDiffText(report));
    return EXIT.fine;
  } finally {
    before.close();
    after.close();
  }
}

const RENDER: Readonly<Record<string, (report: DiffReport) => string>> = {
  text: renderDiffText,
  json: renderDiffJson,
  markdown: renderDiffMarkdown,
};

function compared(before: Past, after: Past, run: ComputeContext): Pick<DiffReport, "name" | "change"> {
  if (after.kind === "text") {
    const context = { ...run, options: after.options };
    const now = compute(after.scenario, context);
    const { change } = compareWith(before, now, after.scenario.folder, context);
    return { name: now.result.scenario.name, change };
  }
  const then =
    before.kind === "result" ? before.result : compute(before.scenario, { ...run, options: before.options }).result;
  const now = after.result;
  const change = changeOf({ before: then, after: now, steps: [], edits: editsOfResults(then, now) });
  return { name: now.scenario.name, change };
}

type Side = { readonly past: Past; close(): void };

async function sideOf(name: string, { options }: ComputeContext): Promise<Side> {
  const nothing = (): void => undefined;
  if (name.endsWith(".json")) {
    const [result, ...more] = storedResults(name);
    if (result === undefined || more.length > 0)
      return fail(`${name} holds ${more.length === 0 ? "no" : "several"} results`);
    return { past: { kind: "result", result }, close: nothing };
  }
  const at = name.lastIndexOf(":");
  const isWindowsDrive = at === 1;
  if (at <= 0 || isWindowsDrive) {
    const scenario = readScenarioText(name);
    return { past: { kind: "text", scenario, path: name, options, samePrices: false }, close: nothing };
  }
  const [ref, file] = [name.slice(0, at), name.slice(at + 1)];
  const baseline = await openBaseline(ref, { files: [file], options, at: "commit" });
  const past = baseline.find(file, "");
  if (past !== "new") return { past, close: () => baseline.close() };
  baseline.close();
  return fail(`there is no ${file} at ${ref}`);
}

function fail(message: string): never {
  const problems = new Problems();
  problems.error("unreadable", message);
  throw new InputError(problems.list);
}

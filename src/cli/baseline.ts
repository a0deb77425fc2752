// What scenarios cost at an earlier commit, or in a result that was kept.
import { existsSync, statSync } from "node:fs";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { readUserFile } from "../io/read.ts";
import { type StoredResult, storedResultSchema, versionProblem } from "../result/stored.ts";
import type { Baseline, BaselineTask } from "./past.ts";

/**
 * @param given a file with the JSON of results, or the name of a commit, with or without `git:` before it
 */
export async function openBaseline(given: string, task: BaselineTask): Promise<Baseline> {
  if (task.at === "merge base" && isFile(given)) return storedBaseline(given);
  const { gitBaseline } = await import("./git-baseline.ts");
  return gitBaseline(given, task);
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function fail(code: string, message: string, hint?: string): never {
  const problems = new Problems();
  problems.error(code, message, undefined, hint);
  throw new InputError(problems.list);
}

/** Bytes of a stored result: it holds every line item, and several may stand in one file. */
const MOST_BYTES = 64 * 1_048_576;

const MAKE_ONE = "make one with: archcost run FILE --format json";

/** The results in a file of JSON. Throws InputError for what is none, or of a version that this program cannot read. */
export function storedResults(file: string): readonly StoredResult[] {
  const read = readUserFile(file, MOST_BYTES);
  if (!("text" in read)) return fail("unreadable", `${file} ${read.problem}`);
  let data: unknown;
  try {
    data = JSON.parse(read.text);
  } catch {
    return fail("not-json", `${file} is no JSON`, MAKE_ONE);
  }
  const list: readonly unknown[] = Array.isArray(data) ? data : [data];
  return list.map((one) => {
    const other = versionProblem(one);
    if (other !== undefined) return fail("other-version", `${file} ${other}`, MAKE_ONE);
    const parsed = storedResultSchema.safeParse(one);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const where = issue === undefined ? "" : ` (${issue.path.join(".")}: ${issue.message})`;
    return fail("no-result", `${file} holds no result of a run${where}`, MAKE_ONE);
  });
}

function storedBaseline(file: string): Baseline {
  const results = storedResults(file);
  return {
    name: file,
    commit: null,
    find(wanted, name) {
      const byFile = results.find((result) => sameFile(result.scenario.file, wanted));
      const found = byFile ?? results.find((result) => result.scenario.name === name);
      return found === undefined ? "new" : { kind: "result", result: found };
    },
    textOf: () => undefined,
    gone: () => [],
    close: () => undefined,
  };
}

function sameFile(a: string, b: string): boolean {
  const plain = (path: string): string => path.replaceAll("\\", "/").replace(/^\.\//, "");
  return plain(a) === plain(b);
}

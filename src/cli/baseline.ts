// What scenarios cost at an earlier commit, or in a result that was kept.
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import type { GitCommit } from "../io/git.ts";
import { folderOf, readUserFile } from "../io/read.ts";
import type { GoneScenario } from "../result/check.ts";
import { type StoredResult, storedResultSchema } from "../result/stored.ts";
import { readScenario } from "../scenario/read.ts";
import type { ScenarioOptions, ScenarioText } from "./load.ts";

/** A scenario as it was: its text, or only its result. */
export type Past =
  | { readonly kind: "text"; readonly scenario: ScenarioText; readonly options: ScenarioOptions }
  | { readonly kind: "result"; readonly result: StoredResult };

export type Baseline = {
  readonly name: string;
  readonly commit: string | null;
  /** the scenario of a file as it was; "new" when there was none */
  find(file: string, name: string): Past | "new";
  /** scenarios that were deleted since; none for a stored result */
  gone(now: readonly string[]): readonly GoneScenario[];
  close(): void;
};

/**
 * @param given a file with the JSON of results, or the name of a commit, with or without `git:` before it
 * @param folder one in the repository, where it is a commit
 * @param at the commit itself, or where HEAD and it parted
 */
export async function openBaseline(
  given: string,
  folder: string,
  options: ScenarioOptions,
  at: "merge base" | "commit" = "merge base",
): Promise<Baseline> {
  return at === "merge base" && isFile(given) ? storedBaseline(given) : gitBaseline(given, folder, { options, at });
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

/** The results in a file of JSON. */
export function storedResults(file: string): readonly StoredResult[] {
  const read = readUserFile(file, MOST_BYTES);
  if (!("text" in read)) return fail("unreadable", `${file} ${read.problem}`);
  let data: unknown;
  try {
    data = JSON.parse(read.text);
  } catch {
    return fail("not-json", `${file} is no JSON`, "make one with: archcost run FILE --format json");
  }
  const list: readonly unknown[] = Array.isArray(data) ? data : [data];
  return list.map((one) => {
    const parsed = storedResultSchema.safeParse(one);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const where = issue === undefined ? "" : ` (${issue.path.join(".")}: ${issue.message})`;
    return fail(
      "no-result",
      `${file} holds no result of a run${where}`,
      "make one with: archcost run FILE --format json",
    );
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
    gone: () => [],
    close: () => undefined,
  };
}

function sameFile(a: string, b: string): boolean {
  const plain = (path: string): string => path.replaceAll("\\", "/").replace(/^\.\//, "");
  return plain(a) === plain(b);
}

type GitTask = { readonly options: ScenarioOptions; readonly at: "merge base" | "commit" };

async function gitBaseline(given: string, start: string, { options, at: which }: GitTask): Promise<Baseline> {
  const ref = given.replace(/^git:/, "");
  const git = await import("../io/git.ts");
  const temporary: string[] = [];
  const commits = new Map<string, GitCommit>();
  const commitFor = (folder: string): GitCommit => {
    const known = commits.get(folder);
    if (known !== undefined) return known;
    const found = git.findCommit(ref, folder, which);
    if ("problem" in found) return fail("no-baseline", `--baseline ${given}: ${found.problem}`, found.hint);
    commits.set(folder, found);
    return found;
  };
  const exported = (at: GitCommit, paths: readonly string[]): string => {
    const made = git.exportFolders(at, paths);
    if ("problem" in made) return fail("no-baseline", `--baseline ${given}: ${made.problem}`);
    temporary.push(made.folder);
    return made.folder;
  };
  // Price folders of the command line that lie in the repository are read as they were; others as they are.
  const pastPricing = (at: GitCommit): readonly string[] =>
    (options.pricing ?? []).map((folder) => {
      const path = git.pathInRepository(at, folder);
      return path === undefined ? folder : join(exported(at, [path]), path);
    });
  return {
    name: given,
    commit: commitFor(start).commit,
    find(file, scenarioName) {
      const at = commitFor(folderOf(file));
      const here = git.pathInRepository(at, file);
      const was = here === undefined || which === "commit" ? here : pathThen(git, at, here, scenarioName);
      const found = was === undefined ? undefined : git.fileAt(at, was);
      if (was === undefined || found === undefined) return "new";
      if (found === "refused") return fail("no-baseline", `${was} at ${given} is a link or too large`);
      const name = `${was}@${at.commit.slice(0, 7)}`;
      const catalog = readScenario(name, found.text, new Problems())?.data.catalog;
      const parent = was.split("/").slice(0, -1).join("/");
      const inside = catalog === undefined ? undefined : git.pathInRepository(at, join(at.root, parent, catalog));
      const folder = inside === undefined ? folderOf(file) : join(exported(at, [inside]), parent);
      const pricing = pastPricing(at);
      return { kind: "text", scenario: { text: found.text, name, folder }, options: { ...options, pricing } };
    },
    gone: (now) => (which === "commit" ? [] : goneScenarios(git, commitFor(start), now)),
    close() {
      for (const folder of temporary) git.removeFolder(folder);
    },
  };
}

/** Files that held a scenario then and are gone, but for those that were renamed or whose scenario lives on by its name. */
function goneScenarios(
  git: typeof import("../io/git.ts"),
  at: GitCommit,
  names: readonly string[],
): readonly GoneScenario[] {
  return git.goneSince(at).flatMap((file): GoneScenario[] => {
    const found = git.renamedTo(at, file) === undefined ? git.fileAt(at, file) : undefined;
    if (typeof found !== "object") return [];
    const data = readScenario(file, found.text, new Problems())?.data;
    if (data === undefined || names.includes(data.scenario)) return [];
    const { scenario: name, budgets = [] } = data;
    return [{ file, name, budgets: budgets.length }];
  });
}

/**
 * Where a scenario stood then, when not where it stands now: git's own guess at a rename, else a file that is gone and had
 * a scenario of this name. A new name for a file is no way around a budget of change.
 */
function pathThen(git: typeof import("../io/git.ts"), at: GitCommit, path: string, name: string): string | undefined {
  if (git.fileAt(at, path) !== undefined) return path;
  return (
    git.renamedFrom(at, path) ??
    git.goneSince(at).find((gone) => {
      const file = /\.ya?ml$/.test(gone) ? git.fileAt(at, gone) : undefined;
      if (typeof file !== "object") return false;
      return readScenario(gone, file.text, new Problems())?.data.scenario === name;
    })
  );
}

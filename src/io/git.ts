// What a git repository held at an earlier commit. Only reading commands; whatever a user names reaches git as one argument
// that cannot be taken for an option.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { MAX_FILE_BYTES } from "./read.ts";

export type GitProblem = { readonly problem: string; readonly hint?: string };

export type GitCommit = {
  /** the folder of the repository */
  readonly root: string;
  /** full hash */
  readonly commit: string;
};

/** Files and bytes that one folder of prices may hold. */
const MOST_FILES = 2_000;
const MOST_BYTES = 64 * MAX_FILE_BYTES;
const TIMEOUT_MS = 60_000;

type Ran = { readonly ok: true; readonly out: Buffer } | { readonly ok: false; readonly missing: boolean };

function git(folder: string, ...args: readonly string[]): Ran {
  try {
    const out = execFileSync("git", ["--no-pager", "-c", "core.fsmonitor=false", "-C", folder, ...args], {
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: MOST_BYTES,
      timeout: TIMEOUT_MS,
      env: { ...process.env, GIT_LITERAL_PATHSPECS: "1", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" },
    });
    return { ok: true, out };
  } catch (error) {
    return { ok: false, missing: codeOf(error) === "ENOENT" };
  }
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}

function textOf(ran: Ran): string | undefined {
  return ran.ok ? ran.out.toString("utf8").trim() : undefined;
}

/** Names of commits as git allows them, `HEAD~3` and `main@{1}` among them; nothing that begins like an option. */
const REF = /^[A-Za-z0-9_@][\w./@{}~^+=-]*$/;
const SHALLOW_HINT = "fetch the whole history: fetch-depth: 0 for actions/checkout, GIT_DEPTH: 0 in GitLab CI";

/** A commit, or where the working copy's HEAD and it parted. */
export function findCommit(ref: string, folder: string, which: "merge base" | "commit"): GitCommit | GitProblem {
  if (!REF.test(ref)) return { problem: `"${ref}" is no name of a commit` };
  const top = git(folder, "rev-parse", "--show-toplevel");
  if (!top.ok) {
    return {
      problem: top.missing ? "git is not installed" : `${folder} is not in a git repository, or git refuses it`,
    };
  }
  const root = realpathSync(textOf(top) ?? folder);
  const isShallow = textOf(git(root, "rev-parse", "--is-shallow-repository")) === "true";
  const named = textOf(git(root, "rev-parse", "--verify", "--quiet", `${ref}^{commit}`));
  if (named === undefined || named === "") {
    const problem = `git knows no commit "${ref}"${isShallow ? "; this clone is shallow" : ""}`;
    return isShallow ? { problem, hint: SHALLOW_HINT } : { problem };
  }
  const commit = which === "commit" ? named : textOf(git(root, "merge-base", "HEAD", named));
  if (commit !== undefined && /^[0-9a-f]{40,64}$/.test(commit)) return { root, commit };
  const problem = `HEAD and "${ref}" have no commit in common${isShallow ? ": this clone is shallow" : ""}`;
  return isShallow ? { problem, hint: SHALLOW_HINT } : { problem };
}

type Entry = { readonly mode: string; readonly path: string };

/** Files at or below a path; a link or a submodule is an entry too and is never followed. */
function entries(at: GitCommit, path: string): readonly Entry[] {
  const ran = git(at.root, "ls-tree", "-r", "-z", "--full-tree", at.commit, ...(path === "" ? [] : ["--", path]));
  if (!ran.ok) return [];
  return ran.out
    .toString("utf8")
    .split("\0")
    .flatMap((line) => {
      const found = /^(\d+) \w+ [0-9a-f]+\t(.+)$/s.exec(line);
      return found === null ? [] : [{ mode: found[1] ?? "", path: found[2] ?? "" }];
    });
}

function isFile({ mode }: Entry): boolean {
  return mode === "100644" || mode === "100755";
}

/** The path of a file or folder within the repository, with / between its parts, empty for all of it; undefined outside. */
export function pathInRepository(at: GitCommit, file: string): string | undefined {
  const absolute = resolve(file);
  const way = relative(at.root, join(realParent(absolute), basename(absolute)));
  return way === ".." || way.startsWith(`..${sep}`) ? undefined : way.split(sep).join("/");
}

/** Links in the folders above are followed, as far as they are there: the file itself may be gone today. */
function realParent(path: string): string {
  const parent = dirname(path);
  try {
    return realpathSync(parent);
  } catch {
    return parent === path ? path : join(realParent(parent), basename(parent));
  }
}

/** The text of a file as it was; undefined when it was not there, "refused" when it is a link or over 1 MB. */
export function fileAt(at: GitCommit, path: string): { readonly text: string } | "refused" | undefined {
  const entry = entries(at, path).find((one) => one.path === path);
  if (entry === undefined) return undefined;
  const ran = isFile(entry) ? git(at.root, "cat-file", "blob", `${at.commit}:${path}`) : undefined;
  if (ran === undefined || !ran.ok || ran.out.length > MAX_FILE_BYTES) return "refused";
  return { text: ran.out.toString("utf8") };
}

/** Files that are gone and looked through for a scenario. */
const MOST_GONE = 100;
const DIFF = ["diff", "--no-ext-diff", "--ignore-submodules=all", "-z"];

/** YAML files that were there then and are gone from the working copy: renamed, most often. */
export function goneSince(at: GitCommit): readonly string[] {
  const ran = git(at.root, ...DIFF, "--no-renames", "--diff-filter=D", "--name-only", at.commit);
  const paths = ran.ok ? ran.out.toString("utf8").split("\0") : [];
  return paths.filter((path) => /\.ya?ml$/.test(path)).slice(0, MOST_GONE);
}

/** Where a file was before it was renamed, as git tells by how much of the text is the same; undefined when it is new. */
export function renamedFrom(at: GitCommit, path: string): string | undefined {
  const words = renames(at);
  const found = words.findIndex((word, index) => index % 3 === 2 && word === path);
  return found === -1 ? undefined : words[found - 1];
}

/** Where a file that is gone went; undefined when it was not renamed. */
export function renamedTo(at: GitCommit, path: string): string | undefined {
  const words = renames(at);
  const found = words.findIndex((word, index) => index % 3 === 1 && word === path);
  return found === -1 ? undefined : words[found + 1];
}

/** Of each renamed file three words: how alike, before, after. */
function renames(at: GitCommit): readonly string[] {
  const ran = git(at.root, ...DIFF, "--find-renames", "--diff-filter=R", "--name-status", at.commit);
  return ran.ok ? ran.out.toString("utf8").split("\0") : [];
}

/**
 * Lays the YAML files of folders as they were into a new temporary folder, under their own paths.
 * @returns the temporary folder, which the caller removes, or a problem
 */
export function exportFolders(at: GitCommit, paths: readonly string[]): { readonly folder: string } | GitProblem {
  const files = paths
    .flatMap((path) => entries(at, path))
    .filter((entry) => isFile(entry) && entry.path.endsWith(".yaml"));
  if (files.length > MOST_FILES) return { problem: `more than ${MOST_FILES} price files at the baseline` };
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "archcost-baseline-")));
  let bytes = 0;
  for (const { path } of files) {
    const target = resolve(folder, path);
    const ran = git(at.root, "cat-file", "blob", `${at.commit}:${path}`);
    bytes += ran.ok ? ran.out.length : 0;
    if (!ran.ok || bytes > MOST_BYTES || !target.startsWith(`${folder}${sep}`)) {
      rmSync(folder, { recursive: true, force: true });
      return { problem: `${path} at the baseline cannot be read` };
    }
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, ran.out);
  }
  for (const path of paths) mkdirSync(join(folder, path), { recursive: true });
  return { folder };
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

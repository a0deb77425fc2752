// What a git repository held at an earlier commit. Only reading commands; whatever a user names reaches git as one argument
// that cannot be taken for an option. The number of processes does not grow with the number of scenarios.
import { execFileSync } from "node:child_process";
import { mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, posix, relative, resolve, sep } from "node:path";
import { MAX_FILE_BYTES } from "./read.ts";
import { temporaryFolder } from "./write.ts";

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
/** What the list of all files of a repository, or one call for texts, may come to. */
const MOST_OUTPUT = 1024 * MAX_FILE_BYTES;
const TIMEOUT_MS = 120_000;

type Ran =
  | { readonly ok: true; readonly out: Buffer }
  | { readonly ok: false; readonly missing: boolean; readonly words: string };

function git(folder: string, args: readonly string[], input = ""): Ran {
  try {
    const out = execFileSync("git", ["--no-pager", "-c", "core.fsmonitor=false", "-C", folder, ...args], {
      input,
      stdio: "pipe",
      maxBuffer: MOST_OUTPUT,
      timeout: TIMEOUT_MS,
      env: {
        ...process.env,
        LC_ALL: "C",
        GIT_LITERAL_PATHSPECS: "1",
        GIT_OPTIONAL_LOCKS: "0",
        GIT_TERMINAL_PROMPT: "0",
      },
    });
    return { ok: true, out };
  } catch (error) {
    return { ok: false, missing: textIn(error, "code") === "ENOENT", words: textIn(error, "stderr") };
  }
}

function textIn(error: unknown, key: "code" | "stderr"): string {
  if (typeof error !== "object" || error === null) return "";
  return String(new Map<string, unknown>(Object.entries(error)).get(key) ?? "");
}

function textOf(ran: Ran): string | undefined {
  return ran.ok ? ran.out.toString("utf8").trim() : undefined;
}

function words(ran: Ran): readonly string[] {
  return ran.ok ? ran.out.toString("utf8").split("\0") : [];
}

/**
 * Names of commits as git allows them, `HEAD~3`, `main@{1}`, `fix/#12` and other scripts among them: nothing that begins like
 * an option, and none of the characters that git forbids in a name or reads as a path.
 */
const REF = /^(?!-)[^\s:?*[\\\p{Cc}\p{Cf}\p{Cs}]+$/u;
const SHALLOW_HINT = "fetch the whole history: fetch-depth: 0 for actions/checkout, GIT_DEPTH: 0 in GitLab CI";

/** A commit, or where the working copy's HEAD and it parted. */
export function findCommit(ref: string, folder: string, which: "merge base" | "commit"): GitCommit | GitProblem {
  if (!REF.test(ref)) return { problem: `"${ref}" is no name of a commit` };
  const top = git(folder, ["rev-parse", "--show-toplevel"]);
  if (!top.ok) return refusal(folder, top);
  const root = realpathSync(textOf(top) ?? folder);
  const isShallow = textOf(git(root, ["rev-parse", "--is-shallow-repository"])) === "true";
  const named = textOf(git(root, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]));
  if (named === undefined || named === "") {
    const problem = `git knows no commit "${ref}"${/[./]/.test(ref) ? ", and there is no such file" : ""}${isShallow ? "; this clone is shallow" : ""}`;
    return isShallow ? { problem, hint: SHALLOW_HINT } : { problem };
  }
  const commit = which === "commit" ? named : textOf(git(root, ["merge-base", "HEAD", named]));
  if (commit !== undefined && /^[0-9a-f]{40,64}$/.test(commit)) return { root, commit };
  const problem = `HEAD and "${ref}" have no commit in common${isShallow ? ": this clone is shallow" : ""}`;
  return isShallow ? { problem, hint: SHALLOW_HINT } : { problem };
}

/** Why git does not speak about a folder. Who owns it is the usual reason in a container. */
function refusal(folder: string, ran: Extract<Ran, { ok: false }>): GitProblem {
  if (ran.missing) return { problem: "git is not installed" };
  if (!ran.words.includes("dubious ownership")) return { problem: `${folder} is not in a git repository` };
  const named = /safe\.directory (.+)/.exec(ran.words)?.[1]?.trim();
  return {
    problem: `git refuses ${folder}: the repository belongs to another user ("dubious ownership")`,
    hint: `allow it: git config --global --add safe.directory ${named ?? resolve(folder)}`,
  };
}

type Entry = { readonly mode: string; readonly hash: string };

/** Links that are followed one after the other within a commit. */
const MOST_LINKS = 8;
const DIFF = ["diff", "--no-ext-diff", "--ignore-submodules=all", "-z"];

/** The files of a repository as they were at a commit. Each question is put to git once and for all files. */
export class PastFiles {
  readonly at: GitCommit;
  #entries: ReadonlyMap<string, Entry> | undefined;
  #renames: readonly (readonly [before: string, after: string])[] | undefined;
  #gone: readonly string[] | undefined;
  /** texts by their hash; undefined: over 1 MB or not to be had */
  readonly #texts = new Map<string, Buffer | undefined>();

  constructor(at: GitCommit) {
    this.at = at;
  }

  /** The path of a file or folder within the repository, with / between its parts, empty for all of it; undefined outside. */
  pathOf(file: string): string | undefined {
    const absolute = resolve(file);
    const way = relative(this.at.root, join(realParent(absolute), basename(absolute)));
    return way === ".." || way.startsWith(`..${sep}`) ? undefined : way.split(sep).join("/");
  }

  /** Every file with its path, links and submodules too. Throws when git cannot list them: that is never "there were none". */
  get entries(): ReadonlyMap<string, Entry> {
    this.#entries ??= this.#list();
    return this.#entries;
  }

  #list(): ReadonlyMap<string, Entry> {
    const ran = git(this.at.root, ["ls-tree", "-r", "-z", "--full-tree", this.at.commit]);
    if (!ran.ok) throw new Error(`git cannot list the files of ${this.at.commit}: ${ran.words}`);
    const found = new Map<string, Entry>();
    for (const line of words(ran)) {
      const [, mode = "", hash = "", path = ""] = /^(\d+) \w+ ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
      if (path !== "") found.set(path, { mode, hash });
    }
    return found;
  }

  /** Reads the texts of files at once, for `textAt` to have them. */
  prefetch(paths: readonly string[]): void {
    const hashes = paths.flatMap((path) => {
      const entry = this.#followed(path);
      return entry === undefined || !isFile(entry) || this.#texts.has(entry.hash) ? [] : [entry.hash];
    });
    const sized = words(git(this.at.root, ["cat-file", "--batch-check"], lines([...new Set(hashes)])))
      .join("")
      .split("\n")
      .map((line) => /^([0-9a-f]+) blob (\d+)$/.exec(line));
    const small = sized.flatMap((found) => (found !== null && Number(found[2]) <= MAX_FILE_BYTES ? [found] : []));
    for (const hash of hashes) this.#texts.set(hash, undefined);
    this.#read(small.map(([, hash = ""]) => hash));
  }

  #read(hashes: readonly string[]): void {
    if (hashes.length === 0) return;
    const ran = git(this.at.root, ["cat-file", "--batch"], lines(hashes));
    if (!ran.ok) return;
    for (let at = 0; at < ran.out.length; ) {
      const end = ran.out.indexOf(0x0a, at);
      const [, hash, size = ""] = /^([0-9a-f]+) blob (\d+)$/.exec(ran.out.toString("latin1", at, end)) ?? [];
      if (hash === undefined) return;
      this.#texts.set(hash, ran.out.subarray(end + 1, end + 1 + Number(size)));
      at = end + 1 + Number(size) + 1;
    }
  }

  /** The file at a path; links are followed within the commit, never out of it. */
  #followed(path: string): Entry | undefined {
    let [way, entry] = [path, this.entries.get(path)];
    for (let step = 0; entry !== undefined && entry.mode === LINK && step < MOST_LINKS; step += 1) {
      const to = this.#bytes(entry)?.toString("utf8");
      if (to === undefined || posix.isAbsolute(to)) return entry;
      way = posix.join(posix.dirname(way), to);
      entry = this.entries.get(way) ?? entry;
    }
    return entry;
  }

  #bytes({ hash }: Entry): Buffer | undefined {
    if (!this.#texts.has(hash)) this.#read([hash]);
    return this.#texts.get(hash);
  }

  /** The text of a file as it was; undefined when it was not there, "refused" when it is a link out or over 1 MB. */
  textAt(path: string): { readonly text: string } | "refused" | undefined {
    const entry = this.#followed(path);
    if (entry === undefined) return undefined;
    if (!isFile(entry)) return "refused";
    if (!this.#texts.has(entry.hash)) this.prefetch([path]);
    const found = this.#texts.get(entry.hash);
    return found === undefined ? "refused" : { text: found.toString("utf8").replace(/^\ufeff/, "") };
  }

  /** YAML files that were there then and are gone from the working copy: deleted, renamed or moved. */
  get gone(): readonly string[] {
    this.#gone ??= words(
      git(this.at.root, [...DIFF, "--no-renames", "--diff-filter=D", "--name-only", this.at.commit]),
    ).filter((path) => /\.ya?ml$/.test(path));
    return this.#gone;
  }

  /** Where a file was before it was renamed, as git says by how much of the text is the same; undefined when it is new. */
  renamedFrom(path: string): string | undefined {
    return this.#renamed.find(([, after]) => after === path)?.[0];
  }

  /** Where a file that is gone went; undefined when it was not renamed. */
  renamedTo(path: string): string | undefined {
    return this.#renamed.find(([before]) => before === path)?.[1];
  }

  get #renamed(): readonly (readonly [before: string, after: string])[] {
    const args = [...DIFF, "--find-renames", "--diff-filter=R", "--name-status", this.at.commit];
    // Of each renamed file three words: how alike, before, after.
    this.#renames ??= words(git(this.at.root, args)).flatMap((word, index, all) =>
      index % 3 === 1 ? [[word, all[index + 1] ?? ""] as const] : [],
    );
    return this.#renames;
  }

  /** The YAML files at or below a folder as they were, by their paths, or a problem. Links are left out. */
  folder(path: string): ReadonlyMap<string, Buffer> | GitProblem {
    const paths = [...this.entries].flatMap(([name, entry]) =>
      isFile(entry) && name.endsWith(".yaml") && (path === "" || name.startsWith(`${path}/`)) ? [name] : [],
    );
    if (paths.length > MOST_FILES) return { problem: `more than ${MOST_FILES} price files at the baseline` };
    this.prefetch(paths);
    const found = new Map<string, Buffer>();
    let bytes = 0;
    for (const name of paths) {
      const entry = this.entries.get(name);
      const data = entry === undefined ? undefined : this.#texts.get(entry.hash);
      if (data !== undefined) bytes += data.length;
      if (data === undefined || bytes > MOST_BYTES) return { problem: `${name} at the baseline cannot be read` };
      found.set(name, data);
    }
    return found;
  }
}

const LINK = "120000";

function isFile({ mode }: Entry): boolean {
  return mode === "100644" || mode === "100755";
}

function lines(list: readonly string[]): string {
  return list.map((one) => `${one}\n`).join("");
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

/**
 * Writes files into a new temporary folder, under their own paths.
 * @param path a folder that is there, whatever the files
 * @returns the temporary folder, which the caller removes
 */
export function writeTemporary(path: string, files: ReadonlyMap<string, Buffer>): string {
  const folder = temporaryFolder("baseline");
  for (const [name, data] of files) {
    const target = resolve(folder, name);
    if (!target.startsWith(`${folder}${sep}`)) continue;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, data);
  }
  mkdirSync(join(folder, path), { recursive: true });
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

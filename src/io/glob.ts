import { readdirSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { linkProblem } from "./links.ts";
import { realFolder } from "./read.ts";

const MAGIC = /[*?{]/;
/** Files that one pattern may give. */
const MOST = 10_000;
/** Braces in one part of a path: each multiplies the branches. */
const MOST_BRACES = 4;

/** Whether a name is a pattern rather than a file. */
export function isGlob(name: string): boolean {
  return MAGIC.test(name);
}

/**
 * Files that match a pattern with `*`, `**`, `?` and `{a,b}`, sorted; hidden folders and node_modules are passed over unless
 * they are named. Links to folders are not followed, so that the search ends. Throws InputError where it finds more than one
 * pattern may give: a part of them would be no answer.
 */
export function glob(pattern: string): readonly string[] {
  const { start, parts } = split(pattern);
  const found: string[] = [];
  if (linkProblem(start === "" ? "." : start) !== undefined) return [];
  walk(start, parts, found);
  if (found.length <= MOST) return [...new Set(found)].sort();
  const problems = new Problems();
  const hint = "check them in several calls, by patterns that find less";
  problems.error("too-many", `"${pattern}" matches more than ${MOST} files`, undefined, hint);
  throw new InputError(problems.list);
}

/** The folder in which a pattern begins, empty for the current one, and its parts from there on. */
function split(pattern: string): { readonly start: string; readonly parts: readonly string[] } {
  const parts = pattern.split("/").filter((part, index, all) => part !== "**" || all[index - 1] !== "**");
  const fixed = parts.findIndex(isGlob);
  const root = parts.slice(0, fixed).join("/");
  return { start: root === "" && pattern.startsWith("/") ? "/" : root, parts: parts.slice(fixed) };
}

/** Whether a pattern would find a file at a path, whether or not it is there. */
export function globMatches(pattern: string, path: string): boolean {
  const { start, parts } = split(pattern);
  const way = relative(realFolder(start), path);
  return way !== "" && !isAbsolute(way) && matchParts(parts, way.split(sep));
}

function matchParts([part, ...rest]: readonly string[], [name, ...below]: readonly string[]): boolean {
  if (part === undefined || name === undefined) return part === undefined && name === undefined;
  if (part !== "**") return isSeen(part, name) && matcher(part)(name) && matchParts(rest, below);
  if (matchParts(rest, [name, ...below])) return true;
  return below.length > 0 && isEntered(name) && matchParts([part, ...rest], below);
}

/** Hidden files are found by a pattern that begins with a dot. */
function isSeen(part: string, name: string): boolean {
  return !name.startsWith(".") || part.startsWith(".");
}

/** Folders that `**` goes into. */
function isEntered(name: string): boolean {
  return !name.startsWith(".") && name !== "node_modules";
}

function walk(folder: string, parts: readonly string[], found: string[]): void {
  const [part, ...rest] = parts;
  if (part === undefined || found.length > MOST) return;
  if (part === "**") {
    walk(folder, rest, found);
    for (const entry of list(folder)) {
      if (entry.isDirectory() && isEntered(entry.name)) walk(join(folder, entry.name), parts, found);
    }
    return;
  }
  const matches = matcher(part);
  for (const entry of list(folder)) {
    if (!matches(entry.name) || !isSeen(part, entry.name)) continue;
    const path = join(folder, entry.name);
    if (rest.length > 0) {
      if (entry.isDirectory()) walk(path, rest, found);
    } else if (!entry.isDirectory() && found.length <= MOST) found.push(path);
  }
}

function list(folder: string): readonly Entry[] {
  try {
    return readdirSync(folder === "" ? "." : folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

type Entry = { readonly name: string; isDirectory(): boolean };

/** One part of a path: each star matches greedily with one step back, so that no pattern takes more than quadratic time. */
function matcher(part: string): (name: string) => boolean {
  const branches = expand(part);
  return (name) => branches.some((branch) => matches(branch, name));
}

/** `a{b,c}d` as `abd` and `acd`; braces within braces stay as they are. */
function expand(part: string): readonly string[] {
  const found = /^([^{}]*)\{([^{}]*)\}(.*)$/.exec(part);
  if (found === null) return [part];
  const [, before = "", inside = "", after = ""] = found;
  if ((part.match(/\{/g)?.length ?? 1) > MOST_BRACES) return [part];
  return inside.split(",").flatMap((choice) => expand(after).map((rest) => `${before}${choice}${rest}`));
}

function matches(pattern: string, name: string): boolean {
  let [p, n, star, mark] = [0, 0, -1, 0];
  while (n < name.length) {
    if (p < pattern.length && pattern[p] === "*") {
      [star, mark] = [p, n];
      p += 1;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === name[n])) {
      p += 1;
      n += 1;
    } else if (star !== -1) {
      mark += 1;
      [p, n] = [star + 1, mark];
    } else return false;
  }
  while (pattern[p] === "*") p += 1;
  return p === pattern.length;
}

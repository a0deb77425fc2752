import { readdirSync } from "node:fs";
import { join } from "node:path";

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
 * they are named. Links to folders are not followed, so that the search ends.
 */
export function glob(pattern: string): readonly string[] {
  const parts = pattern.split("/").filter((part, index, all) => part !== "**" || all[index - 1] !== "**");
  const fixed = parts.findIndex(isGlob);
  const root = parts.slice(0, fixed).join("/");
  const start = root === "" && pattern.startsWith("/") ? "/" : root;
  const found: string[] = [];
  walk(start, parts.slice(fixed), found);
  return [...new Set(found)].sort();
}

function walk(folder: string, parts: readonly string[], found: string[]): void {
  const [part, ...rest] = parts;
  if (part === undefined || found.length >= MOST) return;
  if (part === "**") {
    walk(folder, rest, found);
    for (const entry of list(folder)) {
      const skipped = entry.name.startsWith(".") || entry.name === "node_modules";
      if (entry.isDirectory() && !skipped) walk(join(folder, entry.name), parts, found);
    }
    return;
  }
  const matches = matcher(part);
  for (const entry of list(folder)) {
    if (!matches(entry.name) || (entry.name.startsWith(".") && !part.startsWith("."))) continue;
    const path = join(folder, entry.name);
    if (rest.length > 0) {
      if (entry.isDirectory()) walk(path, rest, found);
    } else if (!entry.isDirectory() && found.length < MOST) found.push(path);
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
